/** New data for the open network: whether a table fits, what the network says about it, and that in a file. */
import { basename, extname } from 'node:path'
import type { Prediction } from '../../src-shared/contract/compute'
import type { MatchedFile, PredictedFile, Renamed } from '../../src-shared/contract/studio'
import type { Model } from '../../src-shared/kan/parameters'
import { UserError } from '../../src-shared/user-error'
import { writeFileAtomic } from '../files/atomic'
import { predictionColumns, predictionsAsCsv } from '../files/predictions'
import { withEnding } from './saving'
import type { Workspace } from './workspace'

/** Rows of what was predicted that a window is shown. */
const HEAD = 20
/** Sentences about rows that could not be predicted that it is sent. */
const MOST_PROBLEMS = 100
/** Predictions that can still be saved; older ones are made again. */
const REMEMBERED = 4

/** A prediction is made again when it is saved: its table may be larger than what should be kept of it. */
interface Predicted {
  readonly id: number
  readonly file: string
  readonly rename: Renamed
  /** As it was when its predictions were shown, whatever it has learnt since. */
  readonly model: Model
}

export class Predicting {
  private last = 0
  private remembered: readonly Predicted[] = []

  constructor(private readonly workspace: Workspace) {}

  async match(path: string): Promise<MatchedFile> {
    const { jail, document } = this.workspace
    const file = await jail.reading(path)
    await this.workspace.look()
    const { specification } = document.snapshot.model
    const matches = await document.session.call((calls) => calls.matchColumns(specification, file))
    const { names, head } = await document.session.call((calls) => calls.previewTable(file, {}))
    return { file, columns: names, head: head.slice(0, HEAD), matches }
  }

  async predict(path: string, rename: Renamed): Promise<PredictedFile> {
    const file = await this.workspace.jail.reading(path)
    await this.workspace.look()
    const { model } = this.workspace.document.snapshot
    const predicted: Predicted = { id: ++this.last, file, rename, model }
    const prediction = await this.make(predicted, [])
    this.remembered = [...this.remembered, predicted].slice(-REMEMBERED)
    return { id: predicted.id, ...shown(prediction) }
  }

  async save(id: number, path: string, keep: 'all' | readonly string[]): Promise<{ path: string }> {
    const predicted = this.remembered.find((one) => one.id === id)
    if (predicted === undefined)
      throw new UserError('These predictions are not at hand any more: predict the file again.')
    const asParquet = extname(path).toLowerCase() === '.parquet'
    const { jail, document } = this.workspace
    const target = await jail.writing(withEnding(path, asParquet ? '.parquet' : '.csv'))
    if (target === predicted.file) {
      throw new UserError(`${basename(target)} is the table that was predicted: give the predictions another name.`)
    }
    const prediction = await this.make(predicted, keep)
    if (asParquet) {
      await document.session.call((calls) => calls.saveParquet(predictionColumns(prediction), target))
    } else await writeFileAtomic(target, new TextEncoder().encode(predictionsAsCsv(prediction)))
    return { path: target }
  }

  private make({ model, file, rename }: Predicted, keep: 'all' | readonly string[]): Promise<Prediction> {
    const { session, engine } = this.workspace.document
    return session.call((calls) => calls.predict({ model, file, engine, keep, rename }))
  }
}

function shown({
  header,
  outputs,
  labels,
  problems,
  outside,
  unseen,
  filled,
  comparisons,
  classified,
  notes,
}: Prediction): Omit<PredictedFile, 'id'> {
  const rows = outputs[0]?.length ?? 0
  const cell = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? null : value)
  return {
    rows,
    header,
    head: Array.from({ length: Math.min(HEAD, rows) }, (_, row) => [
      ...outputs.map((column) => cell(column[row])),
      ...(labels === null ? [] : [labels[row] ?? null]),
    ]),
    problems: problems.slice(0, MOST_PROBLEMS),
    unpredicted: problems.length,
    outside,
    unseen,
    filled,
    comparisons,
    classified,
    notes,
  }
}
