/** Which class is each row of a file that is predicted, where it says so itself? */
import type { Specification } from '../../../src-shared/kan/specification'
import { largestOf } from '../evaluate'
import { readColumns } from './cells/cells'
import type { CsvTable } from './cells/csv-table'
import { placesAmong } from './coding/labels'
import { NO_CODE } from './coding/raw-data'
import { matchColumns } from './columns'
import type { CsvLayout } from './layout/csv-layout'

export interface TrueClasses {
  /** The file's names of the columns that say it. */
  readonly columns: readonly string[]
  /** The place of the class among the outputs, one that no output has where it is strange to the network; NO_CODE where it is missing. */
  readonly codes: Uint32Array
  /** Labels that are none of the network's classes, as many as can be named. */
  readonly strange: readonly string[]
}

/** As many labels as a sentence can carry. */
const NAMED = 5

/** By the column of labels that the network was trained on, else by a column for each of its outputs. */
export async function readTrueClasses(
  table: CsvTable,
  layout: CsvLayout,
  specification: Specification,
): Promise<TrueClasses | null> {
  if (specification.task !== 'classification') return null
  const { labels } = specification.preprocessing ?? {}
  return labels === undefined ? byOutputs(table, layout, specification) : byLabels(table, layout, specification, labels)
}

async function byLabels(
  table: CsvTable,
  layout: CsvLayout,
  { classes, outputs, preprocessing }: Specification,
  labels: string,
): Promise<TrueClasses | null> {
  const [column] = placesOf(layout, [labels]) ?? []
  if (column === undefined) return null
  const read = await readColumns(table, layout, [{ column, as: 'category' }], {
    missing: preprocessing?.missing,
  })
  const [found] = read.columns
  if (found?.type !== 'category') return null
  const known = classes ?? outputs.map(({ name }) => name)
  const places = placesAmong(known, found.texts, preprocessing?.outputs[0]?.fold)
  return {
    columns: [found.name.trim()],
    codes: found.codes.map((code) => {
      if (code === NO_CODE) return NO_CODE
      const place = places[code] ?? -1
      return place < 0 ? known.length : place
    }),
    strange: found.texts.filter((_, k) => places[k] === -1).slice(0, NAMED),
  }
}

/** The class of a row is the one with the largest of the probabilities, mostly a 1 among 0s. */
async function byOutputs(table: CsvTable, layout: CsvLayout, { outputs }: Specification): Promise<TrueClasses | null> {
  const places = placesOf(
    layout,
    outputs.map(({ name }) => name),
  )
  if (places === null) return null
  const read = await readColumns(
    table,
    layout,
    places.map((column) => ({ column, as: 'number' as const })),
    {},
  )
  const numbers = read.columns.flatMap((column) => (column.type === 'category' ? [] : [column.values]))
  const codes = Uint32Array.from({ length: layout.rows }, (_, row) => {
    const values = numbers.map((column) => column[row] as number)
    return values.every(Number.isFinite) ? largestOf(values) : NO_CODE
  })
  return { columns: places.map((place) => (layout.names[place] ?? '').trim()), codes, strange: [] }
}

/** Null where one is not there. */
function placesOf(layout: CsvLayout, names: readonly string[]): number[] | null {
  const places = matchColumns(layout, names).map(({ found }) => (found === null ? -1 : layout.names.indexOf(found)))
  return places.includes(-1) ? null : places
}
