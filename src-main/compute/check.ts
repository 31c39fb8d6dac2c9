/** How far each engine is from the float64 reference, on a model and a table of one's own. */
import type { CheckOptions, CheckResult } from '../../src-shared/contract/compute'
import { CHUNK_ROWS, refuseTooLarge } from '../../src-shared/kan/memory'
import type { LayerTensors } from '../../src-shared/kan/parameters'
import { lossAndGradient } from '../../src-shared/numerics/network'
import { loadData, trainingColumns } from './data/load'
import type { Capabilities, Columns, Engine, Objective } from './engines/engine'
import { openEngine, worthwhileEngines } from './engines/registry'
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
  const columns = trainingColumns(data)
  const objective: Objective = { loss: 'mse', regularization: options.regularization }
  const rows = rowMajor(columns.inputs, columns.rows)
  const wanted = rowMajor(columns.targets, columns.rows)
  const reference = lossAndGradient(specification, parameters, rows, wanted, objective)
  const rounding = roundingOf(model, rows, wanted, reference)

  const asked = options.engine === 'all' ? await worthwhileEngines() : [await openEngine(options.engine)]
  const results = new Map<string, Computed>()
  const explained = new Map<string, Rounding>()
  for (const engine of asked) {
    const { precision, ...computed } = await compute(engine, model, columns, objective)
    results.set(engine.name, computed)
    explained.set(engine.name, precision === 'float32' ? rounding : NOTHING)
  }
  const [first] = results
  if (first === undefined) throw new Error('no engine is available')
  const errorsOf = (roundingOf: (engine: string) => Rounding | undefined) =>
    Object.fromEntries([...results].map(([name, computed]) => [name, errors(computed, reference, roundingOf(name))]))
  return {
    loss: reference.loss,
    regularization: reference.regularization,
    engines: errorsOf(() => NOTHING),
    beyondRounding: errorsOf((name) => explained.get(name)),
    values: { engine: first[0], rows: columns.rows, ...first[1] },
  }
}

async function compute(
  engine: Engine,
  { specification, parameters }: CheckOptions['model'],
  columns: Columns,
  objective: Objective,
): Promise<Computed & Pick<Capabilities, 'precision'>> {
  const batch = Math.min(columns.rows, CHUNK_ROWS)
  const network = await engine.compile(specification, parameters, { batch, moments: null })
  try {
    const handle = network.load(columns)
    const { precision } = network.capabilities
    return { precision, output: network.forward(handle), ...network.lossAndGradient(handle, objective) }
  } finally {
    network.dispose()
  }
}

/** Absolute errors that rounding the outputs explains. */
interface Rounding {
  readonly loss: number
  /** Of each tensor of each layer, one number for all of its values. */
  readonly gradients: readonly Readonly<Record<keyof LayerTensors, number>>[] | null
}
const NOTHING: Rounding = { loss: 0, gradients: null }

/** Eight roundings of float32, each of 2⁻²⁴ at most: outputs are sums. */
const ROUNDING = 2 ** -21

/**
 * What outputs that are off by `u` = 2⁻²¹ of the largest output or target do to the squared loss L and its gradient: up to
 * 2u·√L + u² (Cauchy and Schwarz), and u times the gradient of a network whose every error is 1. Where a network fits
 * nearly perfectly, both are all that there is.
 */
function roundingOf(
  { specification, parameters }: CheckOptions['model'],
  inputs: Float64Array,
  targets: Float64Array,
  { output, loss }: Computed,
): Rounding {
  const unit = ROUNDING * Math.max(largestOf(output), largestOf(targets))
  const off = output.map((y) => y - 1)
  const objective: Objective = { loss: 'mse', regularization: null }
  const { gradients } = lossAndGradient(specification, parameters, inputs, off, objective)
  return {
    loss: 2 * unit * Math.sqrt(loss) + unit ** 2,
    gradients: gradients.map((layer) => {
      const of = (name: keyof LayerTensors) => unit * largestOf(layer[name] ?? [])
      return {
        ...{ weights: of('weights'), baseScaler: of('baseScaler'), basisScaler: of('basisScaler') },
        ...{ bias: of('bias'), symbolic: of('symbolic') },
      }
    }),
  }
}

function errors(computed: Computed, reference: Computed, { loss, gradients: explained }: Rounding = NOTHING) {
  const gradients = computed.gradients.flatMap((layer, l) =>
    TENSORS.map((name) =>
      relativeError(layer[name] ?? [], reference.gradients[l]?.[name] ?? [], explained?.[l]?.[name]),
    ),
  )
  return {
    output: relativeError(computed.output, reference.output),
    loss: relativeError([computed.loss], [reference.loss], loss),
    regularization: relativeError([computed.regularization], [reference.regularization]),
    gradients: Math.max(0, ...gradients),
  }
}

const TENSORS = ['weights', 'baseScaler', 'basisScaler', 'bias', 'symbolic'] as const

/**
 * Largest difference, relative to the largest value of the reference's tensor; 0 where that is zero.
 *
 * @param explained of each difference, which does not count
 */
function relativeError(computed: ArrayLike<number>, reference: ArrayLike<number>, explained = 0): number {
  let difference = 0
  for (let k = 0; k < reference.length; k++) {
    difference = Math.max(difference, Math.abs((computed[k] as number) - (reference[k] as number)))
  }
  // What is not a number is as wrong as can be, also where it should have been 0.
  if (Number.isNaN(difference)) return Number.POSITIVE_INFINITY
  const largest = largestOf(reference)
  return largest === 0 ? 0 : Math.max(0, difference - explained) / largest
}

function largestOf(values: ArrayLike<number>): number {
  let largest = 0
  for (let k = 0; k < values.length; k++) largest = Math.max(largest, Math.abs(values[k] as number))
  return largest
}

function rowMajor(columns: readonly ArrayLike<number>[], rows: number): Float64Array {
  const numbers = new Float64Array(rows * columns.length)
  columns.forEach((column, c) => {
    for (let row = 0; row < rows; row++) numbers[row * columns.length + c] = column[row] as number
  })
  return numbers
}
