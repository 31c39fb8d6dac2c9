/** A network on TensorFlow's device: its numbers, its locks, and how rows go through it and back. */
import type { Loss } from '../../../../src-shared/contract/job'
import { withGroups } from '../../../../src-shared/kan/groups'
import type { LayerParameters, LayerTensors, Moments } from '../../../../src-shared/kan/parameters'
import { inputsOf, type Specification } from '../../../../src-shared/kan/specification'
import { adamRate, moveNumbers, zeroMoments } from '../../../../src-shared/numerics/adam'
import { clipFactor } from '../../../../src-shared/numerics/clip'
import { AFFINE_SIZE } from '../../../../src-shared/numerics/symbolic'
import type { Objective } from '../engine'
import { adamStep, type State } from './adam'
import { type Bases, basesOf } from './bases'
import { type Charge, chargeOf, type LayerPass } from './charges'
import { Formulas } from './formulas'
import { CurveLayer } from './layer'
import { dataLoss } from './losses'
import { type Masks, masksOf } from './masks'
import { type Layout, layoutOf, pack, unpack } from './numbers'
import type { Tensor, TensorFlow } from './tensors'

/** a, b, c, d of a layer's formulas [O, I, 4] with their moments; null where the layer has none. */
interface FormulaState {
  readonly numbers: Float64Array
  readonly first: Float64Array
  readonly second: Float64Array
}

/** Of the numbers on the device, and of the formulas' of each layer. */
export interface Gradient {
  readonly numbers: Tensor
  readonly formulas: readonly (Float64Array | null)[]
}

/** Rows of a step on the device, [B, I] and [B, O]. */
export interface Batch {
  readonly inputs: Tensor
  readonly targets: Tensor
}

export class Model {
  readonly #tf: TensorFlow
  readonly #layout: Layout
  readonly #layers: readonly CurveLayer[]
  #specification: Specification
  #bases: Bases[] = []
  #state: State
  #formulaStates: readonly (FormulaState | null)[] = []
  #formulas: readonly Formulas[] = []
  #masks: Masks
  #trains: Tensor | null = null
  #counts: Tensor | null = null
  #leaders: readonly (Tensor | null)[] = []
  /** Updates that Adam did. */
  step = 0

  constructor(
    tf: TensorFlow,
    specification: Specification,
    parameters: readonly LayerParameters[],
    moments: Moments | null,
  ) {
    this.#tf = tf
    this.#specification = specification
    this.#layout = layoutOf(specification)
    this.#layers = this.#layout.layers.map((place) => new CurveLayer(tf, place))
    const nothing = () => tf.keep(tf.floats(new Float32Array(0)))
    this.#state = { numbers: nothing(), first: nothing(), second: nothing() }
    this.#masks = masksOf(specification, this.#layout)
    this.applyMasks(specification)
    this.write(parameters, moments ?? zeroMoments(parameters))
  }

