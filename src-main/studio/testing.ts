/** For the studio's tests: a compute process that is none, and a studio in folders of its own. */
import { mkdtemp, realpath } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findPinnedNode } from '../../bin/pinned-node.mjs'
import type {
  ColumnMatch,
  ComputeCalls,
  ComputeEvents,
  Prediction,
  PredictOptions,
  Snapshot,
} from '../../src-shared/contract/compute'
import type { DataSummary, TablePreview } from '../../src-shared/contract/data'
import type { DataChoice } from '../../src-shared/contract/job'
import type { TelemetryFrame } from '../../src-shared/contract/telemetry'
import { apply } from '../../src-shared/kan/edits/apply'
import type { Edit } from '../../src-shared/kan/edits/edit'
import type { Model } from '../../src-shared/kan/parameters'
import type { Specification } from '../../src-shared/kan/specification'
import { UserError } from '../../src-shared/user-error'
import { type ComputeProcess, type Exit, startCompute } from './compute'
import type { StartCompute } from './session'
import { createStudio, type StudioOptions } from './studio'

/** A process with a model in it that edits as the real one does, and "trains" by adding 1 to every bias. */
export class FakeCompute {
  model: Model | null = null
  step = 0
  revision = 0
  loss = 0.5
  data: DataChoice | null = null
  /** Of whatever file is loaded. */
  fingerprint = { size: 10, rows: 100, hash: 'abc' }
  readonly calls: string[] = []
  readonly acknowledged: number[] = []
  readonly events: ComputeEvents
  readonly #exit: (exit: Exit) => void
  readonly process: ComputeProcess
  /** The engine that frames tell of. */
  engine: string | null = null
  #until = 0
  #folder = ''

  constructor(events: ComputeEvents) {
    this.events = events
    let exit: (exit: Exit) => void = () => {}
    const exited = new Promise<Exit>((resolve) => {
      exit = resolve
    })
    this.#exit = exit
    const calls = new Proxy(this as unknown as Record<string, (...args: never[]) => unknown>, {
      get:
        (fake, name: string) =>
        async (...args: never[]) => {
          this.calls.push(name)
          // As over a pipe: nothing is shared, and the answer comes later.
          const answer = await fake[`on${name[0]?.toUpperCase()}${name.slice(1)}`]?.apply(this, structuredClone(args))
          return structuredClone(answer)
        },
    }) as unknown as ComputeProcess['calls']
    this.process = {
      calls,
      pid: 1,
      exited,
      stop: async () => {
        exit({ code: 0, signal: null })
        return exited
      },
    }
  }

  kill(): void {
    this.#exit({ code: null, signal: 'SIGKILL' })
  }

  /** Does some steps of the training that was started. */
  train(steps: number): void {
    this.step += steps
    if (this.model) {
      const parameters = this.model.parameters.map((layer) => ({
        ...layer,
        bias: layer.bias?.map((value) => value + steps) ?? null,
      }))
      const { specification } = this.model
      const { history } = specification
      this.model = {
        ...this.model,
        specification: history ? { ...specification, history: { ...history, step: this.step } } : specification,
        parameters,
      }
    }
    this.events.telemetry(this.frame())
  }

  frame(over: Partial<TelemetryFrame> = {}): TelemetryFrame {
    return {
      sequence: 1,
      revision: this.revision,
      state: { type: 'running' },
      step: this.step,
      steps: this.#until,
      stepsPerSecond: 100,
      seconds: 1,
      best: null,
      points: Float64Array.of(this.step, 0.5, 0.5, 0.6, 0, 1),
      importance: null,
      parameters: null,
      patches: null,
      engine: this.engine === null ? null : { name: this.engine, device: '', threads: 1, why: null },
      memory: 0,
      ...over,
    }
  }

  onOpen(model: Model, step: number): Snapshot {
    this.model = model
    this.step = step
    return this.onSnapshot()
  }

  onSnapshot(): Snapshot {
    if (!this.model) throw new Error('no model')
    return { model: this.model, revision: this.revision, step: this.step }
  }

  onEdit(edit: Edit) {
    const { model, inverse } = apply(this.onSnapshot().model, edit)
    this.step = model.specification.history?.step ?? this.step
    this.model = model
    this.revision++
    return { ...this.onSnapshot(), inverse, cost: null }
  }

  onInputsOf(data: DataChoice) {
    return 'file' in data ? { inputs: data.inputs, targets: data.targets } : { inputs: ['x', 'y'], targets: ['f'] }
  }

