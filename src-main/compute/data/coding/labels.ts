/** How do words become targets: yes and no, or two values, as 0 and 1, or classes with a column each? */
import { spellingKey } from '../../../../src-shared/kan/spelling'
import { UserError } from '../../../../src-shared/user-error'
import { NO_CODE, type RawColumn, type RawNumbers, type RawTexts } from './raw-data'
import { withOneSpelling } from './spellings'

interface TwoValues {
  readonly target: RawNumbers
  /** What 0 and 1 stand for, a sentence. */
  readonly note: string
}

/**
 * A column of two values as 0 and 1, the first in order of their letters being 0; null where it has others.
 *
 * @param fold whether capitals and small letters mean the same
 */
export function asTwoValues(column: RawColumn, fold?: boolean): TwoValues | null {
  const name = column.name.trim()
  const says = ([zero, one]: readonly [string, string]) => `The target '${name}' is 0 for '${zero}' and 1 for '${one}'.`
  if (column.type === 'boolean') return { target: column, note: says(column.words ?? ['no', 'yes']) }
  if (column.type !== 'category') return null
  const { texts, codes } = fold ? withOneSpelling(column) : column
  const [zero, one, ...others] = texts.toSorted()
  if (zero === undefined || one === undefined || others.length > 0) return null
  const ones = texts.indexOf(one)
  const values = Float64Array.from(codes, (code) => (code === NO_CODE ? Number.NaN : Number(code === ones)))
  const words = [zero, one] as const
  return { target: { type: 'boolean', name: column.name, values, words }, note: says(words) }
}

/** Whose names a classification's outputs have; `any` where the network is to follow the table. */
export type Classes = readonly string[] | 'any' | null

/**
 * A column of labels as one of probabilities for each class, in the order of the network's outputs.
 *
 * @param fold whether capitals and small letters mean the same
 * @throws UserError (exit status 2) where a label is none of the classes
 */
export function asClasses(column: RawTexts, classes: readonly string[] | 'any', fold?: boolean): RawNumbers[] {
  const { name, texts, codes } = fold ? withOneSpelling(column) : column
  const known = classes === 'any' ? inOrder(texts) : classes
  const places = placesAmong(known, texts, fold)
  const other = texts.find((_, k) => places[k] === -1)
  if (other !== undefined) {
    throw new UserError(
      `the target '${name.trim()}' has the value '${other}', which is none of the network's classes (${known.slice(0, 10).join(', ')})`,
      { exitCode: 2 },
    )
  }
  return known.map((label, place) => {
    const own = places.indexOf(place)
    const values = Float64Array.from(codes, (code) => (code === NO_CODE ? Number.NaN : Number(code === own)))
    return { type: 'number', name: label, values }
  })
}

/** Which of the known words each text is; −1 for none. @param fold whether capitals and small letters mean the same */
export function placesAmong(known: readonly string[], texts: readonly string[], fold?: boolean): number[] {
  const places = new Map(known.map((word, place) => [spellingKey(word, fold), place]))
  return texts.map((text) => places.get(spellingKey(text, fold)) ?? -1)
}

/** Numbers by their size, words by their letters. */
function inOrder(texts: readonly string[]): readonly string[] {
  const areNumbers = texts.every((text) => text !== '' && Number.isFinite(Number(text)))
  return areNumbers ? texts.toSorted((a, b) => Number(a) - Number(b)) : texts.toSorted()
}
