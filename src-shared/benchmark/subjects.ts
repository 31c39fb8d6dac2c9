/** Which networks does the benchmark measure, and how are their parameters counted? */
import { parameterCount } from '../kan/parameters'
import { type Basis, inputsOf, type Specification, specificationSchema } from '../kan/specification'
import type { BenchShape } from './plan'

/** Hidden units of the perceptron for each hidden node of a network. */
export const MLP_WIDENING = 10

/** Scaled, so that what reaches the second layer meets its grid: outside it a spline would cost nothing. */
export function benchNetwork(basis: Basis, { inputs, hidden, outputs, hiddenLayers }: BenchShape): Specification {
  return specificationSchema.parse({
    ...{ format: 1, name: basis.type, initialization: 'scaled' },
    inputs: Array.from({ length: inputs }, (_, i) => ({ name: `x${i}` })),
    outputs: Array.from({ length: outputs }, (_, o) => ({ name: `y${o}` })),
    layers: [...Array.from({ length: hiddenLayers }, () => hidden), outputs].map((nodes) => ({ nodes, basis })),
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
