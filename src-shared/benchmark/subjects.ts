/** What does the benchmark measure? Networks [inputs, hidden, 1] of each basis, and a perceptron of about as many parameters. */
import { parameterCount } from '../kan/parameters'
import { type Basis, inputsOf, type Specification, specificationSchema } from '../kan/specification'

export const KAN_METHODS = ['spline', 'rbf', 'chebyshev'] as const
export type KanMethod = (typeof KAN_METHODS)[number]
export const METHODS = [...KAN_METHODS, 'mlp'] as const
export type Method = (typeof METHODS)[number]

/** better_kan's flags and defaults: its README's table was made with these. */
export interface BenchSettings {
  /** Rows of a batch. */
  readonly batchSize: number
  readonly inputs: number
  readonly hidden: number
  /** Repetitions that count; one more comes first and is discarded. */
  readonly repetitions: number
}

const BASES: Readonly<Record<KanMethod, Basis>> = {
  spline: { type: 'spline', order: 3, intervals: 5 },
  rbf: { type: 'rbf', centers: 8, kernel: 'gaussian' },
  chebyshev: { type: 'chebyshev', degree: 9 },
}

/** Hidden units of the perceptron for each hidden node of a network. */
export const MLP_WIDENING = 10

/** Scaled, so that what reaches the second layer meets its grid: outside it a spline would cost nothing. */
export function benchNetwork(method: KanMethod, { inputs, hidden }: BenchSettings): Specification {
  return specificationSchema.parse({
    ...{ format: 1, name: method, initialization: 'scaled' },
    inputs: Array.from({ length: inputs }, (_, i) => ({ name: `x${i}` })),
    outputs: [{ name: 'y' }],
    layers: [hidden, 1].map((nodes) => ({ nodes, basis: BASES[method] })),
  })
}

/** What better_kan counts: it keeps the width of each RBF centre as a parameter that does not train. */
export function benchParameters(specification: Specification): { readonly all: number; readonly trainable: number } {
  const trainable = parameterCount(specification)
  const widths = specification.layers.map(({ basis }, l) =>
    basis.type === 'rbf' ? inputsOf(specification, l) * basis.centers : 0,
  )
  return { all: widths.reduce((sum, count) => sum + count, trainable), trainable }
}
