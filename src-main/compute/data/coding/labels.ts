/** How do words become targets: yes and no, or two values, as 0 and 1, or classes with a column each? */
import { UserError } from '../../../../src-shared/user-error'
import { NO_CODE, type RawColumn, type RawNumbers, type RawTexts } from './raw-data'

interface TwoValues {
  readonly target: RawNumbers
  /** What 0 and 1 stand for, a sentence. */
  readonly note: string
}

/** A column of two values as 0 and 1, the first in order of their letters being 0; null where it has others. */
export function asTwoValues(column: RawColumn): TwoValues | null {
  const name = column.name.trim()
  const says = ([zero, one]: readonly [string, string]) => `The target '${name}' is 0 for '${zero}' and 1 for '${one}'.`
  if (column.type === 'boolean') return { target: column, note: says(column.words ?? ['no', 'yes']) }
  if (column.type !== 'category') return null
  const [zero, one, ...others] = column.texts.toSorted()
  if (zero === undefined || one === undefined || others.length > 0) return null
  const ones = column.texts.indexOf(one)
  const values = Float64Array.from(column.codes, (code) => (code === NO_CODE ? Number.NaN : Number(code === ones)))
  const words = [zero, one] as const
  return { target: { type: 'boolean', name: column.name, values, words }, note: says(words) }
}

/** Whose names a classification's outputs have; `any` where the network is to follow the table. */
export type Classes = readonly string[] | 'any' | null

/**
 * A column of labels as one of probabilities for each class, in the order of the network's outputs.
 *
 * @throws UserError (exit status 2) where a label is none of the classes
 */
export function asClasses({ name, texts, codes }: RawTexts, classes: readonly string[] | 'any'): RawNumbers[] {
  const known = classes === 'any' ? inOrder(texts) : classes
  const other = texts.find((text) => !known.includes(text))
  if (other !== undefined) {
    throw new UserError(
      `the target '${name.trim()}' has the value '${other}', which is none of the network's classes (${known.slice(0, 10).join(', ')})`,
      { exitCode: 2 },
    )
  }
  return known.map((label) => {
    const own = texts.indexOf(label)
    const values = Float64Array.from(codes, (code) => (code === NO_CODE ? Number.NaN : Number(code === own)))
    return { type: 'number', name: label, values }
  })
}

/** Numbers by their size, words by their letters. */
function inOrder(texts: readonly string[]): readonly string[] {
  const areNumbers = texts.every((text) => text !== '' && Number.isFinite(Number(text)))
  return areNumbers ? texts.toSorted((a, b) => Number(a) - Number(b)) : texts.toSorted()
}
