/** The edges that are formulas: their numbers, which stay float64, into the memory and out of it, and how Adam moves them. */
import { withGroups } from '../../../../src-shared/kan/groups'
import type { EdgeIndex, LayerSpecification, Specification } from '../../../../src-shared/kan/specification'
import { type AdamRate, moveNumbers } from '../../../../src-shared/numerics/adam'
import { edgeMask, trainableKinds } from '../../../../src-shared/numerics/locks'
import { AFFINE_SIZE, type SymbolicFunction } from '../../../../src-shared/numerics/symbolic'
import type { Arena } from './arena'
import { FORMULA_SUMS, type LayerLayout, type LayerPlan } from './layout'
import type { Places } from './order'

/** As symbolic.as.ts numbers them. */
const KINDS: Readonly<Record<SymbolicFunction, number>> = {
  ...{ x: 0, 'x^2': 1, 'x^3': 2, 'x^4': 3, 'x^5': 4, '1/x': 5, '1/x^2': 6, '1/x^3': 7, '1/x^4': 8, '1/x^5': 9 },
  ...{
    sqrt: 10,
    'x^0.5': 10,
    'x^1.5': 11,
    '1/sqrt(x)': 12,
    '1/x^0.5': 12,
    exp: 13,
    log: 14,
    abs: 15,
    sin: 16,
    cos: 17,
  },
  ...{ tan: 18, tanh: 19, sgn: 20, arcsin: 21, arccos: 22, arctan: 23, arctanh: 24, '0': 25, gaussian: 26 },
}

/** Integers of an entry: input, output, kind, whether it is not pruned, the output's place in the tiles. */
const ENTRY = 5

/** Formulas that train, by slot output · I + input, and where in a vector their numbers begin. */
interface FormulaPlaces {
  readonly slots: Int32Array
  readonly offsets: Int32Array
}

/** The formulas of one layer, in the order of the design. Tensors are [O, I, 4] as in `LayerTensors`. */
export class LayerFormulas {
  readonly #arena: Arena
  readonly #fields: LayerLayout
  readonly #placeOf: Places
  readonly #edges: readonly EdgeIndex[]
  /** Adam's moments, four numbers a formula. */
  #first: Float64Array
  #second: Float64Array
  #live = new Uint8Array(0)
  #trains = new Uint8Array(0)
  /** Formulas that share their numbers, those that are pruned left out. */
  #ties: readonly (readonly number[])[] = []

  constructor(arena: Arena, { fields, placeOf }: LayerPlan, { symbolic }: LayerSpecification) {
    this.#arena = arena
    this.#fields = fields
    this.#placeOf = placeOf
    this.#edges = symbolic.map(({ edge }) => edge)
    this.#first = new Float64Array(AFFINE_SIZE * symbolic.length)
    this.#second = new Float64Array(AFFINE_SIZE * symbolic.length)
    symbolic.forEach(({ edge: [input, output], function: name }, k) => {
      arena.integers.set([input, output, KINDS[name], 1, output], fields.formulas / 4 + ENTRY * k)
    })
  }

