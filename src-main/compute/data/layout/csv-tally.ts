/** What do the cells of each column of a delimited text look like? Counted while they are walked over. */
import { type Evidence, noEvidence, SILENT, Sign, TELLING, weigh } from './csv-signs'

/** Numbers are not longer. */
export const TELLING_LENGTH = 40
/** So many cells that can be read in one way only settle what a column says. */
const SETTLED = 1000

/** Looked up once, not for every cell. */
const DIGIT = Sign.digit

export interface ColumnLooks {
  /** Data cells of each column that hold nothing or only spaces. */
  readonly missing: readonly number[]
  /** Whether a data cell of a column begins with a 0 before another digit, as postal codes do. */
  readonly leadingZeros: readonly boolean[]
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
  private readonly signs: Uint16Array
  private readonly evidence: (Evidence | null)[]
  private readonly settled: Uint8Array
  private readonly longest: Float64Array

  constructor(columns: number) {
    this.missing = new Array<number>(columns).fill(0)
    this.leadingZeros = new Uint8Array(columns)
    this.signs = new Uint16Array(columns)
    this.evidence = new Array<Evidence | null>(columns).fill(null)
    this.settled = new Uint8Array(columns)
    this.longest = new Float64Array(columns)
  }

  /**
   * A cell that is not blank.
   *
   * @param found  the signs that it has
   * @param length its bytes
   * @param text   its bytes from `from` to `end`, of a long one its beginning and its end
   */
  take(column: number, found: number, length: number, text: Uint8Array, from: number, end: number): void {
    this.signs[column] = (this.signs[column] as number) | found
    if (length > (this.longest[column] as number)) this.longest[column] = length
    const tells = (found & TELLING) !== 0 && (found & SILENT) === 0
    if (tells && this.settled[column] === 0) this.weighCell(column, text.subarray(from, end), found)
  }

  looks(): ColumnLooks {
    return {
      missing: this.missing,
      leadingZeros: Array.from(this.leadingZeros, (found) => found === 1),
      signs: [...this.signs],
      evidence: this.evidence,
      longest: [...this.longest],
    }
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
