/** How is a sample put to an engine, and in what must the two agree? */
import { expect } from 'vitest'
import { type Expected, errorsOf, exceeded, expectedOf, limitsOf, type Tolerances } from './conformance-errors'
import { expectClose } from './conformance-measure'
import type { Sample } from './conformance-models'
import type { DataHandle, Engine, Network, Objective } from './engine'

/** A sample that an engine has compiled and loaded, and what the formulas say of it. */
export interface Case {
  readonly sample: Sample
  readonly expected: Expected
  readonly network: Network
  readonly data: DataHandle
}

/** Rows of a batch that engines are compiled for: fewer than some of the tables have. */
const BATCH = 100

export async function withNetwork(
  engine: Engine,
  sample: Sample,
  check: (example: Case) => void,
  expected = expectedOf(sample),
): Promise<void> {
  const network = await engine.compile(sample.specification, sample.parameters, { batch: BATCH, moments: null })
  const data = network.load(sample.columns)
  try {
    check({ sample, expected, network, data })
  } finally {
    data.dispose()
    network.dispose()
  }
}

/** Outputs, losses, statistics and gradients by the sample's objective. */
export function expectAgreement({ network, data, sample, expected }: Case, tolerances: Tolerances): void {
  const limits = limitsOf(tolerances)
  const errors = errorsOf(network, data, sample, expected)
  expect({ errors, exceeded: exceeded(errors, limits) }).toEqual({ errors, exceeded: [] })
  const objective: Objective = { loss: sample.loss, regularization: sample.regularization }
  for (const direction of ['forward', 'both'] as const) {
    const pass = network.pass(data, objective, direction)
    expectClose([pass.loss], [expected.loss], 2 * tolerances.forward)
    expectClose([pass.regularization], [expected.regularization], tolerances.gradient)
  }
}
