/** Are the numbers of a column in the unit that the network was trained on? */
import type { ColumnCoding, NumberCoding, OutputCoding } from '../../../../src-shared/kan/preprocessing'
import { unitOf } from '../../../../src-shared/kan/units'
import type { RawColumn, RawNumbers } from './raw-data'

/** What a number with such a sign is divided by when it is read. */
const PARTS: Readonly<Record<string, number>> = { '%': 100, '‰': 1000 }

interface InUnit {
  readonly column: RawColumn
  /** What was decided, a sentence. */
  readonly note: string | null
}

/**
 * A column as the network knows it. Where only one of the two tables writes %, more of the numbers lie in the range of the
 * training rows in one of the two readings: that is taken, and said.
 */
export function inUnitOf(coding: ColumnCoding | OutputCoding, column: RawColumn): InUnit {
  if (!isNumber(coding) || column.type !== 'number') return { column, note: null }
  const [known, here] = [coding.unit ?? null, column.unit ?? null]
  const name = column.name.trim()
  const factor = (PARTS[here ?? ''] ?? 1) / (PARTS[known ?? ''] ?? 1)
  if (factor === 1 || (known !== null && here !== null)) {
    const [then, now] = [unitOf(coding), unitOf(column)]
    const isOther = then !== null && now !== null && then !== now
    const note = `'${name}' is in ${now}, and was in ${then} where the network was trained: its numbers are taken as they are.`
    return { column, note: isOther ? note : null }
  }
  const changed = column.values.map((value) => value * factor)
  const [asWritten, asTrained] = [inside(coding, column.values), inside(coding, changed)]
  if (known !== null) {
    const isTaken = asTrained >= asWritten
    const how = isTaken ? `12 is taken for 12 ${known}` : '12 is taken for 12, as that is in the range of the training'
    const note = `'${name}' was written with ${known} where the network was trained, and is not here: ${how}.`
    return { column: isTaken ? { ...column, values: changed } : column, note }
  }
  const isTaken = asTrained > asWritten
  const how = isTaken ? '12, as that is in the range of the training' : String(12 / factor)
  const note = `'${name}' is written with ${here}, and was not where the network was trained: 12 ${here} is taken for ${how}.`
  return { column: isTaken ? { ...column, values: changed } : column, note }
}

function isNumber(coding: ColumnCoding | OutputCoding): coding is NumberCoding {
  return !('type' in coding) || coding.type === undefined || coding.type === 'number'
}

function inside({ range }: NumberCoding, values: RawNumbers['values']): number {
  if (range === undefined) return 0
  const [min, max] = range
  let count = 0
  for (const value of values) if (value >= min && value <= max) count++
  return count
}