  /** Bytes of its numbers, their moments and masks. */
  get bytes(): number {
    const { length } = this.#layout
    return 4 * length * 3 + (this.#trains === null ? 0 : length) + (this.#counts === null ? 0 : 4 * length)
  }

  applyMasks(specification: Specification): void {
    const tf = this.#tf
    this.#specification = specification
    this.#freeMasks()
    this.#masks = masksOf(specification, this.#layout)
    const { trains, counts, layers } = this.#masks
    this.#trains = trains && tf.keep(tf.flags(trains))
    this.#counts = counts && tf.keep(tf.floats(counts))
    this.#leaders = layers.map(({ leaders }) => leaders && tf.keep(tf.integers(leaders)))
    this.#layers.forEach((layer, l) => {
      layer.setCurves(layers[l]?.curves ?? new Float32Array(0))
    })
    this.#formulas = withGroups(specification).layers.map((layer, l) => new Formulas(layer, inputsOf(specification, l)))
  }

  /** @param moments null leaves them as they are */
  write(parameters: readonly LayerParameters[], moments: Moments | null): void {
    const tf = this.#tf
    const put = (tensors: readonly LayerTensors[]) => tf.floats(pack(this.#layout, tensors))
    this.#keep({
      numbers: put(parameters),
      first: moments === null ? this.#state.first : put(moments.first),
      second: moments === null ? this.#state.second : put(moments.second),
    })
    this.#formulaStates = parameters.map(({ symbolic }, l) => {
      if (symbolic === null) return null
      const zeros = new Float64Array(symbolic.length)
      const held = this.#formulaStates[l]
      return {
        numbers: symbolic.slice(),
        first: (moments === null ? held?.first : moments.first[l]?.symbolic?.slice()) ?? zeros,
        second: (moments === null ? held?.second : moments.second[l]?.symbolic?.slice()) ?? zeros.slice(),
      }
    })
    if (moments !== null) this.step = moments.step
    for (const bases of this.#bases) bases.dispose()
    this.#bases = this.#specification.layers.map(({ basis, base }, l) =>
      basesOf(tf, basis, base, inputsOf(this.#specification, l), parameters[l] as LayerParameters),
    )
  }

  readNumbers(): LayerTensors[] {
    return this.#read(this.#state.numbers, ({ numbers }) => numbers)
  }

  readMoments(): Moments {
    const first = this.#read(this.#state.first, (state) => state.first)
    return { first, second: this.#read(this.#state.second, (state) => state.second), step: this.step }
  }

  readGradient({ numbers, formulas }: Gradient): LayerTensors[] {
    return unpack(this.#layout, this.#tf.read(numbers), formulas)
  }

  /**
   * What reaches each layer, and last the outputs; a layer's own values are gone when it is left.
   *
   * @param visit what else is made of a layer's values while they are there
   */
  forward(inputs: Tensor, visit: (pass: LayerPass, output: Tensor) => void = () => {}): Tensor[] {
    const columns = [inputs]
    this.#layers.forEach((_, l) => {
      columns.push(
        this.#tf.scope(() => {
          const { pass, output } = this.#forwardLayer(l, columns.at(-1) as Tensor, false)
          visit(pass, output)
          return output
        }),
      )
    })
    return columns
  }

  /** Losses of some rows, and the gradient of their sum for whoever asks. All within a scope of the caller's. */
  minimize({ inputs, targets }: Batch, { loss, regularization }: Objective, wantsGradient: boolean) {
    const tf = this.#tf
    const passes: LayerPass[] = []
    let x = inputs
    this.#layers.forEach((_, l) => {
      const { pass, output } = this.#forwardLayer(l, x, wantsGradient && l > 0)
      passes.push(pass)
      x = output
    })
    const { value, slopes } = dataLoss(tf, loss, x, targets)
    const charge = chargeOf(tf, passes, x, regularization)
    return {
      loss: tf.readNumber(value),
      regularization: (charge?.value ?? 0) + this.#coefficientPenalty(passes, charge),
      gradient: () => this.#backward(passes, x, slopes, charge),
    }
  }

  dataLoss(output: Tensor, targets: Tensor, loss: Loss): number {
    return this.#tf.scope(() => this.#tf.readNumber(dataLoss(this.#tf, loss, output, targets).value))
  }

  /** One step of Adam. */
  update(gradient: Gradient, learningRate: number, clipNorm: number | null): void {
    const tf = this.#tf
    this.step++
    const rate = adamRate(learningRate, this.step)
    const factor = clipNorm === null ? 1 : clipFactor(this.#norm(gradient), clipNorm)
    const numbers = factor === 1 ? gradient.numbers : tf.multiply(gradient.numbers, tf.scalar(factor))
    this.#keep(adamStep(tf, this.#state, numbers, rate, this.#trains))
    this.#formulaStates.forEach((state, l) => {
      const own = gradient.formulas[l]
      const formulas = this.#formulas[l]
      if (state === null || own == null || formulas === undefined) return
      const scaled = own.map((value) => factor * value)
      moveNumbers(state.numbers, scaled, state.first, state.second, rate, formulas.trains, AFFINE_SIZE)
    })
  }

  dispose(): void {
    this.#freeMasks()
    for (const layer of this.#layers) layer.dispose()
    for (const bases of this.#bases) bases.dispose()
    for (const tensor of Object.values(this.#state)) this.#tf.free(tensor)
  }

  #forwardLayer(l: number, x: Tensor, withSlopes: boolean): { pass: LayerPass; output: Tensor } {
    const tf = this.#tf
    const layer = this.#layers[l] as CurveLayer
    const formulas = this.#formulas[l] as Formulas
    const features = (this.#bases[l] as Bases).of(x, withSlopes)
    const matrices = layer.matrices(this.#state.numbers)
    const curves = layer.outputs(features, matrices)
    const numbers = this.#formulaStates[l]?.numbers
    const formulaPass = formulas.areNone || numbers === undefined ? null : formulas.compute(tf, x, numbers)
    const output = formulaPass === null ? curves : tf.add(curves, formulas.outputs(tf, formulaPass))
    return { pass: { layer, formulas, formulaPass, x, features, matrices }, output }
  }

  #backward(passes: readonly LayerPass[], output: Tensor, slopes: Tensor, charge: Charge | null): Gradient {
    const tf = this.#tf
    const parts: Tensor[] = []
    const formulas: (Float64Array | null)[] = []
    let flow = this.#columnFlow(slopes, output, charge, passes.length)
    for (const [l, pass] of [...passes.entries()].toReversed()) {
      const { part, formulaGradient, next } = this.#backwardLayer(l, pass, flow, charge)
      parts.unshift(part)
      formulas.unshift(formulaGradient)
      if (next !== null) flow = next
    }
    return { numbers: tf.join(parts, 0), formulas }
  }

  #backwardLayer(l: number, pass: LayerPass, flow: Tensor, charge: Charge | null) {
    const tf = this.#tf
    return tf.scope(() => {
      const { layer, features, matrices, formulas, formulaPass, x } = pass
      const { biases } = layer.place
      const wantsFlow = l > 0
      const felt = charge?.layers[l] ?? null
      const { byCurves, byFeatures } =
        felt === null
          ? layer.backward(features, matrices, flow, wantsFlow)
          : layer.backwardByPhi(features, matrices, flow, wantsFlow, (phi, from, count) =>
              phiSlopes(tf, felt, phi, from, count),
            )
      const edges = this.#pooled(l, this.#withCoefficients(layer.byNumbers(byCurves, matrices), pass, charge))
      const flat = tf.reshape(edges, [-1])
      const part = biases === 0 ? flat : tf.join([flat, tf.sum(flow, [0])], 0)
      const held = this.#formulaStates[l]
      const formulaGradient = held == null ? null : new Float64Array(held.numbers.length)
      let next =
        features.slopes === null || byFeatures === null ? null : tf.sum(tf.multiply(byFeatures, features.slopes), [1])
      if (formulaPass !== null && held != null && formulaGradient !== null) {
        const back = formulas.backward(
          ...([tf, formulaPass, flow, held.numbers, felt?.formulas ?? null, formulaGradient] as const),
        )
        if (next !== null) next = tf.add(next, back)
      }
      if (next !== null && felt?.byRange) next = tf.add(next, rangeFlow(tf, x, felt.byRange))
      return { part, formulaGradient, next: next && this.#columnFlow(next, x, charge, l) }
    })
  }

  /** With what a loss feels of the spread of what reaches a layer. */
  #columnFlow(flow: Tensor, x: Tensor, charge: Charge | null, l: number): Tensor {
    const tf = this.#tf
    const column = charge?.columns?.[l]
    if (column === undefined) return flow
    return tf.add(flow, tf.multiply(tf.subtract(x, column.means), column.slopes))
  }

  /** Gradients of tied edges added up, in every slot of theirs that is not pruned. */
  #pooled(l: number, gradient: Tensor): Tensor {
    const tf = this.#tf
    const leaders = this.#leaders[l]
    if (leaders == null) return gradient
    const { size, inputs, nodes } = (this.#layers[l] as CurveLayer).place
    const edges = inputs * nodes
    const rows = tf.turn(tf.reshape(gradient, [size + 2, edges]), [1, 0])
    const sums = tf.gather(tf.sumByNumber(rows, leaders, edges), leaders)
    const pooled = tf.reshape(tf.turn(sums, [1, 0]), [size + 2, inputs, nodes])
    return (this.#layers[l] as CurveLayer).masked(pooled)
  }

  #withCoefficients(gradient: Tensor, { layer, matrices }: LayerPass, charge: Charge | null): Tensor {
    const tf = this.#tf
    if (charge?.coefficients == null) return gradient
    const { size, nodes } = layer.place
    const { coef, coefDiff } = charge.coefficients
    const { weights } = matrices
    let slopes = tf.multiply(tf.sign(weights), tf.scalar(coef / nodes))
    if (size > 1) {
      const signs = tf.multiply(tf.sign(differences(tf, weights)), tf.scalar(coefDiff / nodes))
      const none = tf.zeros([1, ...weights.shape.slice(1)])
      slopes = tf.add(slopes, tf.subtract(tf.join([none, signs], 0), tf.join([signs, none], 0)))
    }
    const weightsToo = tf.add(tf.part(gradient, 0, 0, size), layer.masked(slopes))
    return tf.join([weightsToo, tf.part(gradient, 0, size, 2)], 0)
  }

  #coefficientPenalty(passes: readonly LayerPass[], charge: Charge | null): number {
    const tf = this.#tf
    if (charge?.coefficients == null) return 0
    const { coef, coefDiff } = charge.coefficients
    return passes.reduce((total, { layer, matrices: { weights } }) => {
      const sum = (values: Tensor) => tf.readNumber(tf.sum(layer.masked(tf.size(values)), [0, 1, 2]))
      const steps = layer.place.size > 1 ? sum(differences(tf, weights)) : 0
      return total + (coef * sum(weights) + coefDiff * steps) / layer.place.nodes
    }, 0)
  }

  #norm({ numbers, formulas }: Gradient): number {
    const tf = this.#tf
    const counted = this.#counts === null ? numbers : tf.multiply(numbers, this.#counts)
    const squares = tf.readNumber(tf.sum(tf.multiply(counted, numbers), [0]))
    const others = formulas.map((own, l) => (own === null ? 0 : (this.#formulas[l]?.squares(own) ?? 0)))
    return Math.sqrt(others.reduce((sum, value) => sum + value, squares))
  }

  #read(tensor: Tensor, formulas: (state: FormulaState) => Float64Array): LayerTensors[] {
    const states = this.#formulaStates.map((state) => state && formulas(state))
    return unpack(this.#layout, this.#tf.read(tensor), states)
  }

  #keep(next: State): void {
    const tf = this.#tf
    const old = this.#state
    for (const name of ['numbers', 'first', 'second'] as const) {
      if (next[name].id !== old[name].id) tf.free(old[name])
      tf.keep(next[name])
    }
    this.#state = next
  }

  #freeMasks(): void {
    for (const tensor of [this.#trains, this.#counts, ...this.#leaders]) if (tensor !== null) this.#tf.free(tensor)
    this.#trains = this.#counts = null
    this.#leaders = []
  }
}

/** What a loss feels of the phi of some inputs, [inputs, B, O]. */
function phiSlopes(
  tf: TensorFlow,
  { bySize, bySpread }: Pick<Charge['layers'][number], 'bySize' | 'bySpread'>,
  phi: Tensor,
  from: number,
  count: number,
): Tensor {
  const own = (matrix: Tensor) => tf.reshape(tf.part(matrix, 0, from, count), [count, 1, -1])
  if (bySize !== null) return tf.multiply(tf.sign(phi), own(bySize))
  if (bySpread === null) return tf.scalar(0)
  return tf.multiply(tf.subtract(phi, own(bySpread.means)), own(bySpread.slopes))
}

/** The range in the scores' denominator is not detached: its derivative goes to the first samples that make it, [B, I]. */
function rangeFlow(tf: TensorFlow, x: Tensor, byRange: Tensor): Tensor {
  const [rows = 1] = x.shape
  const numbers = tf.floats(
    Float32Array.from({ length: rows }, (_, row) => row),
    [rows, 1],
  )
  const beyond = tf.scalar(rows)
  const first = (extreme: Tensor) => {
    const places = tf.where(tf.isEqual(x, extreme), numbers, beyond)
    return tf.asNumbers(tf.isEqual(numbers, tf.smallest(places, [0], true)))
  }
  const flow = tf.subtract(first(tf.largest(x, [0], true)), first(tf.smallest(x, [0], true)))
  return tf.multiply(flow, byRange)
}

/** Of neighbouring weights, [n − 1, I, O]. */
function differences(tf: TensorFlow, weights: Tensor): Tensor {
  const [size = 1] = weights.shape
  return tf.subtract(tf.part(weights, 0, 1, size - 1), tf.part(weights, 0, 0, size - 1))
}
