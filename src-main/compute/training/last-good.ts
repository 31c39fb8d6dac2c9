/** The last state of a network that could be trained on: what a training that diverged goes back to. */
import type { Model } from '../../../src-shared/kan/parameters'
import type { Live } from '../live'
import type { Clock } from './clock'
import { hasFiniteMoments, hasFiniteParameters } from './finite'

/** A copy is taken this often, and less often where taking it costs more than 2 % of the time. */
const COPY_INTERVAL = 250
const COPY_COST = 50

interface Copy {
  readonly model: Model
  readonly step: number
}

/** Calls within a turn. */
export class LastGood {
  /** Training went on from here, so its loss was finite; or it is the beginning. */
  private good: Copy
  /** Finite numbers, but what their loss is only the next step tells. */
  private newest: Copy
  private dueAt = Number.NEGATIVE_INFINITY

  constructor(
    private readonly live: Live,
    private readonly clock: Clock,
  ) {
    this.good = this.newest = copyOf(live)
  }

  /** Between two slices of training: takes a copy if it is time for one. */
  keep(): void {
    const begin = this.clock.now()
    if (begin < this.dueAt) return
    const copy = copyOf(this.live)
    if (copy.step > this.newest.step) this.good = this.newest
    if (hasFiniteParameters(copy.model)) this.newest = copy
    const end = this.clock.now()
    this.dueAt = end + Math.max(COPY_INTERVAL, (end - begin) * COPY_COST)
  }

  /** The model was edited: a copy from before does not fit it any more. */
  replace(): void {
    this.good = this.newest = copyOf(this.live)
  }

  /** Puts the newest good copy back. */
  restore(): void {
    const { model, step } = this.live.step > this.newest.step ? this.newest : this.good
    // Moments that overflowed would spoil the next step whatever its rate: they begin anew.
    const moments = hasFiniteMoments(model) ? model.moments : null
    this.live.rewind(model.parameters, moments, step, model.specification.history?.plateau ?? null)
  }
}

function copyOf(live: Live): Copy {
  return { model: live.model(), step: live.step }
}
