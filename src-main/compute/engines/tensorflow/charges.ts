/**
 * What does the regulariser charge for some rows, and what does it say to each layer?
 *
 * Sums over rows are made on the device. What is left is as small as the network: the shared float64 formulas turn it into the
 * penalty and its slopes on the processor (docs/decisions/0009), which then go back.
 */
import type { BetterKanRegularization, PykanRegularization, Regularization } from '../../../../src-shared/contract/job'
import { hasRange } from '../../../../src-shared/numerics/layer'
import { pykanPenalty } from '../../../../src-shared/numerics/pykan-regularization'
import { betterKanPenalty } from '../../../../src-shared/numerics/regularization'
import { spreadSlope } from '../../../../src-shared/numerics/statistics'
import type { Features } from './bases'
import type { FormulaPass, FormulaSlopes, Formulas } from './formulas'
import { type CurveLayer, type Matrices, spreadOf } from './layer'
import { turned } from './numbers'
import type { Tensor, TensorFlow } from './tensors'

/** Rows on their way through one layer. */
export interface LayerPass {
  readonly layer: CurveLayer
  readonly formulas: Formulas
  readonly formulaPass: FormulaPass | null
  /** [B, I] */
  readonly x: Tensor
  readonly features: Features
  readonly matrices: Matrices
}

/** What a loss feels of a layer beside its outputs. */
interface LayerCharge {
  /** By |phi| of each edge, [I, O], 0 of formulas. */
  readonly bySize: Tensor | null
  /** By the distance of each edge's phi from its mean, and those means, [I, O]. */
  readonly bySpread: { readonly slopes: Tensor; readonly means: Tensor } | null
  readonly formulas: readonly FormulaSlopes[] | null
  /** By the largest value that reaches each input, and minus that by the smallest, [I]. */
  readonly byRange: Tensor | null
}

export interface Charge {
  readonly value: number
  readonly layers: readonly LayerCharge[]
  /** By the distances from their means of what reaches each layer, last of the outputs. */
  readonly columns: readonly { readonly slopes: Tensor; readonly means: Tensor }[] | null
  /** Factors of |weight| and of |difference of neighbours|, for every weight of a curve. */
  readonly coefficients: { readonly coef: number; readonly coefDiff: number } | null
}

/** Null where nothing is charged. */
export function chargeOf(
  tf: TensorFlow,
  passes: readonly LayerPass[],
  output: Tensor,
  regularization: Regularization | null,
): Charge | null {
  if (regularization === null || regularization.lambda === 0) return null
  return regularization.type === 'better_kan'
    ? betterKanCharge(tf, passes, regularization)
    : pykanCharge(tf, passes, output, regularization)
}

function betterKanCharge(tf: TensorFlow, passes: readonly LayerPass[], settings: BetterKanRegularization): Charge {
  const { lambda } = settings
  let value = 0
  const layers = passes.map((pass): LayerCharge => {
    const { layer, features, matrices, formulas, formulaPass, x } = pass
    const { inputs, nodes } = layer.place
    const [rows = 1] = x.shape
    const scores = Float64Array.from(tf.read(layer.sizes(features, matrices)))
    if (formulaPass !== null) {
      formulas.sizes(formulaPass).forEach((size, s) => {
        scores[placeOf(formulas, s, nodes)] = size
      })
    }
    const { minimum: low, maximum: high } = columnRanges(tf, x)
    const divisors = Float64Array.from(low, (smallest, i) => {
      const largest = high[i] as number
      return rows * (hasRange(smallest, largest) ? largest - smallest : 1)
    })
    scores.forEach((size, e) => {
      scores[e] = size / (divisors[Math.floor(e / nodes)] as number)
    })
    const penalty = betterKanPenalty(scores, settings)
    value += lambda * penalty.value
    const byRange = new Float32Array(inputs)
    const bySize = new Float32Array(scores.length)
    penalty.gradient.forEach((slope, e) => {
      const i = Math.floor(e / nodes)
      bySize[e] = (lambda * slope) / (divisors[i] as number)
      byRange[i] = (byRange[i] as number) - lambda * slope * (scores[e] as number)
    })
    byRange.forEach((slope, i) => {
      const [smallest, largest] = [low[i] as number, high[i] as number]
      byRange[i] = hasRange(smallest, largest) ? slope / (largest - smallest) : 0
    })
    const own = formulas.edges.map((_, s): FormulaSlopes => {
      const place = placeOf(formulas, s, nodes)
      const size = bySize[place] as number
      bySize[place] = 0
      return { size, spread: 0, mean: 0 }
    })
    return {
      ...{ bySize: tf.floats(bySize, [inputs, nodes]), bySpread: null },
      ...{ formulas: own, byRange: tf.floats(byRange) },
    }
  })
  return { value, layers, columns: null, coefficients: null }
}

