/** What pruning would cost, as the studio and its compute process tell it. */
import type { SplitName } from './results'

export interface PruneLossRequest {
  /** The edges that would go, output · I + input, a list a layer. */
  readonly layers: readonly Uint32Array[]
  /** Of how many rows: few, to follow a slider, or many, to decide by; those of one split then. */
  readonly rows: 'few' | 'many'
  /**
   * What questions of one search have in common: they are all of the network as it was at the first of them, so that they can
   * be compared while it trains on. Null asks of the network as it is now.
   */
  readonly search: string | null
}

export interface SplitLoss {
  readonly name: SplitName
  /** How many rows the losses are of, and how many there are. */
  readonly rows: number
  readonly of: number
  /** The data loss, without regularisation, as the network is now and with the edges pruned. */
  readonly before: number
  readonly after: number
}

export interface PruneLoss {
  readonly revision: number
  /** Training and validation rows; of many, the validation rows alone where there are any. */
  readonly splits: readonly SplitLoss[]
  /** What it cost training. */
  readonly milliseconds: number
}

/** What decides: the rows that the network was not trained on, where there are any. */
export function decisive({ splits }: PruneLoss): SplitLoss | null {
  return splits.find(({ name }) => name === 'validation') ?? splits[0] ?? null
}

/** By which part the loss rises; 0 where it falls. */
export function riseOf({ before, after }: SplitLoss): number {
  if (after <= before) return 0
  return before > 0 ? after / before - 1 : Number.POSITIVE_INFINITY
}
