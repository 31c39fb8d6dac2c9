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

/** Sampled rows of a split in the copy's memory, and what the network loses on them. */
interface Held {
  readonly name: SplitName
  readonly rows: number
  readonly of: number
  readonly handle: DataHandle
  before: number | null
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
  /** Whose numbers it has. */
  step: number
  /** Of each edge's phi over some training rows; null where they are of another step. */
  means: readonly Float32Array[] | null
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

  private measure(copy: Copy, { layers, rows }: PruneLossRequest): PruneLoss['splits'] {
    const { network, loss } = copy
    const model = withBiases(this.host.live().model())
    if (rows === 'many') copy.many ??= decisiveRows(copy)
    const held = rows === 'many' ? (copy.many ?? []) : copy.few
    if (copy.means === null || held.some(({ before }) => before === null)) {
      network.applyMasks(model.specification)
      network.writeParameters(model.parameters, null)
      copy.means ??= meansOf(copy)
      for (const split of held) split.before ??= network.loss(split.handle, loss)
    }
    const pruned = prunedModel(model, layers, copy.means)
    network.applyMasks(pruned.specification)
    network.writeParameters(pruned.parameters, null)
    return held.map(({ name, rows, of, handle, before }) => ({
      ...{ name, rows, of, before: before ?? Number.NaN },
      after: network.loss(handle, loss),
    }))
  }

  /** A copy that knows what the network is by now. */
  private async follow({ choice, data }: Compiled): Promise<Copy> {
    const live = this.host.live()
    const { revision, step } = live
    const loss = this.host.loss()
    const { copy } = this
    if (copy?.live === live && copy.revision === revision && copy.data === data && copy.loss === loss) {
      if (copy.step === step) return copy
      for (const held of [...copy.few, ...(copy.many ?? [])]) held.before = null
      copy.means = null
      copy.step = step
      return copy
    }
    this.release()
    const engine = await openEngine(choice)
    const { specification, parameters } = withBiases(live.model())
    const network = await engine.compile(specification, parameters, { batch: BATCH, moments: null, threads: 1 })
    try {
      const names = (['train', 'validation'] as const).filter((name) => data.rows[name] > 0)
      const few = heldRows(network, data, sampleSplits(data, parameterCount(specification), { names }))
      this.copy = { live, revision, data, loss, network, few, many: null, step, means: null }
      return this.copy
    } catch (error) {
      network.dispose()
      throw error
    }
  }
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
    return { name, rows: sampled.length, of: rows, handle, before: null }
  })
}