function pykanCharge(
  tf: TensorFlow,
  passes: readonly LayerPass[],
  output: Tensor,
  settings: PykanRegularization,
): Charge {
  const { lambda } = settings
  const [rows = 1] = output.shape
  const columns = [...passes.map(({ x }) => x), output].map((values) => columnSpread(tf, values))
  const spreads = passes.map((pass) => edgeSpreads(tf, pass))
  const formulaMasks = passes.map(({ formulas, layer: { place } }) => {
    const mask = new Uint8Array(place.inputs * place.nodes)
    for (const { slot } of formulas.edges) mask[slot] = 1
    return mask
  })
  const [inputs = new Float32Array(0), ...outputs] = columns.map(({ deviation }) => deviation)
  const edges = spreads.map(({ deviation }) => deviation)
  const { value, gradient } = pykanPenalty({ edges, inputs, outputs, formulas: formulaMasks }, settings)
  const slopesOf = (by: Float64Array, deviations: ArrayLike<number>) =>
    by.map((slope, k) => spreadSlope(lambda * slope, deviations[k] as number, rows))
  const layers = passes.map(({ layer: { place }, formulas }, l): LayerCharge => {
    const { mean, deviation } = spreads[l] as EdgeSpreads
    const slopes = slopesOf(gradient.edges[l] as Float64Array, deviation)
    const own = formulas.edges.map(({ slot }): FormulaSlopes => {
      const felt = { size: 0, spread: slopes[slot] as number, mean: mean[slot] as number }
      slopes[slot] = 0
      return felt
    })
    const shape = [place.inputs, place.nodes]
    const onDevice = (matrix: Float64Array) => tf.floats(Float32Array.from(turned(matrix, place.inputs)), shape)
    const bySpread = { slopes: onDevice(slopes), means: onDevice(mean) }
    return { bySize: null, bySpread, formulas: own, byRange: null }
  })
  const byColumns = columns.map(({ means, deviation }, l) => {
    const slopes = slopesOf(gradient.nodes[l] as Float64Array, deviation)
    return { slopes: tf.floats(Float32Array.from(slopes)), means }
  })
  const coefficients =
    settings.coef === 0 && settings.coefDiff === 0
      ? null
      : { coef: lambda * settings.coef, coefDiff: lambda * settings.coefDiff }
  return { value: lambda * value, layers, columns: byColumns, coefficients }
}

/** Of each edge's phi, [O, I]. */
interface EdgeSpreads {
  readonly mean: Float64Array
  readonly deviation: Float64Array
  /** Σ_b |phi| */
  readonly size: Float64Array
  readonly minimum: Float32Array
  readonly maximum: Float32Array
}

export function edgeSpreads(
  tf: TensorFlow,
  { layer, features, matrices, formulas, formulaPass, x }: LayerPass,
): EdgeSpreads {
  return tf.scope(() => {
    const { inputs, nodes } = layer.place
    const edges = inputs * nodes
    const values = tf.read(layer.spreads(features, matrices))
    const part = (k: number) => turned(Float64Array.from(values.subarray(k * edges, (k + 1) * edges)), nodes)
    const [size, mean, deviation] = [part(0), part(1), part(2)]
    const { minimum, maximum } = columnRanges(tf, x)
    deviation.forEach((_, e) => {
      if (minimum[e % inputs] === maximum[e % inputs]) deviation[e] = 0
    })
    if (formulaPass !== null) {
      const own = formulas.spreads(formulaPass)
      const sizes = formulas.sizes(formulaPass)
      formulas.edges.forEach(({ slot }, s) => {
        mean[slot] = own.mean[s] as number
        deviation[slot] = own.deviation[s] as number
        size[slot] = sizes[s] as number
      })
    }
    return { mean, deviation, size, minimum, maximum }
  })
}

/** Of the columns of a matrix [B, width]. */
export function columnSpread(tf: TensorFlow, values: Tensor) {
  const { mean, deviation } = spreadOf(tf, values, 0)
  const { minimum, maximum } = columnRanges(tf, values)
  const deviations = tf.read(deviation).map((spread, i) => (minimum[i] === maximum[i] ? 0 : spread))
  return { means: mean, deviation: deviations }
}

/** A smaller part of its values than this is no range: equal rows may come out of a product with other last digits each. */
const ROUNDING = 2 ** -21

/** Smallest and largest values of the columns of a matrix [B, width]. */
function columnRanges(tf: TensorFlow, values: Tensor): { minimum: Float32Array; maximum: Float32Array } {
  return tf.scope(() => {
    const minimum = tf.read(tf.smallest(values, [0]))
    const maximum = tf.read(tf.largest(values, [0])).map((high, i) => {
      const low = minimum[i] as number
      return high - low <= ROUNDING * Math.max(Math.abs(low), Math.abs(high)) ? low : high
    })
    return { minimum, maximum }
  })
}

/** Where a formula is in a matrix [I, O]. */
function placeOf(formulas: Formulas, s: number, nodes: number): number {
  const edge = formulas.edges[s]
  if (edge === undefined) throw new RangeError(`no formula ${s}`)
  return edge.input * nodes + edge.output
}
