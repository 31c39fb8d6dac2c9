/** What are the targets in the rows of a file that is predicted, where it has their columns too? */
import type { OutputCoding } from '../../../src-shared/kan/preprocessing'
import type { Specification } from '../../../src-shared/kan/specification'
import { unitOf } from '../../../src-shared/kan/units'
import { readColumns } from './cells/cells'
import type { CsvTable } from './cells/csv-table'
import { placesAmong } from './coding/labels'
import { NO_CODE, type RawColumn } from './coding/raw-data'
import { inUnitOf } from './coding/units'
import { matchColumns } from './columns'
import type { CsvLayout } from './layout/csv-layout'

/** The true values of an output, as its column has them. */
export interface Truth {
  readonly output: number
  /** The file's name for the column. */
  readonly column: string
  /** As the network learnt it; null where there is none. */
  readonly unit: string | null
  /** NaN where a row has none that is a number. */
  readonly values: Float64Array
}

interface Truths {
  /** Of the outputs whose column the file has. */
  readonly truths: readonly Truth[]
  /** How the columns were understood, one sentence each. */
  readonly notes: readonly string[]
}

/** Cells that are no numbers are no fault of the file: nobody needs them to predict. */
export async function readTruths(
  table: CsvTable,
  layout: CsvLayout,
  { task, outputs, preprocessing }: Specification,
): Promise<Truths> {
  if (task === 'classification') return { truths: [], notes: [] }
  const codings = outputs.map(
    ({ name }, output): OutputCoding => preprocessing?.outputs[output] ?? { column: name, center: 0, spread: 1 },
  )
  const matches = matchColumns(
    layout,
    codings.map(({ column }) => column),
  )
  const there = matches.flatMap(({ found }, output) => {
    const coding = codings[output]
    return found === null || coding === undefined ? [] : [{ output, coding, column: layout.names.indexOf(found) }]
  })
  if (there.length === 0) return { truths: [], notes: [] }
  const cells = await readColumns(
    table,
    layout,
    there.map(({ coding, column }) => ({ column, as: coding.words === undefined ? ('number' as const) : null })),
    { missing: preprocessing?.missing },
  )
  const read = there.map(({ output, coding }, k) => {
    const { column, note } = inUnitOf(coding, cells.columns[k] as RawColumn)
    return {
      truth: { output, column: column.name.trim(), unit: unitOf(coding), values: valuesOf(column, coding) },
      note,
    }
  })
  return {
    truths: read.map(({ truth }) => truth),
    notes: [...cells.notes, ...read.flatMap(({ note }) => note ?? [])],
  }
}

/** Words are what 0 and 1 were where the network was trained. */
function valuesOf(column: RawColumn, { words, fold }: OutputCoding): Float64Array {
  if (column.type !== 'category') return column.values
  const values = placesAmong(words ?? [], column.texts, fold).map((place) => (place < 0 ? Number.NaN : place))
  return Float64Array.from(column.codes, (code) => (code === NO_CODE ? Number.NaN : (values[code] ?? Number.NaN)))
}
