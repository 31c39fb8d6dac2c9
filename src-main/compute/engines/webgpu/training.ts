/** How is a stretch of training sent to the card: many steps at once where their learning rates are known, else one by one. */
import { adamRate } from '../../../../src-shared/numerics/adam'
import type { Stretch } from '../engine'
import type { Card, Step, Table } from './card'
import { MOST_STEPS } from './layout'

/** Milliseconds that the steps of a block take at most, so that a pause waits no longer. */
const BLOCK = 8

/** What became of the steps so far. */
export interface Progress {
  readonly losses: number[]
  readonly regularizations: number[]
  /** Rows of the step that was not finite. */
  stopped: { readonly from: number; readonly count: number } | null
}

/**
 * @param done     steps that Adam did before
 * @param minimize has the card compute the losses and all gradients of the rows that are prepared, up to so many
 */
export function trainStretch(
  card: Card,
  table: Table,
  stretch: Stretch,
  done: number,
  minimize: (rows: number, turns: number, update: boolean) => void,
  blocks: boolean,
): Progress {
  const { objective, optimizer, order, batchSize, offset, maxSteps, deadline } = stretch
  const progress: Progress = { losses: [], regularizations: [], stopped: null }
  const clips = optimizer.clipNorm !== null
  let from = offset
  let wanted = 1
  const rowsFrom = (at: number) =>
    order === null ? { from: 0, count: table.rows } : { from: at, count: Math.min(batchSize, order.length - at) }
  const hasRows = (at: number) => order === null || at < order.length
  while (progress.losses.length < maxSteps && hasRows(from)) {
    const begin = performance.now()
    const steps: Step[] = []
    const ahead = blocks && optimizer.foreseeable === true
    const most = ahead ? Math.min(wanted, maxSteps - progress.losses.length) : 1
    for (let at = from; steps.length < most && hasRows(at); ) {
      const rows = rowsFrom(at)
      const step = progress.losses.length + steps.length
      const rate = ahead ? optimizer.learningRate(step, Number.NaN) : 0
      steps.push({ ...rows, rate: adamRate(rate, done + step + 1) })
      at += rows.count
    }
    const block = steps.map((step) => ({ ...step, from: step.from - (order === null ? 0 : from) }))
    const size = steps.reduce((sum, { count }) => sum + count, 0)
    const listed = order?.subarray(from, from + size) ?? null
    card.prepare(table, block, listed, objective, optimizer.clipNorm)
    const most_ = Math.max(...steps.map(({ count }) => count))
    if (ahead) {
      minimize(most_, steps.length, true)
    } else {
      minimize(most_, 1, false)
      const [loss = Number.NaN, penalty = Number.NaN] = card.read('control', 2, 2)
      if (Number.isFinite(loss + penalty)) {
        const rate = adamRate(
          optimizer.learningRate(progress.losses.length, loss + penalty),
          done + progress.losses.length + 1,
        )
        card.writeRate(rate)
      }
      card.run(card.passes.update(clips))
    }
    const control = card.read('control', 0, card.layout.control)
    const did = control[0] as number
    const results = card.layout.results.norms
    for (let k = 0; k < did; k++) {
      const [loss = 0, penalty = 0] = control.subarray(results + 2 * k, results + 2 * k + 2)
      progress.losses.push(loss + penalty)
      progress.regularizations.push(penalty)
      from += (steps[k] as Step).count
    }
    if (did < steps.length) {
      progress.stopped = steps[did] as Step
      break
    }
    const now = performance.now()
    if (now >= deadline) break
    const each = (now - begin) / steps.length
    wanted = Math.max(1, Math.min(MOST_STEPS, 2 * wanted, Math.floor(Math.min(BLOCK, deadline - now) / each)))
  }
  return progress
}