  onLoadData(data: DataChoice): DataSummary {
    if ('file' in data && data.file.includes('broken'))
      throw new UserError('broken.csv: line 2, column y is no number.')
    this.data = data
    const names = 'file' in data ? data : { inputs: ['x', 'y'], targets: ['f'] }
    const column = (name: string) =>
      ({
        name,
        type: 'number',
        unit: null,
        missing: 0,
        bad: 0,
        distinct: 9,
        min: 0,
        max: 1,
        mean: 0.5,
        sum: 5,
        histogram: [],
        values: [],
        suspects: [],
      }) as const
    return {
      name: 'file' in data ? data.file : data.generator,
      fingerprint: 'file' in data ? this.fingerprint : null,
      rows: { train: 80, validation: 20, test: 0 },
      inputs: names.inputs.map(column),
      targets: names.targets.map(column),
      notes: [],
    }
  }

  onStart({ until, folder }: Parameters<ComputeCalls['start']>[0]): void {
    this.#until = until
    this.#folder = folder
    const { model } = this.onSnapshot()
    const history = { step: this.step, run: folder }
    this.model = { ...model, specification: { ...model.specification, history } }
  }

  onStep(options: Parameters<ComputeCalls['start']>[0], count: number): void {
    this.onStart(options)
    this.train(count)
  }

  onPause(): Snapshot {
    this.events.checkpoint({ folder: this.#folder, step: this.step, revision: this.revision })
    return this.onSnapshot()
  }

  onEvaluate() {
    return { train: { loss: this.loss, rmse: 1 }, validation: null, test: null }
  }

  /** Adds a row's number to the first bias. */
  onPredict({ model, keep }: PredictOptions): Prediction {
    const bias = model.parameters[0]?.bias?.[0] ?? 0
    return {
      header: [...(keep === 'all' ? ['x', 'y'] : keep), 'f'],
      kept: (keep === 'all' ? ['x', 'y'] : keep).map((name) => [`${name}1`, `${name}2`]),
      outputs: [Float64Array.of(bias + 1, Number.NaN)],
      labels: null,
      problems: ["new.csv, column 'x', line 3: the cell is empty"],
      outside: [{ column: 'x', count: 1 }],
      unseen: [],
      filled: [],
      comparisons: [],
      classified: null,
      notes: [],
      dialect: { delimiter: ',', decimal: '.', mark: false },
    }
  }

  onMatchColumns(specification: Specification): readonly ColumnMatch[] {
    return specification.inputs.map(({ name }) => ({ column: name, found: name, near: null }))
  }

  onPreviewTable(): TablePreview {
    const read = {
      format: 'text',
      delimiter: ',',
      quote: '"',
      decimal: '.',
      thousands: '',
      encoding: 'utf-8',
      header: true,
      skipLines: 0,
      comment: '',
      units: false,
      missing: [],
      sheet: null,
      sheets: [],
      dates: null,
    } as const
    return { read, names: ['x', 'y'], units: [null, null], head: [['x1', 'y1']] }
  }

  onEngines() {
    return []
  }

  onAcknowledge(sequence: number): void {
    this.acknowledged.push(sequence)
  }
}

/** The real compute process, as `npm run build:node` leaves it. */
export const startBuiltCompute: StartCompute = (events) => {
  const node = findPinnedNode(import.meta.url)
  if ('reason' in node) throw new UserError(node.reason)
  const script = resolve(import.meta.dirname, '../../out/node/compute.js')
  return startCompute({ nodePath: node.path, script, events })
}

export async function temporaryFolder(): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), 'kan-studio-')))
}

/** A studio whose compute processes are fakes, the newest last. */
export async function fakeStudio(options: Partial<StudioOptions> = {}) {
  const processes: FakeCompute[] = []
  const root = await temporaryFolder()
  const folder = options.folder ?? join(root, 'studio')
  const studio = await createStudio({
    version: '0.0.0',
    folder,
    stateFolder: join(root, 'state'),
    dialogs: null,
    startCompute(events) {
      const fake = new FakeCompute(events)
      processes.push(fake)
      return fake.process
    },
    ...options,
  })
  const compute = () => {
    const newest = processes.at(-1)
    if (!newest) throw new Error('no process was started')
    return newest
  }
  return { studio, processes, compute, folder, stateFolder: options.stateFolder ?? join(root, 'state') }
}
