/** How do columns of a table become a network's inputs, and its outputs columns again? What the model remembers of it. */
import { z } from 'zod'

const column = z.string()
/** scaled = (value − center) / spread, in float64. */
const scale = {
  center: z.number(),
  spread: z.number().refine((spread) => spread !== 0, { error: 'spread must not be 0' }),
}
const gaps = {
  /** What a missing value becomes, before it is scaled; without it a row that lacks the value has no prediction. */
  fill: z.number().optional(),
  /** Smallest and largest value of the training rows, as they stand in the table. */
  range: z.tuple([z.number(), z.number()]).readonly().optional(),
}
/** `log` is the natural logarithm, taken before scaling. */
export const transformSchema = z.enum(['none', 'log'])

/** What stood behind or before the numbers where the network was trained: `%`, `kg`. Values with % are hundredths. */
const unit = z.string().min(1).optional()
/** The unit that the table's head gives: in a line below the names, or at the end of the name. */
const headUnit = z.string().min(1).optional()

const numberSchema = z.strictObject({
  /** A coding without a type is a number's. */
  type: z.literal('number').optional(),
  column,
  unit,
  headUnit,
  transform: transformSchema.optional(),
  ...gaps,
  ...scale,
})
/** Yes is 1, no is 0. */
const booleanSchema = z.strictObject({ type: z.literal('boolean'), column, ...gaps, ...scale })

export const datePartSchema = z.enum(['year', 'month', 'day', 'weekday', 'hour', 'minute', 'second', 'day-of-year'])
export type DatePart = z.infer<typeof datePartSchema>

export const dateOrderSchema = z.enum(['year-first', 'day-first', 'month-first'])
export type DateOrder = z.infer<typeof dateOrderSchema>

/** A part of a date (`weekday` from 1, Monday), or the seconds since `start`, itself in seconds since 1970; all in UTC. */
const dateSchema = z.strictObject({
  type: z.literal('date'),
  column,
  part: datePartSchema.optional(),
  /** How the table wrote its dates, which settles 01/02/2026 in another table that does not tell. */
  order: dateOrderSchema.optional(),
  start: z.number().optional(),
  ...gaps,
  ...scale,
})

/** An input for each value: 1 in the rows that have it, else 0. Values are compared without spaces at their ends. */
const categorySchema = z.strictObject({
  type: z.literal('category'),
  column,
  values: z
    .array(z.string())
    .min(1)
    .refine((values) => new Set(values).size === values.length, { error: 'each value must stand once' }),
  /** Whether upper and lower case mean the same. */
  fold: z.boolean().optional(),
  /** What becomes of a row with another value: it has no prediction, or 0 in every input of the column. */
  unseen: z.enum(['stop', 'zero']),
  /** Missing is a value of its own and has the last input; without it a row that lacks the value has no prediction. */
  missing: z.literal('value').optional(),
})

const codingSchema = z.discriminatedUnion('type', [numberSchema, booleanSchema, dateSchema, categorySchema])
/** How a column of the table becomes one or more inputs. */
export type ColumnCoding = z.infer<typeof codingSchema>
export type CategoryCoding = z.infer<typeof categorySchema>

export type NumberCoding = z.infer<typeof numberSchema>

/** Codings that give one input, a scaled number. */
export type ScaledCoding = Exclude<ColumnCoding, CategoryCoding>

/** How the numbers of a table are written: the decimal sign, and what stands between groups of three digits. */
const numberFormatSchema = z.strictObject({
  decimal: z.enum(['.', ',']),
  thousands: z.enum(['', ',', '.', ' ', "'", '_']),
})
export type NumberFormat = z.infer<typeof numberFormatSchema>

const outputSchema = z.strictObject({
  column,
  unit,
  headUnit,
  transform: transformSchema.optional(),
  /** What the table has for 0 and for 1, where its column holds words. */
  words: z.tuple([z.string(), z.string()]).readonly().optional(),
  /** Whether upper and lower case of such words, or of the classes, mean the same. */
  fold: z.boolean().optional(),
  ...scale,
})
export type OutputCoding = z.infer<typeof outputSchema>

