/** The session's data: what was chosen, read once, and coded as the model codes them. */
import type { DataChoice } from '../../src-shared/contract/job'
import { codedColumns, codingsByColumn, type Preprocessing } from '../../src-shared/kan/preprocessing'
import type { Specification } from '../../src-shared/kan/specification'
import { isUserError, UserError } from '../../src-shared/user-error'
import type { Classes } from './data/coding/labels'
import type { RawData } from './data/coding/raw-data'
import { codeData, type LoadedData, readData } from './data/load'
import { fits } from './live'

export interface ChosenData {
  readonly choice: DataChoice
  readonly loaded: LoadedData
}

export class SessionData {
  private chosen: ChosenData | null = null
  /** Read to see which inputs a choice gives, and to be loaded next. */
  private seen: { readonly choice: string; readonly raw: RawData } | null = null

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
    this.seen = null
  }

  /**
   * Reads a choice and codes it for a network, without choosing it.
   *
   * @param isTrained whether the network's own codings win, where they are for as many columns
   */
  async load(choice: DataChoice, specification: Specification, isTrained: boolean): Promise<LoadedData> {
    const known = isTrained ? (specification.preprocessing ?? null) : null
    const read = await this.read(choice, known, classesOf(specification))
    const raw = known === null ? read : inOrderOf(known, read)
    const { task } = specification
    if (known === null || isFor(known, raw)) return codeData(raw, choice, known, task)
    const anew = await codeData(raw, choice, null, task)
    // By their number alone other columns might pass for those that the curves were trained on.
    return fits(specification, anew) ? codeData(raw, choice, known, task) : anew
  }

  /** What a choice gives, whatever the network is for; kept until it is loaded. */
  async look(choice: DataChoice, specification: Specification): Promise<LoadedData> {
    const classes = specification.task === 'classification' ? 'any' : null
    const raw = await this.read(choice, specification.preprocessing ?? null, classes)
    const loaded = await codeData(raw, choice, null)
    this.seen = { choice: JSON.stringify(choice), raw }
    return loaded
  }

  /**
   * Codes the data again where the model codes them otherwise by now. Where that fails there are none any more: better
   * none than data that mean something else than the model says.
   */
  async follow(specification: Specification): Promise<void> {
    const { chosen } = this
    const { preprocessing } = specification
    if (chosen === null || preprocessing === undefined || !this.fits(specification)) return
    if (JSON.stringify(preprocessing) === JSON.stringify(chosen.loaded.preprocessing)) return
    try {
      const loaded = await codeData(chosen.loaded.raw, chosen.choice, preprocessing, specification.task)
      this.chosen = { ...chosen, loaded }
    } catch (error) {
      if (!isUserError(error)) throw error
      this.chosen = null
      this.log(`The data must be chosen again: ${error.message}`)
    }
  }

  private read(choice: DataChoice, preprocessing: Preprocessing | null, classes: Classes): Promise<RawData> {
    const { seen } = this
    if (seen?.choice === JSON.stringify(choice)) return Promise.resolve(seen.raw)
    return readData(choice, preprocessing, classes)
  }
}

function classesOf({ task, classes, outputs }: Specification): Classes {
  return task === 'classification' ? (classes ?? outputs.map(({ name }) => name)) : null
}

/** Columns that a choice has in another order than the network goes to its inputs and outputs by their names. */
function inOrderOf({ inputs, outputs }: Preprocessing, raw: RawData): RawData {
  const targets = outputs.map(({ column }) => column)
  return { ...raw, inputs: ordered(raw.inputs, codedColumns(inputs)), targets: ordered(raw.targets, targets) }
}

function ordered<Column extends { readonly name: string }>(
  columns: readonly Column[],
  names: readonly string[],
): readonly Column[] {
  const byName = new Map(columns.map((column) => [column.name.trim(), column]))
  const found = names.flatMap((name) => byName.get(name.trim()) ?? [])
  const isWhole = found.length === columns.length && new Set(found).size === columns.length
  return isWhole ? found : columns
}

function isFor({ inputs, outputs }: Preprocessing, raw: RawData): boolean {
  return codingsByColumn(inputs).length === raw.inputs.length && outputs.length === raw.targets.length
}
