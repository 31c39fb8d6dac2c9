/** What the compute process's tests share: a session that remembers its events, small networks and data. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ComputeEvents, RunOptions, RunResult } from '../../src-shared/contract/compute'
import { type DataChoice, dataSchema, trainingSchema } from '../../src-shared/contract/job'
import type { TelemetryFrame } from '../../src-shared/contract/telemetry'
import type { Model } from '../../src-shared/kan/parameters'
import { specificationSchema } from '../../src-shared/kan/specification'
import { initialize } from '../../src-shared/numerics/initialize'
import { Session } from './session'

/** Events of a session or of a compute process, in their order. */
export class Listener implements ComputeEvents {
  readonly frames: TelemetryFrame[] = []
  readonly ends: (RunResult | { readonly diverged: string })[] = []
  readonly checkpoints: { readonly folder: string; readonly step: number; readonly revision: number }[] = []
  readonly lines: string[] = []
  /** Called for every frame: acknowledges it, unless a test wants otherwise. */
  acknowledge: (sequence: number) => void = () => undefined
  private readonly waiting: ((end: RunResult | { readonly diverged: string }) => void)[] = []

  telemetry(frame: TelemetryFrame): void {
    this.frames.push(frame)
    this.acknowledge(frame.sequence)
  }

  ended(result: RunResult | { readonly diverged: string }): void {
    this.ends.push(result)
    for (const resolve of this.waiting.splice(0)) resolve(result)
  }

  checkpoint(saved: { readonly folder: string; readonly step: number; readonly revision: number }): void {
    this.checkpoints.push(saved)
  }

  log(line: string): void {
    this.lines.push(line)
  }

  /** The next end of a training. */
  nextEnd(): Promise<RunResult | { readonly diverged: string }> {
    return new Promise((resolve) => this.waiting.push(resolve))
  }
}

export function newSession(): { session: Session; events: Listener } {
  const events = new Listener()
  const session = new Session(events)
  events.acknowledge = (sequence) => session.acknowledge(sequence)
  return { session, events }
}

/** A fresh network of these widths, splines of order 3 on 5 intervals. */
export function network(widths: readonly number[], inputNames = ['x', 'y'], seed = 0): Model {
  const specification = specificationSchema.parse({
    format: 1,
    name: 'test',
    seed,
    initialization: 'scaled',
    inputs: inputNames.slice(0, widths[0]).map((name) => ({ name })),
    outputs: Array.from({ length: widths.at(-1) ?? 1 }, (_, k) => ({ name: k === 0 ? 'f' : `f${k + 1}` })),
    layers: widths.slice(1).map((nodes) => ({ nodes, basis: { type: 'spline', order: 3, intervals: 5 } })),
  })
  return { specification, parameters: initialize(specification), moments: null }
}

export function hello(samples = 200, validation = 0): DataChoice {
  const split = validation > 0 ? { validation } : undefined
  return dataSchema.parse({ generator: 'hello', samples, ...(split && { split }) })
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'kan-compute-'))
}

type Wishes = Partial<Omit<RunOptions, 'training'>> & {
  readonly learningRate?: number
  readonly batchSize?: number | null
  readonly steps?: number
  readonly seed?: number
  readonly lambda?: number
}

export async function runOptions({ learningRate = 0.01, lambda, ...wishes }: Wishes = {}): Promise<RunOptions> {
  const { steps = 100, batchSize = null, seed = 0 } = wishes
  return {
    training: trainingSchema.parse({
      optimizer: { type: 'adam', learningRate },
      steps,
      batchSize,
      seed,
      regularization: lambda === undefined ? null : { type: 'better_kan', lambda },
    }),
    engine: wishes.engine ?? 'wasm',
    folder: wishes.folder ?? (await temporaryFolder()),
    until: wishes.until ?? steps,
  }
}
