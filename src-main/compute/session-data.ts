/** The session's data: what was chosen, loaded as the model scales it. */
import type { DataChoice } from '../../src-shared/contract/job'
import type { Specification } from '../../src-shared/kan/specification'
import { isUserError, UserError } from '../../src-shared/user-error'
import { type LoadedData, loadData } from './data/load'
import { fits } from './live'

export interface ChosenData {
  readonly choice: DataChoice
  readonly loaded: LoadedData
}

export class SessionData {
  private chosen: ChosenData | null = null

  /** @param log is told why data that were there had to be given up */
  constructor(private readonly log: (line: string) => void) {}

  /** @throws UserError where nothing was chosen */
  get current(): ChosenData {
    if (this.chosen === null) throw new UserError('There are no data to train on: choose a table or a generator first.')
    return this.chosen
  }

  /** Whether there are as many columns as the network has inputs and outputs. */
  fits(specification: Specification): boolean {
    return this.chosen !== null && fits(specification, this.chosen.loaded)
  }

  choose(data: ChosenData): void {
    this.chosen = data
  }

  /**
   * Loads the data again where the model scales them otherwise by now. Where that fails there are none any more: better
   * none than data that mean something else than the model says.
   */
  async follow(specification: Specification): Promise<void> {
    const { chosen } = this
    const { preprocessing } = specification
    if (chosen === null || preprocessing === undefined || !this.fits(specification)) return
    if (JSON.stringify(preprocessing) === JSON.stringify(chosen.loaded.preprocessing)) return
    try {
      this.chosen = { ...chosen, loaded: await loadData(chosen.choice, preprocessing, specification.task) }
    } catch (error) {
      if (!isUserError(error)) throw error
      this.chosen = null
      this.log(`The data must be chosen again: ${error.message}`)
    }
  }
}
