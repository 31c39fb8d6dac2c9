/** What does one column look like: its points, its figures, its most frequent texts? */
import type { DataColumnView, DataPoints } from '../../../src-shared/contract/data-view'
import { summarizeNumbers } from '../data/cells/column-summary'
import { pick } from '../data/coding/coding'
import { NO_CODE, type RawColumn, type RawTexts } from '../data/coding/raw-data'

/** Texts of a category that are listed. */
const TEXTS = 20

/** The most frequent texts stand apart; all others share the last place. */
export function pointsOf(column: RawColumn, rows: Uint32Array): Pick<DataPoints, 'x' | 'texts'> {
  if (column.type !== 'category') return { x: pick(column.values, rows), texts: [] }
  const shown = frequent(column)
  const places = new Map(shown.map(({ code }, place) => [code, place]))
  const rest = shown.length < new Set(column.codes).size - (column.codes.includes(NO_CODE) ? 1 : 0)
  const x = Float64Array.from(rows, (row) => {
    const code = column.codes[row] as number
    return code === NO_CODE ? Number.NaN : (places.get(code) ?? shown.length)
  })
  return { x, texts: [...shown.map(({ text }) => text), ...(rest ? ['others'] : [])] }
}

export function figuresOf(
  column: RawColumn,
): Pick<DataColumnView, 'distinct' | 'min' | 'max' | 'mean' | 'histogram' | 'values'> {
  if (column.type === 'category') {
    const used = new Set(column.codes)
    used.delete(NO_CODE)
    return { distinct: used.size, min: null, max: null, mean: null, histogram: [], values: frequent(column) }
  }
  const { distinct, min, max, mean, histogram } = summarizeNumbers(column.name, column.values)
  return { distinct, min, max, mean, histogram, values: [] }
}

function frequent({ texts, codes }: RawTexts) {
  const counts = new Uint32Array(texts.length)
  for (const code of codes) if (code !== NO_CODE) counts[code] = (counts[code] as number) + 1
  return texts
    .map((text, code) => ({ text, code, count: counts[code] as number }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, TEXTS)
}
