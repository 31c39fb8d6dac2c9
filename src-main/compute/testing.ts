/** What the compute process's tests share: a session that remembers its events, small networks, data and run folders. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { ComputeEvents, RunOptions, RunResult } from '../../src-shared/contract/compute'
import {
  type DataChoice,
  dataSchema,
  type Loss,
  type Schedule,
  type TrainingSettings,
  trainingSchema,
} from '../../src-shared/contract/job'
import type { Divergence, TelemetryFrame } from '../../src-shared/contract/telemetry'
import { newModel } from '../../src-shared/kan/file/file'
import type { Model } from '../../src-shared/kan/parameters'
import { specificationSchema } from '../../src-shared/kan/specification'
import { readModel } from '../files/model'
import { RUN_FILES } from '../files/run'
import { Session } from './session'
import type { Clock } from './training/clock'

type End = RunResult | { readonly diverged: Divergence }
type Checkpoint = Parameters<ComputeEvents['checkpoint']>[0]

/** Events of a session or of a compute process, in their order. */
export class Listener implements ComputeEvents {
  readonly frames: TelemetryFrame[] = []
  readonly ends: End[] = []
  readonly checkpoints: Checkpoint[] = []
  readonly lines: string[] = []
  readonly shares: number[] = []
  /** Called for every frame: acknowledges it, unless a test wants otherwise. */
  acknowledge: (sequence: number) => void = () => undefined
  private readonly waiting = new Set<() => void>()

  telemetry(frame: TelemetryFrame): void {
    this.frames.push(frame)
    this.acknowledge(frame.sequence)
    this.tell()
  }

  ended(result: End): void {
    this.ends.push(result)
    this.tell()
  }

  checkpoint(saved: Checkpoint): void {
    this.checkpoints.push(saved)
    this.tell()
  }

  log(line: string): void {
    this.lines.push(line)
    this.tell()
  }

  reading(share: number): void {
    this.shares.push(share)
    this.tell()
  }

  /** Waits for what one of the events brings. */
  async until<T>(look: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = look()
      if (found !== undefined && found !== false) return found
      await new Promise<void>((resolve) => this.waiting.add(resolve))
    }
  }

  private tell(): void {
    const waiting = [...this.waiting]
    this.waiting.clear()
    for (const resolve of waiting) resolve()
  }
}

/** Closed when the test has finished. */
export function newSession(clock?: Clock): { session: Session; events: Listener } {
  const events = new Listener()
  const session = new Session(events, clock)
  onTestFinished(() => session.close())
  events.acknowledge = (sequence) => session.acknowledge(sequence)
  return { session, events }
}

/** A session with a fresh [2,3,1] network on 200 rows of hello, unless a test wants others. */
export async function opened({ model = network([2, 3, 1]), data = hello(), clock }: Opening = {}) {
  const { session, events } = newSession(clock)
  await session.open(model, 0, null)
  await session.loadData(data)
  return {
    session,
    events,
    /** Trains to the end, whatever that is. */
    async train(options: RunOptions): Promise<End> {
      const count = events.ends.length
      await session.start(options)
      return events.until(() => events.ends[count])
    },
  }
}

interface Opening {
  readonly model?: Model
  readonly data?: DataChoice
  readonly clock?: Clock
}

/** A session of another process that goes on with a run's folder. */
export async function resumed(folder: string, data: DataChoice) {
  const { session, events } = newSession()
  const model = await readModel(join(folder, RUN_FILES.checkpoint))
  const step = model.specification.history?.step ?? 0
  await session.open(model, step, folder)
  await session.loadData(data)
  return { session, events, step }
}

/** A fresh network of these widths, splines of order 3 on 5 intervals. */
export function network(widths: readonly number[], seed = 0): Model {
  const names = (count: number, letters: string) =>
    Array.from({ length: count }, (_, k) => ({ name: `${letters}${k}` }))
  const specification = specificationSchema.parse({
    format: 1,
    name: 'test',
    seed,
    initialization: 'scaled',
    inputs: names(widths[0] ?? 1, 'x'),
    outputs: names(widths.at(-1) ?? 1, 'y'),
    layers: widths.slice(1).map((nodes) => ({ nodes, basis: { type: 'spline', order: 3, intervals: 5 } })),
  })
  return newModel(specification, 'test')
}

export function hello(samples = 200, split: { readonly validation?: number; readonly test?: number } = {}): DataChoice {
  return dataSchema.parse({ generator: 'hello', samples, split })
}

/** A table in a folder of its own; gives its path. */
export async function table(header: string, rows: readonly (readonly (number | string)[])[]): Promise<string> {
  const path = join(await temporaryFolder(), 'table.csv')
  await writeFile(path, `${[header, ...rows.map((row) => row.join(','))].join('\n')}\n`)
  return path
}

/** Gone when the test has finished. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kan-compute-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

export type Wishes = Partial<Omit<RunOptions, 'training'>> & {
  readonly learningRate?: number
  readonly optimizer?: TrainingSettings['optimizer']
  readonly batchSize?: number | null
  readonly steps?: number
  readonly lambda?: number
  readonly loss?: Loss
  readonly schedule?: Schedule | null
  readonly clipNorm?: number | null
  readonly gridUpdates?: TrainingSettings['gridUpdates']
}

export async function runOptions({ learningRate = 0.01, lambda, ...wishes }: Wishes = {}): Promise<RunOptions> {
  const { steps = 100, batchSize = null, loss, schedule, clipNorm, gridUpdates } = wishes
  return {
    training: trainingSchema.parse({
      optimizer: wishes.optimizer ?? { type: 'adam', learningRate },
      steps,
      ...{ batchSize, loss, schedule, clipNorm, gridUpdates },
      regularization: lambda === undefined ? null : { type: 'better_kan', lambda },
    }),
    engine: wishes.engine ?? 'wasm',
    folder: wishes.folder ?? (await temporaryFolder()),
    until: wishes.until ?? steps,
  }
}

/** The rows of a run's metrics by the names of their columns; null where a cell is empty. Fails at half a row. */
export async function metricsOf(folder: string): Promise<Readonly<Record<string, number | null>>[]> {
  const text = await readFile(join(folder, RUN_FILES.metrics), 'utf8')
  const [header = '', ...rows] = text.split('\n')
  if (rows.pop() !== '') throw new Error('the last row is not whole')
  const names = header.split(',')
  return rows.map((row) => {
    const cells = row.split(',')
    if (cells.length !== names.length) throw new Error(`not a whole row: ${row}`)
    return Object.fromEntries(names.map((name, k) => [name, cells[k] === '' ? null : Number(cells[k])]))
  })
}

/** The same without the column that a clock writes. */
export async function lossesOf(folder: string): Promise<object[]> {
  return (await metricsOf(folder)).map(({ seconds: _, ...losses }) => losses)
}
