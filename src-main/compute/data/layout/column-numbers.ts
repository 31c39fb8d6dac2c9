/** Which numbers do the columns of a table hold? Read in one walk, and held for whoever loads the table next. */
import { readDoubles } from '../sources/columnar'
import { type CsvLayout, placeOf } from './csv-layout'
import { NumberColumns } from './csv-numbers'
import { changed, openText, scanFile } from './scan-file'

/** Numbers that are held of a table before anybody asks for them, 256 MB. */
export const HELD = 1 << 25
/** Milliseconds after which they are given up. */
const HOLDING = 300_000

type Numbers = Float64Array<ArrayBuffer>
/** By column. */
type Found = Map<number, Numbers | null>

let held: { readonly layout: CsvLayout; readonly columns: Found } | null = null
let release: NodeJS.Timeout | undefined

/** @param numbers of all columns but those that a file holds as numbers itself */
export function holdNumbers(layout: CsvLayout, numbers: NumberColumns): void {
  const columns = numbersIn(layout, numbers)
  if (columns === null) return
  const own = { layout, columns }
  releaseNumbers()
  held = own
  release = setTimeout(releaseNumbers, HOLDING).unref()
}

export function releaseNumbers(): void {
  held = null
  clearTimeout(release)
}

/**
 * The numbers of columns, NaN where a cell is empty or says so itself; null of a column with a cell that is no finite number.
 * Not to be changed: they may be asked for again.
 */
export async function numbersOf(layout: CsvLayout, columns: readonly number[]): Promise<(Numbers | null)[]> {
  const own = held?.layout === layout ? held.columns : null
  const unread = columns.filter((column) => !own?.has(column))
  const expression = (column: number) => layout.source.columnar?.numbers[placeOf(layout, column)] ?? null
  const walked = await walk(
    layout,
    unread.filter((column) => expression(column) === null),
  )
  const straight = await readStraight(
    layout,
    unread.flatMap((column) => {
      const sql = expression(column)
      return sql === null ? [] : [{ column, sql }]
    }),
  )
  if (own !== null && layout.rows * (own.size + straight.size) <= HELD) {
    for (const [column, values] of straight) own.set(column, values)
  }
  return columns.map((column) => own?.get(column) ?? walked.get(column) ?? straight.get(column) ?? null)
}

async function walk(layout: CsvLayout, columns: readonly number[]): Promise<Found> {
  if (columns.length === 0) return new Map()
  const { source, text, scanning, numbers: format, rows } = layout
  const handle = await openText(source)
  try {
    const wanted = new Set(columns)
    const numbers = new NumberColumns(
      text.columns.map((place) => wanted.has(place)),
      format,
    )
    const scan = await scanFile(handle, { ...scanning, numbers })
    if (scan.rows !== rows || scan.fault !== null) throw changed(source)
    return numbersIn(layout, numbers) ?? new Map()
  } finally {
    await handle.close()
  }
}

/** By the columns of the table, where the text may have more; null where they are too many. */
function numbersIn({ text, source }: CsvLayout, numbers: NumberColumns): Found | null {
  const all = numbers.finish()
  if (all === null) return null
  const isStraight = (k: number) => source.columnar?.numbers[k] != null
  return new Map(
    text.columns.flatMap((place, k) => (place >= 0 && !isStraight(k) ? [[place, all[k] ?? null] as const] : [])),
  )
}

interface Straight {
  readonly column: number
  readonly sql: string
}

/** Columns that the file itself holds as numbers. Those with infinities, nothing but NaN or integers beyond float64 are none. */
async function readStraight(layout: CsvLayout, columns: readonly Straight[]): Promise<Found> {
  const { source, rows } = layout
  if (columns.length === 0 || source.columnar === null) return new Map()
  const wanted = columns.map(({ sql }) => sql)
  const values = await readDoubles(source.columnar.table, wanted, rows).catch((cause) => {
    throw changed(source, cause)
  })
  return new Map(columns.map(({ column }, k) => [column, values[k] ?? null]))
}
