/** What would pruning cost? Asked while a slider moves and while the network trains, of a copy that nothing else touches. */
import type { Loss } from '../../../src-shared/contract/job'
import type { PruneLoss, PruneLossRequest } from '../../../src-shared/contract/pruning'
import type { SplitName } from '../../../src-shared/contract/results'
import { parameterCount } from '../../../src-shared/kan/parameters'
import type { LoadedData } from '../data/load'
import type { DataHandle, Network } from '../engines/engine'
import { openEngine } from '../engines/registry'
import type { Compiled, Live, LiveHost } from '../live'
import { sampleSplits } from '../results/sample'
import type { Clock } from '../training/clock'
import { prunedModel, withBiases } from './pruned-model'

/** A copy that nobody asked about for so long is given up, in milliseconds. */
const KEPT = 10_000
/** Rows in one batch of the copy at most. */
const BATCH = 1000
/** Rows to decide by: at most so many, and so many times the short work. */
const MANY = { most: 20_000, work: 8 }

/** What a forecast needs of the session. */
export interface ForecastHost extends LiveHost {
  readonly clock: Clock
  readonly loss: () => Loss
}

/** Sampled rows of a split in the copy's memory. */
interface Held {
  readonly name: SplitName
  readonly rows: number
  readonly of: number
  readonly handle: DataHandle
}

/** Numbers that are asked about: those of a step, which a search keeps while the network trains on. */
interface Subject {
  readonly step: number
  readonly model: ReturnType<typeof withBiases>
  /** What it loses on rows that it was asked about. */
  readonly before: Map<Held, number>
  /** Of each edge's phi over some training rows; null before they are asked for. */
  means: readonly Float32Array[] | null
}

interface Copy {
  readonly live: Live
  readonly revision: number
  readonly data: LoadedData
  readonly loss: Loss
  readonly network: Network
  readonly few: readonly Held[]
  /** Loaded when first asked for. */
  many: readonly Held[] | null
  /** The network as it was when it was last asked about. */
  now: Subject
  /** As it was when a search began. */
  search: { readonly name: string; readonly subject: Subject } | null
}

export class Forecast {
  private copy: Copy | null = null
  private forget: () => void = () => {}

  constructor(private readonly host: ForecastHost) {}

  lossOf(request: PruneLossRequest): Promise<PruneLoss> {
    const { turn, clock, live } = this.host
    return turn(async () => {
      const compiled = await this.host.compile()
      const begin = clock.now()
      const copy = await this.follow(compiled)
      const splits = this.measure(copy, request)
      this.forget()
      this.forget = clock.after(KEPT, () => void turn(() => this.release()))
      return { revision: live().revision, splits, milliseconds: clock.now() - begin }
    })
  }

  /** Frees the copy. */
  release(): void {
    this.forget()
    this.copy?.network.dispose()
    this.copy = null
  }

  private measure(copy: Copy, { layers, rows, search }: PruneLossRequest): PruneLoss['splits'] {
    const { network, loss } = copy
    const subject = search === null ? copy.now : subjectOf(copy, search)
    const { model, before } = subject
    if (rows === 'many') copy.many ??= decisiveRows(copy)
    const held = rows === 'many' ? (copy.many ?? []) : copy.few
    if (subject.means === null || !held.every((split) => before.has(split))) {
      network.applyMasks(model.specification)
      network.writeParameters(model.parameters, null)
      subject.means ??= meansOf(copy)
      for (const split of held) if (!before.has(split)) before.set(split, network.loss(split.handle, loss))
    }
    const pruned = prunedModel(model, layers, subject.means)
    network.applyMasks(pruned.specification)
    network.writeParameters(pruned.parameters, null)
    return held.map((split) => ({
      ...{ name: split.name, rows: split.rows, of: split.of, before: before.get(split) ?? Number.NaN },
      after: network.loss(split.handle, loss),
    }))
  }

  /** A copy that knows what the network is by now. */
  private async follow({ engine: name, data }: Compiled): Promise<Copy> {
    const live = this.host.live()
    const { revision, step } = live
    const loss = this.host.loss()
    const { copy } = this
    if (copy?.live === live && copy.revision === revision && copy.data === data && copy.loss === loss) {
      if (copy.now.step !== step) copy.now = newSubject(live)
      return copy
    }
    this.release()
    const engine = await openEngine(name)
    const now = newSubject(live)
    const { specification, parameters } = now.model
    const network = await engine.compile(specification, parameters, { batch: BATCH, moments: null, threads: 1 })
    try {
      const names = (['train', 'validation'] as const).filter((name) => data.rows[name] > 0)
      const few = heldRows(network, data, sampleSplits(data, parameterCount(specification), { names }))
      this.copy = { live, revision, data, loss, network, few, many: null, now, search: null }
      return this.copy
    } catch (error) {
      network.dispose()
      throw error
    }
  }
}

function newSubject(live: Live): Subject {
  return { step: live.step, model: withBiases(live.model()), before: new Map(), means: null }
}

/** What a search asks about. An edit that came between begins it anew, of the network as it is by then. */
function subjectOf(copy: Copy, name: string): Subject {
  if (copy.search?.name !== name) copy.search = { name, subject: copy.now }
  return copy.search.subject
}

function meansOf({ network, few }: Copy): readonly Float32Array[] {
  const train = few.find(({ name }) => name === 'train')
  return train === undefined ? [] : network.edgeStatistics(train.handle).map(({ means }) => means)
}

function decisiveRows({ network, data, live }: Copy): readonly Held[] {
  const name = data.rows.validation > 0 ? 'validation' : 'train'
  return heldRows(network, data, sampleSplits(data, parameterCount(live.specification), { names: [name], ...MANY }))
}

function heldRows(network: Network, data: LoadedData, splits: ReturnType<typeof sampleSplits>): readonly Held[] {
  return splits.map(({ name, rows, sampled }) => {
    const handle = network.load(data.coded(sampled))
    return { name, rows: sampled.length, of: rows, handle }
  })
}
