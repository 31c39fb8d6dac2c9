/** How fast is one row of the benchmark? Meant for a process of its own, whose peak of memory is then the row's. */
import { setImmediate } from 'node:timers/promises'
import type { BenchMeasurement, BenchTask } from '../../src-shared/benchmark/results'
import { benchNetwork, benchParameters, type KanMethod, MLP_WIDENING } from '../../src-shared/benchmark/subjects'
import { engineSchema } from '../../src-shared/contract/job'
import { initialize } from '../../src-shared/numerics/initialize'
import { random } from '../../src-shared/numerics/random'
import { UserError } from '../../src-shared/user-error'
import type { Columns, DataHandle, Objective } from './engines/engine'
import { openEngine } from './engines/registry'
import { compileMlp, mlpParameterCount } from './engines/wasm/mlp'
import { memoryMark } from './peak-memory'

const LEARNING_RATE = 1e-3
const PENALTY = { type: 'better_kan', lambda: 1e-2, l1: 1, entropy: 1 } as const

/** Anything that goes forward, back, and learns; each returns its loss. */
interface Subject<Data extends DataHandle> {
  readonly parameters: number
  readonly trainable: number
  load(columns: Columns): Data
  forward(data: Data): number
  both(data: Data): number
  step(data: Data): number
  dispose(): void
}

/**
 * Measures forward, both ways, and a whole step, each on a fresh random batch, so that nothing an engine keeps of a batch
 * counts. The batch is in the engine's memory when the clock starts, and no gradient is read out of it.
 *
 * Backward is what both ways took more than forward alone: an engine may take its rows there and back in pieces, so there
 * is no moment between the two.
 *
 * @throws UserError when the engine is not there, the network does not fit, or a loss is not finite
 */
export async function benchmark(task: BenchTask): Promise<BenchMeasurement> {
  const peak = memoryMark()
  return task.method === 'mlp'
    ? measure(await perceptron(task), task, peak)
    : measure(await network(task, task.method), task, peak)
}

async function measure<Data extends DataHandle>(
  subject: Subject<Data>,
  { batchSize, inputs, repetitions }: BenchTask,
  peak: () => number,
): Promise<BenchMeasurement> {
  const next = random(0, 'benchmark')
  const batch = () => subject.load(freshBatch(batchSize, inputs, next))

  // The run that does not count: it meets unwarmed code, and every page of memory for the first time.
  const first = batch()
  refuseNonFinite(subject.forward(first))
  const forwardBytes = peak()
  refuseNonFinite(subject.both(first))
  const backwardBytes = peak()
  refuseNonFinite(subject.step(first))
  first.dispose()

  /** Time of one call, which never saw its batch before. */
  const timed = async (call: (data: Data) => number): Promise<number> => {
    const data = batch()
    // Lets the process hear that nobody waits any more.
    await setImmediate()
    const begun = performance.now()
    const loss = call(data)
    const milliseconds = performance.now() - begun
    refuseNonFinite(loss)
    data.dispose()
    return milliseconds
  }
  const times = () => new Float64Array(repetitions)
  const [forward, backward, step] = [times(), times(), times()]
  for (let k = 0; k < repetitions; k++) {
    const ahead = await timed(subject.forward)
    forward[k] = ahead
    backward[k] = (await timed(subject.both)) - ahead
    step[k] = await timed(subject.step)
  }
  subject.dispose()
  const { parameters, trainable } = subject
  return { forward, backward, step, forwardBytes, backwardBytes, parameters, trainable }
}

async function network(task: BenchTask, method: KanMethod): Promise<Subject<DataHandle>> {
  const specification = benchNetwork(method, task)
  const engine = await openEngine(engineSchema.parse(task.engine))
  const options = { batch: task.batchSize, moments: null }
  const compiled = await engine.compile(specification, initialize(specification), options)
  const objective: Objective = { loss: 'mse', regularization: task.regularized ? PENALTY : null }
  const { all: parameters, trainable } = benchParameters(specification)
  return {
    ...{ parameters, trainable },
    load: (columns) => compiled.load(columns),
    forward: (data) => sumOf(compiled.pass(data, objective, 'forward')),
    both: (data) => sumOf(compiled.pass(data, objective, 'both')),
    step(data) {
      const optimizer = { type: 'adam', learningRate: () => LEARNING_RATE, clipNorm: null, foreseeable: true } as const
      const rows = { order: null, batchSize: data.rows, offset: 0 }
      const limits = { maxSteps: 1, deadline: Number.POSITIVE_INFINITY }
      return compiled.train(data, { objective, optimizer, ...rows, ...limits }).losses[0] ?? Number.NaN
    },
    dispose: () => compiled.dispose(),
  }
}

async function perceptron({ inputs, hidden, batchSize }: BenchTask) {
  const shape = { inputs, hidden: MLP_WIDENING * hidden, rows: batchSize }
  const mlp = await compileMlp(shape, 0)
  const parameters = mlpParameterCount(shape)
  type Data = ReturnType<typeof mlp.load>
  return {
    ...{ parameters, trainable: parameters },
    load: (columns: Columns) => mlp.load(columns),
    forward: (data: Data) => mlp.forward(data),
    both: (data: Data) => mlp.gradient(data),
    step: (data: Data) => mlp.step(data, LEARNING_RATE),
    dispose: () => mlp.dispose(),
  } satisfies Subject<Data>
}

/** better_kan's data: exp(sin(π·x0) + x1²) of inputs uniform in [−1, 1]. */
function freshBatch(rows: number, inputs: number, next: () => number): Columns {
  const columns = Array.from({ length: inputs }, () => Float32Array.from({ length: rows }, () => 2 * next() - 1))
  const [x0, x1] = columns
  if (x0 === undefined || x1 === undefined) throw new RangeError('the formula has two inputs')
  return { rows, inputs: columns, targets: [x0.map((x, row) => Math.exp(Math.sin(Math.PI * x) + (x1[row] ?? 0) ** 2))] }
}

function sumOf({ loss, regularization }: { readonly loss: number; readonly regularization: number }): number {
  return loss + regularization
}

function refuseNonFinite(loss: number): void {
  if (Number.isFinite(loss)) return
  throw new UserError(`The loss became ${loss}, so its times mean nothing: take a smaller network.`)
}