export const preprocessingSchema = z.strictObject({
  scaling: z.enum(['none', 'standard', 'minmax']),
  /** Each entry gives the next inputs of the network. */
  inputs: z.array(codingSchema),
  /** One entry an output. */
  outputs: z.array(outputSchema),
  /** Texts that mean that a value is missing, besides the empty cell. */
  missing: z.array(z.string()).optional(),
  /** Cells that were not of their column's type and counted as missing: those of a column, with a text, or all. */
  bad: z.array(z.strictObject({ column: z.string().optional(), text: z.string().optional() })).optional(),
  /** How the table wrote its numbers, which settles 1,234 in another table that does not tell. */
  numbers: numberFormatSchema.optional(),
  /** Of a classification: the column whose labels its targets were made of. */
  labels: column.optional(),
})
export type Preprocessing = z.infer<typeof preprocessingSchema>

/** How many inputs of the network an entry gives. */
export function inputsOfColumn(coding: ColumnCoding): number {
  if (coding.type !== 'category') return 1
  return coding.values.length + (coding.missing === 'value' ? 1 : 0)
}

/** How many inputs all entries give. */
export function inputCount(codings: readonly ColumnCoding[]): number {
  return codings.reduce((sum, coding) => sum + inputsOfColumn(coding), 0)
}

/** For each input of the network which entry gives it, and which of that entry's inputs it is. */
export function entriesOfInputs(codings: readonly ColumnCoding[]): { readonly entry: number; readonly part: number }[] {
  return codings.flatMap((coding, entry) =>
    Array.from({ length: inputsOfColumn(coding) }, (_, part) => ({ entry, part })),
  )
}

/** What inputs are called: `x`, `when (month)`, `colour = red`. All different: a repeated name gets ` (2)`. */
export function inputNames(codings: readonly ColumnCoding[]): string[] {
  const taken = new Set<string>()
  return codings.flatMap(namesOf).map((name) => {
    let unique = name
    for (let n = 2; taken.has(unique); n++) unique = `${name} (${n})`
    taken.add(unique)
    return unique
  })
}

function namesOf(coding: ColumnCoding): string[] {
  switch (coding.type) {
    case 'category': {
      const names = coding.values.map((value) => `${coding.column} = ${value}`)
      return coding.missing === 'value' ? [...names, `${coding.column} is missing`] : names
    }
    case 'date':
      return [coding.part === undefined ? coding.column : `${coding.column} (${coding.part})`]
    default:
      return [coding.column]
  }
}

const PART = new RegExp(`^(.+?)(?: = (.*)| \\((${datePartSchema.options.join('|')})\\)| is missing)$`, 's')

/**
 * Which column of the table an input comes from and what of it it is, by its name as {@link inputNames} writes it; null where
 * its name is the column's own.
 */
export function partOf(input: string): { readonly column: string; readonly label: string } | null {
  const [, column = '', value, part] = PART.exec(input) ?? []
  return column === '' ? null : { column, label: value ?? part ?? 'missing' }
}

/** The entries of each column of the table, in their order: those of a date's parts belong to one column. */
export function codingsByColumn(codings: readonly ColumnCoding[]): ColumnCoding[][] {
  const columns: ColumnCoding[][] = []
  for (const coding of codings) {
    const last = columns.at(-1)
    const continues = last?.[0]?.column === coding.column && isPart(coding) && last.every(isPart)
    if (last !== undefined && continues) last.push(coding)
    else columns.push([coding])
  }
  return columns
}

/** Names of the columns of the table that entries are of, in their order. */
export function codedColumns(codings: readonly ColumnCoding[]): string[] {
  return codingsByColumn(codings).flatMap(([coding]) => (coding === undefined ? [] : [coding.column]))
}

function isPart(coding: ColumnCoding): boolean {
  return coding.type === 'date' && coding.part !== undefined
}
