/** How far each engine is from the float64 reference, on a model and a table of one's own. */
import type { CheckOptions, CheckResult } from '../../src-shared/contract/compute'
import { CHUNK_ROWS, refuseTooLarge } from '../../src-shared/kan/memory'
import type { LayerTensors } from '../../src-shared/kan/parameters'
import { lossAndGradient } from '../../src-shared/numerics/network'
import { loadData } from './data/load'
import type { Columns, Engine, Objective } from './engines/engine'
import { engines, openEngine } from './engines/registry'
import { refuseMisfit } from './live'

interface Computed {
  readonly output: Float64Array
  readonly loss: number
  readonly regularization: number
  readonly gradients: readonly LayerTensors[]
}

/**
 * Computes outputs, data loss, regularisation and the gradient of the last two's sum with each engine asked for.
 *
 * Columns match the network's inputs and outputs by position; a model that was trained on scaled data scales them again.
 *
 * @throws UserError when the table cannot be read or does not fit the network
 */
export async function check({ model, ...options }: CheckOptions): Promise<CheckResult> {
  const { specification, parameters } = model
  refuseTooLarge(specification)
  const { file, inputs, targets } = options
  const choice = { file, inputs: [...inputs], targets: [...targets], scaling: 'none' as const }
  const data = await loadData(choice, specification.preprocessing ?? null)
  refuseMisfit(specification, data)
  const columns = data.train
  const objective: Objective = { loss: 'mse', regularization: options.regularization }
  const reference = lossAndGradient(
    specification,
    parameters,
    rowMajor(columns.inputs, columns.rows),
    rowMajor(columns.targets, columns.rows),
    objective,
  )

  const asked = options.engine === 'all' ? await available() : [await openEngine(options.engine)]
  const results = new Map<string, Computed>()
  for (const engine of asked) results.set(engine.name, await compute(engine, model, columns, objective))
  const [first] = results
  if (first === undefined) throw new Error('no engine is available')
  return {
    loss: reference.loss,
    regularization: reference.regularization,
    engines: Object.fromEntries([...results].map(([name, computed]) => [name, errors(computed, reference)])),
    values: { engine: first[0], rows: columns.rows, ...first[1] },
  }
}

async function available(): Promise<readonly Engine[]> {
  const probes = await Promise.all(engines.map((engine) => engine.probe()))
  return engines.filter((_, k) => probes[k]?.available)
}

async function compute(
  engine: Engine,
  { specification, parameters }: CheckOptions['model'],
  columns: Columns,
  objective: Objective,
): Promise<Computed> {
  const batch = Math.min(columns.rows, CHUNK_ROWS)
  const network = await engine.compile(specification, parameters, { batch, moments: null })
  try {
    const handle = network.load(columns)
    return { output: network.forward(handle), ...network.lossAndGradient(handle, objective) }
  } finally {
    network.dispose()
  }
}

function errors(computed: Computed, reference: Computed) {
  const gradients = computed.gradients.flatMap((layer, l) => {
    const expected = reference.gradients[l]
    return expected === undefined ? [] : layerErrors(layer, expected)
  })
  return {
    output: relativeError(computed.output, reference.output),
    loss: relativeError([computed.loss], [reference.loss]),
    regularization: relativeError([computed.regularization], [reference.regularization]),
    gradients: Math.max(0, ...gradients),
  }
}

function layerErrors(computed: LayerTensors, reference: LayerTensors): readonly number[] {
  return [
    relativeError(computed.weights, reference.weights),
    relativeError(computed.baseScaler, reference.baseScaler),
    relativeError(computed.basisScaler, reference.basisScaler),
    relativeError(computed.bias ?? [], reference.bias ?? []),
    relativeError(computed.symbolic ?? [], reference.symbolic ?? []),
  ]
}

/** Largest difference, relative to the largest value of the reference's tensor; 0 where that is zero. */
function relativeError(computed: ArrayLike<number>, reference: ArrayLike<number>): number {
  let largest = 0
  let difference = 0
  for (let k = 0; k < reference.length; k++) {
    const expected = reference[k] as number
    largest = Math.max(largest, Math.abs(expected))
    difference = Math.max(difference, Math.abs((computed[k] as number) - expected))
  }
  // What is not a number is as wrong as can be, also where it should have been 0.
  if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY
  return largest === 0 ? 0 : difference / largest
}

function rowMajor(columns: readonly ArrayLike<number>[], rows: number): Float64Array {
  const numbers = new Float64Array(rows * columns.length)
  columns.forEach((column, c) => {
    for (let row = 0; row < rows; row++) numbers[row * columns.length + c] = column[row] as number
  })
  return numbers
}
