/** How fast is one row of the benchmark? Meant for a process of its own, whose peak of memory is then the row's. */
import { setImmediate } from 'node:timers/promises'
import type { BenchShape } from '../../src-shared/benchmark/plan'
import type { BenchMeasurement } from '../../src-shared/benchmark/results'
import { benchParameters, MLP_WIDENING } from '../../src-shared/benchmark/subjects'
import type { BenchTask } from '../../src-shared/benchmark/tasks'
import { engineSchema } from '../../src-shared/contract/job'
import type { Specification } from '../../src-shared/kan/specification'
import { initialize } from '../../src-shared/numerics/initialize'
import { random } from '../../src-shared/numerics/random'
import { UserError } from '../../src-shared/user-error'
import type { Columns, DataHandle, Objective } from './engines/engine'
import { openEngine } from './engines/registry'
import { compileMlp, mlpParameterCount } from './engines/wasm/mlp'
import { otherCoresMark } from './other-cores'
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
  /** Bytes held on a device with memory of its own; null where there is none. */
  deviceBytes(): number | null
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
  const others = otherCoresMark()
  const { subject } = task
  const measured =
    subject.type === 'mlp'
      ? await measure(
          await perceptron(task, subject.shape),
          { ...task, inputs: subject.shape.inputs, outputs: 1 },
          peak,
        )
      : await measure(await network(task, subject.specification), { ...task, ...sidesOf(subject.specification) }, peak)
  return { ...measured, otherCores: others() }
}

function sidesOf({ inputs, outputs }: Specification) {
  return { inputs: inputs.length, outputs: outputs.length }
}

async function measure<Data extends DataHandle>(
  subject: Subject<Data>,
  {
    batchSize,
    inputs,
    outputs,
    repetitions,
    warmUp,
  }: BenchTask & { readonly inputs: number; readonly outputs: number },
  peak: () => number,
): Promise<Omit<BenchMeasurement, 'otherCores'>> {
  const next = random(0, 'benchmark')
  const batch = () => subject.load(freshBatch(batchSize, inputs, outputs, next))

  // The run that does not count: it meets unwarmed code, and every page of memory for the first time.
  const first = batch()
  refuseNonFinite(subject.forward(first))
  const forwardBytes = peak()
  refuseNonFinite(subject.both(first))
  const backwardBytes = peak()
  refuseNonFinite(subject.step(first))
  // An engine plans all its memory before the first step.
  const deviceBytes = subject.deviceBytes()
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
  // The first of them is behind us.
  for (let k = 1; k < warmUp; k++) for (const call of [subject.forward, subject.both, subject.step]) await timed(call)
  for (let k = 0; k < repetitions; k++) {
    const ahead = await timed(subject.forward)
    forward[k] = ahead
    backward[k] = (await timed(subject.both)) - ahead
    step[k] = await timed(subject.step)
  }
  subject.dispose()
  const { parameters, trainable } = subject
  return { forward, backward, step, forwardBytes, backwardBytes, deviceBytes, parameters, trainable }
}

async function network(task: BenchTask, specification: Specification): Promise<Subject<DataHandle>> {
  const engine = await openEngine(engineSchema.parse(task.engine))
  const options = { batch: task.batchSize, moments: null, ...(task.threads === null ? {} : { threads: task.threads }) }
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
    deviceBytes: () => (compiled.capabilities.hasOwnMemory === true ? compiled.memory() : null),
    dispose: () => compiled.dispose(),
  }
}

async function perceptron({ batchSize, threads }: BenchTask, { inputs, hidden }: BenchShape) {
  const shape = { inputs, hidden: MLP_WIDENING * hidden, rows: batchSize }
  const mlp = await compileMlp(shape, 0, threads ?? undefined)
  const parameters = mlpParameterCount(shape)
  type Data = ReturnType<typeof mlp.load>
  return {
    ...{ parameters, trainable: parameters },
    load: (columns: Columns) => mlp.load(columns),
    forward: (data: Data) => mlp.forward(data),
    both: (data: Data) => mlp.gradient(data),
    step: (data: Data) => mlp.step(data, LEARNING_RATE),
    deviceBytes: () => null,
    dispose: () => mlp.dispose(),
  } satisfies Subject<Data>
}

/** better_kan's data: exp(sin(π·x0) + x1²) of inputs uniform in [−1, 1]; without a second input x1 is 0. */
function freshBatch(rows: number, inputs: number, outputs: number, next: () => number): Columns {
  const columns = Array.from({ length: inputs }, () => Float32Array.from({ length: rows }, () => 2 * next() - 1))
  const [x0 = new Float32Array(rows), x1] = columns
  const target = x0.map((x, row) => Math.exp(Math.sin(Math.PI * x) + (x1?.[row] ?? 0) ** 2))
  return { rows, inputs: columns, targets: Array.from({ length: outputs }, () => target) }
}

function sumOf({ loss, regularization }: { readonly loss: number; readonly regularization: number }): number {
  return loss + regularization
}

function refuseNonFinite(loss: number): void {
  if (Number.isFinite(loss)) return
  throw new UserError(`The loss became ${loss}, so its times mean nothing: take a smaller network.`)
}
