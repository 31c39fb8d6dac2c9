/**
 * What do the edges of a layer compute that are formulas? They are few, and exact in float64 by the shared formulas: their columns
 * come to the processor, their values go back to the device. Their numbers and moments live here.
 */
import type { LayerSpecification } from '../../../../src-shared/kan/specification'
import { functionsOf } from '../../../../src-shared/kan/symbolic'
import { edgeMask, trainableKinds } from '../../../../src-shared/numerics/locks'
import { addToSpread, finishSpread, type Spread } from '../../../../src-shared/numerics/statistics'
import {
  AFFINE_SIZE,
  type SymbolicFunction,
  symbolicBackward,
  symbolicPhi,
} from '../../../../src-shared/numerics/symbolic'
import type { Tensor, TensorFlow } from './tensors'

interface FormulaEdge {
  /** output · I + input */
  readonly slot: number
  readonly input: number
  readonly output: number
  readonly name: SymbolicFunction
}

/** What formulas made of some rows. */
export interface FormulaPass {
  /** What reaches each of them, [B, S]. */
  readonly x: Float32Array
  /** [B, S] */
  readonly phi: Float64Array
  readonly rows: number
}

/** What a loss feels of a formula's phi, beside the outputs: by |phi|, and by its distance from the mean. */
export interface FormulaSlopes {
  readonly size: number
  readonly spread: number
  readonly mean: number
}

/** The formulas of one layer that are not pruned. */
export class Formulas {
  readonly edges: readonly FormulaEdge[]
  /** 1 where the formula trains, and 1 where it counts in the norm: a tie counts once. */
  readonly #trains: Uint8Array
  readonly #counts: Uint8Array
  readonly #tied: readonly (readonly number[])[]
  readonly #pruned: Uint8Array
  readonly #inputs: number
  readonly #nodes: number

  /** @param layer with the locks that the inputs' groups add */
  constructor(layer: LayerSpecification, inputs: number) {
    const { nodes, tied, pruned } = layer
    this.#inputs = inputs
    this.#nodes = nodes
    this.#pruned = edgeMask(pruned, nodes, inputs)
    this.edges = (functionsOf(layer, inputs) ?? []).flatMap((name, slot) =>
      name === undefined || this.#pruned[slot] === 1
        ? []
        : [{ slot, input: slot % inputs, output: Math.floor(slot / inputs), name }],
    )
    this.#trains = trainableKinds(layer, inputs).formulas
    this.#counts = this.#trains.slice()
    this.#tied = tied.map((tie) => tie.map(([input, output]) => output * inputs + input))
    for (const tie of this.#tied) {
      const [, ...others] = tie.filter((slot) => this.#trains[slot] === 1)
      for (const slot of others) this.#counts[slot] = 0
    }
  }

  get areNone(): boolean {
    return this.edges.length === 0
  }

  compute(tf: TensorFlow, x: Tensor, numbers: Float64Array): FormulaPass {
    const reaching = this.#columns(tf, x, 'input')
    const width = this.edges.length
    const phi = Float64Array.from(reaching, (value, k) => {
      const { name, slot } = this.edges[k % width] as FormulaEdge
      return symbolicPhi(name, numbers, AFFINE_SIZE * slot, value)
    })
    return { x: reaching, phi, rows: reaching.length / width }
  }

  /** What they add to the outputs, [B, O]. */
  outputs(tf: TensorFlow, { phi, rows }: FormulaPass): Tensor {
    return this.#spread(tf, phi, rows, 'output', this.#nodes)
  }

  /** Σ |phi| of each. */
  sizes({ phi }: FormulaPass): Float64Array {
    const sums = new Float64Array(this.edges.length)
    phi.forEach((value, k) => {
      sums[k % sums.length] = (sums[k % sums.length] as number) + Math.abs(value)
    })
    return sums
  }

  spreads({ phi, rows }: FormulaPass): Spread {
    const width = this.edges.length
    const spread = { mean: new Float64Array(width), deviation: new Float64Array(width) }
    phi.forEach((value, k) => {
      addToSpread(spread.mean, spread.deviation, k % width, value, Math.floor(k / width) + 1)
    })
    finishSpread(spread.deviation, rows)
    return spread
  }

  /**
   * @param flow by the outputs, [B, O]
   * @param gradient receives what is added by their numbers, ties pooled
   * @returns the derivative by what reaches the layer, [B, I]
   */
  backward(
    tf: TensorFlow,
    { x, phi, rows }: FormulaPass,
    flow: Tensor,
    numbers: Float64Array,
    slopes: readonly FormulaSlopes[] | null,
    gradient: Float64Array,
  ): Tensor {
    const flows = this.#columns(tf, flow, 'output')
    const width = this.edges.length
    const back = new Float64Array(flows.length)
    flows.forEach((value, k) => {
      const { name, slot } = this.edges[k % width] as FormulaEdge
      const own = slopes?.[k % width]
      const felt = phi[k] as number
      const d = own === undefined ? value : value + own.size * Math.sign(felt) + own.spread * (felt - own.mean)
      back[k] = symbolicBackward(name, numbers, AFFINE_SIZE * slot, x[k] as number, d, gradient)
    })
    this.#pool(gradient)
    return this.#spread(tf, back, rows, 'input', this.#inputs)
  }

  /** The square of the norm of a gradient by those that train. */
  squares(gradient: Float64Array): number {
    return gradient.reduce(
      (sum, value, k) => (this.#counts[Math.floor(k / AFFINE_SIZE)] === 1 ? sum + value * value : sum),
      0,
    )
  }

  /** [O, I], 1 where a formula trains. */
  get trains(): Uint8Array {
    return this.#trains
  }

  #pool(gradient: Float64Array): void {
    for (const tie of this.#tied) {
      for (let m = 0; m < AFFINE_SIZE; m++) {
        const sum = tie.reduce((total, slot) => total + (gradient[slot * AFFINE_SIZE + m] as number), 0)
        for (const slot of tie) if (this.#pruned[slot] === 0) gradient[slot * AFFINE_SIZE + m] = sum
      }
    }
  }

  #columns(tf: TensorFlow, matrix: Tensor, end: 'input' | 'output'): Float32Array {
    return tf.scope(() => {
      const list = tf.integers(Int32Array.from(this.edges, (edge) => edge[end]))
      return tf.read(tf.gather(matrix, list, 1))
    })
  }

  /** Columns added up at one end of their edges. */
  #spread(tf: TensorFlow, columns: Float64Array, rows: number, end: 'input' | 'output', width: number): Tensor {
    return tf.scope(() => {
      const sums = new Float32Array(rows * width)
      const count = this.edges.length
      columns.forEach((value, k) => {
        const at = Math.floor(k / count) * width + (this.edges[k % count] as FormulaEdge)[end]
        sums[at] = (sums[at] as number) + value
      })
      return tf.floats(sums, [rows, width])
    })
  }
}
