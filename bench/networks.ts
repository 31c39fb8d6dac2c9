/** Networks, tables and operation counts that the cases share. */

import type { Columns, DataHandle, Network, Objective } from '../src-main/compute/engines/engine'
import { openEngine } from '../src-main/compute/engines/registry'
import type { Regularization } from '../src-shared/contract/job'
import {
  type Basis,
  inputsOf,
  type Specification,
  specificationSchema,
  supportSize,
} from '../src-shared/kan/specification'
import { initialize } from '../src-shared/numerics/initialize'
import { random } from '../src-shared/numerics/random'

export const SPLINE: Basis = { type: 'spline', order: 3, intervals: 5 }
export const RBF: Basis = { type: 'rbf', centers: 8, kernel: 'gaussian' }
export const CHEBYSHEV: Basis = { type: 'chebyshev', degree: 9 }
export const BASES = { spline: SPLINE, rbf: RBF, chebyshev: CHEBYSHEV }

export const PENALTY: Regularization = { type: 'better_kan', lambda: 1e-4, l1: 1, entropy: 1 }
export const PLAIN: Objective = { loss: 'mse', regularization: null }
export const REGULARIZED: Objective = { loss: 'mse', regularization: PENALTY }

export function design(widths: readonly number[], basis: Basis): Specification {
  const [inputs = 1, ...nodes] = widths
  return specificationSchema.parse({
    ...{ format: 1, name: `[${widths}]`, seed: 1, initialization: 'scaled' },
    inputs: Array.from({ length: inputs }, (_, i) => ({ name: `x${i}` })),
    outputs: Array.from({ length: nodes.at(-1) ?? 1 }, (_, j) => ({ name: `y${j}` })),
    layers: nodes.map((count) => ({ nodes: count, basis })),
  })
}

/** @param threads most to use; all if absent */
export async function compiled(specification: Specification, batch: number, threads?: number): Promise<Network> {
  const engine = await openEngine('wasm')
  return engine.compile(specification, initialize(specification), {
    batch,
    moments: null,
    ...(threads ? { threads } : {}),
  })
}

/** Inputs all over the grid, and smooth functions of them. */
export function columns(inputs: number, outputs: number, rows: number): Columns {
  const next = random(1, 'table')
  const values = Array.from({ length: inputs }, () => Float32Array.from({ length: rows }, () => 2 * next() - 1))
  const targets = Array.from({ length: outputs }, (_, j) => {
    const some = values.slice(0, 10)
    return Float32Array.from({ length: rows }, (_, row) =>
      some.reduce((sum, column, i) => sum + Math.sin(3 * (column[row] ?? 0) + i + j) / Math.sqrt(some.length), 0),
    )
  })
  return { rows, inputs: values, targets }
}

/** A network with its table in the engine's memory. */
export async function ready(specification: Specification, rows: number, batch = rows, threads?: number) {
  const network = await compiled(specification, batch, threads)
  const data = network.load(columns(specification.inputs.length, specification.outputs.length, rows))
  return { network, data }
}

/** One update by Adam on all rows. @throws when the loss is not finite: such times mean nothing */
export function adamStep(network: Network, data: DataHandle, objective: Objective): void {
  adamSteps(network, data, objective, { order: null, batchSize: data.rows, offset: 0, maxSteps: 1 })
}

/** Updates on rows in an order. */
export function adamSteps(
  network: Network,
  data: DataHandle,
  objective: Objective,
  rows: {
    readonly order: Uint32Array | null
    readonly batchSize: number
    readonly offset: number
    readonly maxSteps: number
  },
  deadline = Number.POSITIVE_INFINITY,
): number {
  const optimizer = { type: 'adam', learningRate: () => 1e-3, clipNorm: null } as const
  const { steps, nonFinite } = network.train(data, { objective, optimizer, ...rows, deadline })
  if (nonFinite !== null) throw new Error(`the loss is not finite: ${JSON.stringify(nonFinite)}`)
  return steps
}

/**
 * Floating point operations of the products of a batch: forward, the weights' gradient, and from the second layer on the
 * inputs' gradient, each 2·B·O·I·(basis functions that are not zero + 1). Basis values, sorting and Adam come on top.
 */
export function operations(specification: Specification, batch: number): { forward: number; both: number } {
  let forward = 0
  let both = 0
  specification.layers.forEach(({ basis, nodes }, l) => {
    const product = 2 * batch * nodes * inputsOf(specification, l) * (supportSize(basis) + 1)
    forward += product
    both += product * (l === 0 ? 2 : 3)
  })
  return { forward, both }
}
