/** Which values does a column of texts have, where some may be spellings of one? */
import { spellingKey, spellingsOf } from '../../../../src-shared/kan/spelling'
import { NO_CODE, type RawTexts } from './raw-data'

/** The different values that a row has; of texts that mean the same the most frequent. */
export function valuesIn({ texts, codes }: RawTexts, fold: boolean | undefined): string[] {
  const counts = new Uint32Array(texts.length)
  for (const code of codes) if (code !== NO_CODE) counts[code] = (counts[code] ?? 0) + 1
  const used = texts.map((text, code) => ({ text, count: counts[code] ?? 0 })).filter(({ count }) => count > 0)
  const values = fold ? spellingsOf(used).flatMap(([common]) => common ?? []) : used
  return values.map(({ text }) => text)
}

/** The column with one spelling of each value, that of the most rows. */
export function withOneSpelling(column: RawTexts): RawTexts {
  const texts = valuesIn(column, true)
  const places = new Map(texts.map((text, place) => [spellingKey(text, true), place]))
  const placeOf = column.texts.map((text) => places.get(spellingKey(text, true)) ?? NO_CODE)
  return { ...column, texts, codes: column.codes.map((code) => placeOf[code] ?? NO_CODE) }
}
