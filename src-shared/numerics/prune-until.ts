/** How much can be pruned, the weakest first, until the loss rises by more than a part of it? */
import { decisive, type PruneLoss, riseOf, type SplitLoss } from '../contract/pruning'
import type { Specification } from '../kan/specification'
import { choosePruning, type Pruning, type PruningRule, thresholdsOf } from './pruning'

export interface PruneSearch {
  readonly specification: Specification
  /** By one convention, [O, I] a layer. */
  readonly scores: readonly ArrayLike<number>[]
  readonly rule: Omit<PruningRule, 'threshold'>
  /** By which part the loss may rise: 0.05 is 5 %. */
  readonly limit: number
  readonly lossOf: (layers: Pruning['layers']) => Promise<PruneLoss>
  /** Hears which part of the search is done. */
  readonly onProgress?: (part: number) => void
  /** Ends the search: it throws the signal's reason. */
  readonly signal?: AbortSignal
}

export interface Pruned {
  readonly threshold: number
  readonly pruning: Pruning
  readonly loss: SplitLoss
}

/**
 * Halves the range of thresholds again and again. The loss need not rise with every edge: what is found keeps to the limit, and
 * more was tried that does not.
 *
 * @returns null where even the weakest costs more
 */
export async function pruneUntil(search: PruneSearch): Promise<Pruned | null> {
  const { specification, scores, rule, limit, lossOf, onProgress, signal } = search
  const thresholds = thresholdsOf(specification, scores)
  const rounds = Math.max(1, Math.ceil(Math.log2(thresholds.length + 1)))
  let best: Pruned | null = null
  let [low, high] = [-1, thresholds.length]
  for (let round = 0; high - low > 1; round++) {
    signal?.throwIfAborted()
    onProgress?.(round / rounds)
    const middle = Math.floor((low + high) / 2)
    const threshold = thresholds[middle] as number
    const pruning = choosePruning(specification, scores, { ...rule, threshold })
    const loss = pruning.edges === 0 ? null : decisive(await lossOf(pruning.layers))
    if (loss !== null && !(riseOf(loss) <= limit)) high = middle
    else {
      low = middle
      if (loss !== null) best = { threshold, pruning, loss }
    }
  }
  signal?.throwIfAborted()
  onProgress?.(1)
  return best
}
