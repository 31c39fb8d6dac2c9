/** What was done, in words, with what it did to the loss. */
import type { SplitLoss } from '../../src-shared/contract/pruning'
import { formatValue } from '../ui/format'

/** `Tie 3 edges: validation 3.10e−3 → 0.120`; what was done alone where its cost is not known. */
export function doneWords(done: string, cost: SplitLoss | null): string {
  if (cost === null) return done
  const [before, after] = [cost.before, cost.after].map(formatValue)
  const name = cost.name === 'validation' ? 'validation' : 'loss'
  return `${done}: ${name} ${before === after ? `stays ${after}` : `${before} → ${after}`}`
}
