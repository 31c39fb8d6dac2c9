/** What is the learning rate of a step? A function of the step and of the losses before it, never of the clock. */
import type { Schedule } from '../contract/job'

type PlateauSchedule = Extract<Schedule, { type: 'plateau' }>

/** What a plateau schedule remembers of the steps so far. */
export interface Plateau {
  /** The least that was minimised; null before the first step. */
  readonly best: number | null
  /** Steps since then. */
  readonly waited: number
  /** Product of the factors so far. */
  readonly scale: number
}

/** A loss counts as lower where it is by this part of itself, as in PyTorch. */
const THRESHOLD = 1e-4

/**
 * The rate of a step, from the learning rate that a person chose.
 *
 * `cosine` is PyTorch's `CosineAnnealingLR` over all steps of the run, `step` its `StepLR`, `plateau` its `ReduceLROnPlateau` with
 * a look at the loss after every step.
 *
 * @param step  of the run, from 0
 * @param steps of the whole run
 * @param plateau after the losses of the steps before; null before the first
 */
export function rateAt(
  schedule: Schedule | null,
  learningRate: number,
  step: number,
  steps: number,
  plateau: Plateau | null,
): number {
  switch (schedule?.type) {
    case undefined:
      return learningRate
    case 'cosine': {
      const done = Math.min(1, step / steps)
      return schedule.final + ((learningRate - schedule.final) * (1 + Math.cos(Math.PI * done))) / 2
    }
    case 'step':
      return learningRate * schedule.factor ** Math.floor(step / schedule.every)
    case 'plateau':
      return Math.min(learningRate, Math.max(schedule.minimum, learningRate * (plateau?.scale ?? 1)))
  }
}

/** What is remembered once a step's loss is known: after more than `patience` steps that were no better, the rate falls. */
export function afterLoss({ patience, factor }: PlateauSchedule, plateau: Plateau | null, loss: number): Plateau {
  const { best, waited, scale } = plateau ?? { best: null, waited: 0, scale: 1 }
  if (best === null || loss < best * (1 - THRESHOLD)) return { best: loss, waited: 0, scale }
  return waited < patience ? { best, waited: waited + 1, scale } : { best, waited: 0, scale: scale * factor }
}
