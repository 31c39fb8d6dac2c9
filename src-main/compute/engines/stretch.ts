/** A stretch of training walked one step after the other, as every engine does that computes a step at a time. */
import type { Adam, Lbfgs, NonFinite, Rows, Stretch, StretchResult } from './engine'

/** What one step did: its losses before the update, or where it was not finite and nothing was updated. */
export type StepOutcome = { readonly loss: number; readonly regularization: number } | { readonly nonFinite: NonFinite }

/**
 * @param rows of the whole table
 * @param step does one step; `rateAt` is asked once, with what is minimised, before the update
 */
export function walkStretch(
  stretch: Stretch<Adam | Lbfgs>,
  rows: number,
  step: (rows: Rows, rateAt: (loss: number) => number) => StepOutcome,
): StretchResult {
  const { optimizer, order, batchSize, offset, maxSteps, deadline } = stretch
  const losses: number[] = []
  const regularizations: number[] = []
  let nonFinite: NonFinite | null = null
  let from = offset
  while (losses.length < maxSteps) {
    if (order !== null && from >= order.length) break
    const count = order === null ? rows : Math.min(batchSize, order.length - from)
    const rateAt = (loss: number) => optimizer.learningRate(losses.length, loss)
    const outcome = step({ order, from: order === null ? 0 : from, count }, rateAt)
    if ('nonFinite' in outcome) {
      nonFinite = outcome.nonFinite
      break
    }
    losses.push(outcome.loss + outcome.regularization)
    regularizations.push(outcome.regularization)
    from += count
    if (performance.now() >= deadline) break
  }
  return {
    steps: losses.length,
    losses: Float64Array.from(losses),
    regularizations: Float64Array.from(regularizations),
    nonFinite,
  }
}