  /** Takes over which of them rest, are pruned or share their numbers, and where their outputs lie now. */
  mask(layer: LayerSpecification): void {
    if (this.#edges.length === 0) return
    const { inputs, outputs, formulas } = this.#fields
    const slots = this.#edges.map(([input, output]) => output * inputs + input)
    const pruned = edgeMask(layer.pruned, outputs, inputs)
    const trains = trainableKinds(layer, inputs).formulas
    this.#live = Uint8Array.from(slots, (slot) => 1 - (pruned[slot] as number))
    this.#trains = Uint8Array.from(slots, (slot) => trains[slot] as number)
    this.#edges.forEach(([, output], k) => {
      this.#arena.integers.set([this.#live[k] as number, this.#placeOf[output] as number], formulas / 4 + ENTRY * k + 3)
    })
    const places = new Map(slots.map((slot, k) => [slot, k]))
    this.#ties = layer.tied
      .map((tie) => tie.map(([input, output]) => places.get(output * inputs + input)).filter((k) => k !== undefined))
      .map((tie) => tie.filter((k) => this.#live[k] === 1))
      .filter((tie) => tie.length > 1)
  }

  writeNumbers(symbolic: Float64Array | null): void {
    this.#numbers().set(this.#gather(symbolic))
  }

  readNumbers(): Float64Array | null {
    return this.#spread(this.#numbers())
  }

  /** Null begins at zero. */
  writeMoments(first: Float64Array | null, second: Float64Array | null): void {
    this.#first = this.#gather(first)
    this.#second = this.#gather(second)
  }

  readMoments(): { readonly first: Float64Array | null; readonly second: Float64Array | null } {
    return { first: this.#spread(this.#first), second: this.#spread(this.#second) }
  }

  /** What `slots` parts of the batch summed, ties pooled. */
  readGradient(slots: number): Float64Array | null {
    return this.#edges.length === 0 ? null : this.#spread(this.#gradient(slots))
  }

  update(slots: number, rate: AdamRate): void {
    if (this.#edges.length === 0) return
    moveNumbers(this.#numbers(), this.#gradient(slots), this.#first, this.#second, rate, this.#trains, AFFINE_SIZE)
  }

  /** Square of the length of the gradient; a tie counts once, and what rests not at all. */
  squaredNorm(slots: number): number {
    const others = new Set(this.#ties.flatMap((tie) => tie.slice(1)))
    return this.#gradient(slots).reduce((sum, value, n) => {
      const k = Math.floor(n / AFFINE_SIZE)
      return this.#trains[k] === 1 && !others.has(k) ? sum + value * value : sum
    }, 0)
  }

  scaleGradient(slots: number, factor: number): void {
    for (let slot = 0; slot < slots; slot++) {
      const sums = this.#sums(slot)
      sums.forEach((sum, k) => {
        sums[k] = factor * sum
      })
    }
  }

  /** Puts the numbers, or their gradient, where a vector of all that trains has them. */
  putInto(vector: Float64Array, places: FormulaPlaces, slots: number | null): void {
    const values = slots === null ? this.#numbers() : this.#gradient(slots)
    this.#eachPlace(places, (k, offset) => {
      vector.set(values.subarray(AFFINE_SIZE * k, AFFINE_SIZE * (k + 1)), offset)
    })
  }

  takeFrom(vector: Float64Array, places: FormulaPlaces): void {
    const numbers = this.#numbers()
    this.#eachPlace(places, (k, offset) => {
      numbers.set(vector.subarray(offset, offset + AFFINE_SIZE), AFFINE_SIZE * k)
    })
  }

  /** Whether all numbers are finite. */
  isFinite(): boolean {
    return this.#numbers().every(Number.isFinite)
  }

  #eachPlace({ slots, offsets }: FormulaPlaces, visit: (k: number, offset: number) => void): void {
    slots.forEach((slot, n) => {
      const { inputs } = this.#fields
      const k = this.#edges.findIndex(([input, output]) => output * inputs + input === slot)
      visit(k, offsets[n] as number)
    })
  }

  #gradient(slots: number): Float64Array {
    const gradient = new Float64Array(AFFINE_SIZE * this.#edges.length)
    for (let slot = 0; slot < slots; slot++) {
      const sums = this.#sums(slot)
      gradient.forEach((sum, k) => {
        const at = FORMULA_SUMS * Math.floor(k / AFFINE_SIZE) + (k % AFFINE_SIZE)
        gradient[k] = this.#live[Math.floor(k / AFFINE_SIZE)] === 1 ? sum + (sums[at] as number) : 0
      })
    }
    for (const tie of this.#ties) {
      for (let m = 0; m < AFFINE_SIZE; m++) {
        const sum = tie.reduce((total, k) => total + (gradient[AFFINE_SIZE * k + m] as number), 0)
        for (const k of tie) gradient[AFFINE_SIZE * k + m] = sum
      }
    }
    return gradient
  }

  #sums(slot: number): Float64Array {
    const { formulaSums, slotStride } = this.#fields
    return this.#doubles(formulaSums + slot * slotStride, FORMULA_SUMS * this.#edges.length)
  }

  #numbers(): Float64Array {
    return this.#doubles(this.#fields.formulaNumbers, AFFINE_SIZE * this.#edges.length)
  }

  #doubles(at: number, length: number): Float64Array {
    return new Float64Array(this.#arena.memory.buffer, at, length)
  }

  #gather(tensor: Float64Array | null): Float64Array {
    const numbers = new Float64Array(AFFINE_SIZE * this.#edges.length)
    this.#edges.forEach(([input, output], k) => {
      const at = AFFINE_SIZE * (output * this.#fields.inputs + input)
      if (tensor !== null) numbers.set(tensor.subarray(at, at + AFFINE_SIZE), AFFINE_SIZE * k)
    })
    return numbers
  }

  #spread(numbers: Float64Array): Float64Array | null {
    if (this.#edges.length === 0) return null
    const { inputs, outputs } = this.#fields
    const tensor = new Float64Array(AFFINE_SIZE * inputs * outputs)
    this.#edges.forEach(([input, output], k) => {
      tensor.set(numbers.subarray(AFFINE_SIZE * k, AFFINE_SIZE * (k + 1)), AFFINE_SIZE * (output * inputs + input))
    })
    return tensor
  }
}

/** The formulas of every layer, masked. */
export function layerFormulas(
  arena: Arena,
  layers: readonly LayerPlan[],
  specification: Specification,
): readonly LayerFormulas[] {
  return withGroups(specification).layers.map((layer, l) => {
    const plan = layers[l]
    if (plan === undefined) throw new RangeError(`no layer ${l}`)
    const formulas = new LayerFormulas(arena, plan, layer)
    formulas.mask(layer)
    return formulas
  })
}
