/** What do the cells of each column of a delimited text look like? Counted while they are walked over. */
import { type Evidence, noEvidence, SILENT, Sign, TELLING, weigh } from './csv-signs'

const PLUS = 43
const MINUS = 45
const EXPONENT = 101
/** Makes a letter small. */
const SMALL = 32

/** Numbers are not longer. */
export const TELLING_LENGTH = 40
/** So many cells that can be read in one way only settle what a column says. */
const SETTLED = 1000

/** Looked up once, not for every cell. */
const DIGIT = Sign.digit
const PLUS_MINUS = Sign.plusMinus
/** What tells at a glance that a cell can be a number. */
const NUMERAL = DIGIT | PLUS_MINUS
export interface ColumnLooks {
  /** Data cells of each column that hold nothing or only spaces. */
  readonly missing: readonly number[]
  /** Whether a data cell of a column begins with a 0 before another digit, as postal codes do. */
  readonly leadingZeros: readonly boolean[]
  /** Whether a cell of a column cannot be a number: it has no digit, or a + or − that begins neither it nor an exponent. */
  readonly unlikeNumbers: readonly boolean[]
  /** Which signs the cells of a column have. */
  readonly signs: readonly number[]
  readonly evidence: readonly (Evidence | null)[]
  /** Bytes of the longest data cell of each column. */
  readonly longest: readonly number[]
}

export class ColumnTally {
  readonly missing: number[]
  /** 1 where a cell begins so. */
  readonly leadingZeros: Uint8Array
  private readonly unlikeNumbers: Uint8Array
  private readonly signs: Uint16Array
  private readonly evidence: (Evidence | null)[]
  private readonly settled: Uint8Array
  private readonly longest: Float64Array

  constructor(columns: number) {
    this.missing = new Array<number>(columns).fill(0)
    this.leadingZeros = new Uint8Array(columns)
    this.unlikeNumbers = new Uint8Array(columns)
    this.signs = new Uint16Array(columns)
    this.evidence = new Array<Evidence | null>(columns).fill(null)
    this.settled = new Uint8Array(columns)
    this.longest = new Float64Array(columns)
  }

  /** Whether what stands in a cell matters, and not only which signs it has. */
  readsText(column: number, found: number): boolean {
    return this.mayBeUnlike(column, found) || this.mayTell(column, found)
  }

  /**
   * A cell that is not blank.
   *
   * @param found  the signs that it has
   * @param length its bytes
   * @param text   its bytes from `from` to `end`, of a long one its beginning and its end; anything where it is not read
   */
  take(column: number, found: number, length: number, text: Uint8Array, from: number, end: number): void {
    this.signs[column] = (this.signs[column] as number) | found
    // Most cells are digits without a sign: one look settles them.
    if ((found & NUMERAL) !== DIGIT && this.isUnlike(column, found, text, from, end)) {
      this.unlikeNumbers[column] = 1
    }
    if (length > (this.longest[column] as number)) this.longest[column] = length
    if (this.mayTell(column, found)) this.weighCell(column, text.subarray(from, end), found)
  }

  looks(): ColumnLooks {
    return {
      missing: this.missing,
      leadingZeros: Array.from(this.leadingZeros, (found) => found === 1),
      unlikeNumbers: Array.from(this.unlikeNumbers, (found) => found === 1),
      signs: [...this.signs],
      evidence: this.evidence,
      longest: [...this.longest],
    }
  }

  private mayBeUnlike(column: number, found: number): boolean {
    return (found & PLUS_MINUS) !== 0 && this.unlikeNumbers[column] === 0
  }

  private isUnlike(column: number, found: number, text: Uint8Array, from: number, end: number): boolean {
    return (found & DIGIT) === 0 || (this.mayBeUnlike(column, found) && hasInnerSign(text, from, end))
  }

  private mayTell(column: number, found: number): boolean {
    return (found & TELLING) !== 0 && (found & SILENT) === 0 && this.settled[column] === 0
  }

  private weighCell(column: number, whole: Uint8Array, signs: number): void {
    if ((signs & DIGIT) === 0 || whole.length > TELLING_LENGTH) return
    const text = new TextDecoder().decode(whole).replace(/"\s*$/, '')
    const evidence = this.evidence[column] ?? noEvidence()
    this.evidence[column] = evidence
    weigh(evidence, text)
    const { comma, point } = evidence
    const decided = comma.decimal + comma.thousands + point.thousands
    // A point that can only be a decimal sign is the rule, and needs no further proof.
    if (decided >= SETTLED || (decided === 0 && point.decimal >= 20)) this.settled[column] = 1
  }
}

/** Whether a + or − begins neither the text nor an exponent. */
function hasInnerSign(bytes: Uint8Array, from: number, end: number): boolean {
  for (let at = from + 1; at < end; at++) {
    const byte = bytes[at]
    if ((byte === PLUS || byte === MINUS) && ((bytes[at - 1] as number) | SMALL) !== EXPONENT) return true
  }
  return false
}
