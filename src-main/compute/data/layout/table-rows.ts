/** Some rows of a table as text: how it begins, or what stands at any place of it. */
import { open } from 'node:fs/promises'
import type { TablePreview } from '../../../../src-shared/contract/data'
import type { ReadOptions } from '../../../../src-shared/contract/job'
import { type ColumnarTable, readTexts } from '../sources/columnar'
import type { CsvLayout } from './csv-layout'
import { afterLines, type CsvRecord, parseRecords } from './csv-records'
import { reportOf } from './read-report'
import { changed } from './scan-file'
import { survey, surveyBeginning } from './survey'

const HEAD = 100
const CHUNK = 1 << 17

/**
 * How a table begins and how it would be read, from its first bytes.
 *
 * @throws UserError where the file cannot be read, in one sentence
 */
export async function previewTable(file: string, read: ReadOptions): Promise<TablePreview> {
  const { layout, text, complete } = await surveyBeginning(file, read)
  const { delimiter, comment, skipLines, scanning } = layout
  const body = text.slice(afterLines(text, skipLines))
  const records = parseRecords(body, {
    delimiter,
    comment,
    quote: scanning.quote,
    escaped: scanning.escaped,
    complete,
    limit: HEAD + scanning.leads,
  })
  return {
    read: reportOf(layout, read, read.dates ?? null),
    names: layout.names,
    units: layout.units,
    head: records.slice(scanning.leads).map((record) => cellsOf(layout, record)),
  }
}

/**
 * Rows `from` and the `count` − 1 after it, fewer at the table's end; null where a cell is empty.
 *
 * @throws UserError where the file cannot be read, in one sentence
 */
export async function tableRows(
  file: string,
  read: ReadOptions,
  from: number,
  count: number,
): Promise<(string | null)[][]> {
  return rowsOf(await survey(file, read), from, count)
}

/** The same of a table that is laid out: only its bytes from the nearest known row on are read. */
export async function rowsOf(layout: CsvLayout, from: number, count: number): Promise<(string | null)[][]> {
  const { text, rows } = layout
  const wanted = Math.min(count, rows - from)
  if (wanted <= 0) return []
  if (layout.source.columnar !== null) return rowsOfFile(layout, layout.source.columnar, from, wanted)
  const known = text.offsets.before(from)
  const limit = from - known.row + wanted
  const handle = await open(text.path, 'r').catch((cause) => {
    throw changed(layout.source, cause)
  })
  try {
    for (let size = CHUNK; ; size *= 4) {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size), 0, size, known.offset)
      // A mark at the text's own beginning is no part of a row; in joined files others may begin one.
      const content = new TextDecoder('utf-8', { ignoreBOM: true }).decode(buffer.subarray(0, bytesRead))
      const complete = bytesRead < size
      const records = parseRecords(content, { delimiter: text.delimiter, complete, limit: limit + 1 })
      // The last one may not be whole.
      if (records.length <= limit && !complete) continue
      return records.slice(from - known.row, limit).map((record) => cellsOf(layout, record))
    }
  } finally {
    await handle.close()
  }
}

/** Of a file that can be asked itself. */
async function rowsOfFile(
  { source, text }: CsvLayout,
  { table, texts }: ColumnarTable,
  from: number,
  count: number,
): Promise<(string | null)[][]> {
  const wanted = texts.filter((_, k) => (text.columns[k] ?? -1) >= 0)
  const rows = await readTexts(table, wanted, from, count).catch((cause) => {
    throw changed(source, cause)
  })
  return rows.map((row) => row.map((cell) => cell || null))
}

function cellsOf({ text, names }: CsvLayout, { cells }: CsvRecord): (string | null)[] {
  const row = new Array<string | null>(names.length).fill(null)
  for (const [k, place] of text.columns.entries()) {
    const cell = cells[k] ?? ''
    if (place >= 0 && cell !== '') row[place] = cell
  }
  return row
}
