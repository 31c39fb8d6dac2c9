/** Which numbers did the validation rows like best? Kept while a network trains, so that one can go back to them. */
import type { Loss } from '../../../src-shared/contract/job'
import type { BestStep } from '../../../src-shared/contract/telemetry'
import type { Edit } from '../../../src-shared/kan/edits/edit'
import type { LayerParameters, Model, Moments } from '../../../src-shared/kan/parameters'
import { UserError } from '../../../src-shared/user-error'
import type { Network } from '../engines/engine'
import type { Clock } from './clock'

/** Copies take no more than 2 % of the time: those of a small network are taken at every evaluation that is better. */
const COPY_COST = 50

interface Kept extends BestStep {
  readonly loss: Loss
  readonly parameters: readonly LayerParameters[]
  /** Null where Adam has moved nothing yet. */
  readonly moments: Moments | null
}

export class Best {
  private kept: Kept | null = null
  private dueAt = Number.NEGATIVE_INFINITY

  constructor(private readonly clock: Clock) {}

  /** Where it stands, in the loss that was trained with; null where nothing is kept. */
  get step(): BestStep | null {
    return this.kept && { step: this.kept.step, validation: this.kept.validation }
  }

  /**
   * The network was evaluated as it is now: keeps it where it never did better and it is time for a copy.
   *
   * @param isLast whether training stops here, so that the copy cannot wait
   */
  consider(network: Network, { step, validation }: BestStep, loss: Loss, isLast = false): void {
    if (this.kept !== null && this.kept.loss !== loss) this.forget()
    if (!(validation < (this.kept?.validation ?? Number.POSITIVE_INFINITY))) return
    const begin = this.clock.now()
    if (begin < this.dueAt && !isLast) return
    const moments = network.readMoments()
    const parameters = network.readParameters()
    this.kept = { step, validation, loss, parameters, moments: moments.step === 0 ? null : moments }
    const end = this.clock.now()
    this.dueAt = end + (end - begin) * COPY_COST
  }

  /** The network is another one, or its rows are others: what is kept says nothing of it. */
  forget(): void {
    this.kept = null
    this.dueAt = Number.NEGATIVE_INFINITY
  }

  /**
   * The edit that gives a model of the same design the numbers that are kept. Its step counter goes on: training is not taken
   * back, the curves are.
   *
   * @param step of which a person wants them
   */
  edit({ specification }: Model, step: number): Edit {
    const { kept } = this
    if (kept?.step !== step) {
      throw new UserError(`The network of step ${step} is not kept any more: it was changed or trained on since.`)
    }
    const layers = specification.layers.flatMap((layer, l) => {
      const [parameters, first, second] = [kept.parameters[l], kept.moments?.first[l], kept.moments?.second[l]]
      const moments = first === undefined || second === undefined ? null : { first, second }
      return parameters === undefined ? [] : [{ specification: layer, parameters, moments }]
    })
    return { type: 'splice-layers', at: 0, remove: layers.length, layers }
  }
}
