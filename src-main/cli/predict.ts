/** `kan-studio predict M.kan --data X.csv`: what a network answers to the rows of a table. */
import { extname, resolve } from 'node:path'
import { Command } from 'commander'
import type { ClassComparison, Comparison, Prediction } from '../../src-shared/contract/compute'
import type { EngineChoice } from '../../src-shared/contract/job'
import { writeFileAtomic } from '../files/atomic'
import { readModel } from '../files/model'
import { predictionColumns, predictionsAsCsv } from '../files/predictions'
import { columnsFlag, engineFlag, refuseOverwriting, refuseUnwritable, renameFlag } from './flags'
import { listed, print } from './print'
import { withCompute } from './with-compute'

interface Options {
  readonly data: string
  readonly out?: string
  readonly keep?: readonly string[]
  readonly rename?: Readonly<Record<string, string>>
  readonly sheet?: string
  readonly engine: EngineChoice
}

export function predictCommand(): Command {
  return new Command('predict')
    .description("write a network's outputs for the rows of a table")
    .argument('<M.kan>', 'the network')
    .requiredOption('--data <X.csv>', "the table; its columns are matched to the network's inputs by name")
    .option(
      '--out <Y.csv>',
      'where the predictions go, as CSV, or as Parquet with Y.parquet (default: standard output)',
    )
    .option('--keep <columns>', "the table's own columns to put in front: all, or names as in a,b", columnsFlag)
    .option(
      '--rename <pairs>',
      "columns that the table calls otherwise: the model's name=the table's, as in x=X,y=Y",
      renameFlag,
    )
    .option('--sheet <name>', 'of a workbook, where it is not the largest')
    .option('--engine <E>', 'auto, wasm, webgpu, tensorflow or reference', engineFlag, 'auto')
    .action(predict)
}

async function predict(file: string, { data, out, keep = [], rename = {}, sheet, engine }: Options): Promise<void> {
  refuseUnwritable('--out', out)
  refuseOverwriting('--out', out, [file, data])
  const model = await readModel(file)
  const all = keep.length === 1 && keep[0] === 'all'
  const parquet = out !== undefined && extname(out).toLowerCase() === '.parquet'
  const prediction = await withCompute(async (calls) => {
    const predicted = await calls.predict({
      model,
      file: resolve(data),
      engine,
      keep: all ? 'all' : keep,
      rename,
      ...(sheet === undefined ? {} : { sheet }),
    })
    if (parquet) await calls.saveParquet(predictionColumns(predicted), resolve(out))
    return predicted
  })
  for (const note of prediction.notes) process.stderr.write(`${note}\n`)
  for (const problem of prediction.problems) process.stderr.write(`${problem}\n`)
  for (const note of strangers(prediction)) process.stderr.write(`${note}\n`)
  for (const comparison of prediction.comparisons) process.stderr.write(`${compared(comparison)}\n`)
  if (prediction.classified !== null) process.stderr.write(`${comparedClasses(prediction.classified)}\n`)
  if (parquet) return
  const text = predictionsAsCsv(prediction)
  if (out === undefined) await print(text)
  else await writeFileAtomic(resolve(out), new TextEncoder().encode(text))
}

/** How far the predictions are from what the table says itself. */
function compared({ column, unit, figures: { rows, r2, rmse, mae } }: Comparison): string {
  if (rmse === null || mae === null) return `No predicted row has a number in '${column}' to compare with.`
  const measured = unit === null ? '' : ` ${unit}`
  const told = `R² ${r2 === null ? 'undefined' : cut(r2)}, RMSE ${figure(rmse)}${measured}, MAE ${figure(mae)}${measured}`
  return `Compared with '${column}' in ${rows === 1 ? '1 row' : `${rows} rows`}: ${told}.`
}

function comparedClasses({ columns, rows, right, strange }: ClassComparison): string {
  const named = listed(columns.map((column) => `'${column}'`))
  if (rows === 0) return `No predicted row has a class in ${named} to compare with.`
  const wrong = strange.length === 0 ? '' : ` Not among the network's classes, and so wrong: ${listed(strange)}.`
  const share = Math.floor((1000 * right) / rows) / 10
  return `Compared with ${named} in ${rows === 1 ? '1 row' : `${rows} rows`}: accuracy ${share} %, ${right} right.${wrong}`
}

const figure = (value: number) => String(Number(value.toPrecision(4)))

/** Cut, not rounded: only a perfect prediction has an R² of 1. */
const cut = (value: number) => figure(Math.floor(value * 1e4 + 1e-9) / 1e4)

/** Sentences on rows that are unlike those of the training, where there are any. */
function strangers({ outside, unseen, filled }: Prediction): string[] {
  const counted = (columns: Prediction['outside']) =>
    listed(columns.map(({ column, count }) => `${column} (${count === 1 ? '1 row' : `${count} rows`})`))
  return [
    ...(filled.length === 0 ? [] : [`Filled with the mean of the training rows: ${counted(filled)}.`]),
    ...(outside.length === 0
      ? []
      : [`Predictions are less sure outside what the network was trained on: ${counted(outside)}.`]),
    ...(unseen.length === 0
      ? []
      : [`Values that the network was not trained on count as none of those that it knows: ${counted(unseen)}.`]),
  ]
}
