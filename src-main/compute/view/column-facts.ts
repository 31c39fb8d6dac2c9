/** What can be told of a column from one walk over its rows: missing, constant, the same as another? */
import { isMissing, NO_CODE, type RawColumn } from '../data/coding/raw-data'

export interface ColumnFacts {
  readonly missing: number
  readonly constant: boolean
  /** Equal for columns that are equal in every row. */
  readonly hash: number
}

export function factsOf(column: RawColumn): ColumnFacts {
  return column.type === 'category' ? factsOfCodes(column.codes) : factsOfNumbers(column.values)
}

const word = new Float64Array(1)
const halves = new Uint32Array(word.buffer)

function factsOfNumbers(values: Float64Array): ColumnFacts {
  let missing = 0
  let constant = true
  let first = Number.NaN
  let hash = 0x811c9dc5
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number
    if (Number.isNaN(value)) {
      missing++
      hash = Math.imul(hash ^ 1, 0x01000193)
      continue
    }
    if (Number.isNaN(first)) first = value
    else if (value !== first) constant = false
    // −0 is 0.
    word[0] = value + 0
    hash = Math.imul(hash ^ (halves[0] as number), 0x01000193)
    hash = Math.imul(hash ^ (halves[1] as number) ^ (hash >>> 15), 0x01000193)
  }
  return { missing, constant, hash: hash >>> 0 }
}

function factsOfCodes(codes: Uint32Array): ColumnFacts {
  let missing = 0
  let constant = true
  let first = NO_CODE
  let hash = 0x811c9dc5
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row] as number
    if (code === NO_CODE) missing++
    else if (first === NO_CODE) first = code
    else if (code !== first) constant = false
    hash = Math.imul(hash ^ code ^ (hash >>> 15), 0x01000193)
  }
  return { missing, constant, hash: hash >>> 0 }
}

/** Whether two columns are equal in every row. */
export function sameColumn(a: RawColumn, b: RawColumn): boolean {
  if (a.type === 'category' && b.type === 'category') {
    return a.codes.every((code, row) => textAt(a.texts, code) === textAt(b.texts, b.codes[row] as number))
  }
  if (a.type === 'category' || b.type === 'category') return false
  return a.values.every((value, row) => value === b.values[row] || (isMissing(a, row) && isMissing(b, row)))
}

const textAt = (texts: readonly string[], code: number) => (code === NO_CODE ? null : texts[code])
