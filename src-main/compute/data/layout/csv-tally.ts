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

/** What is counted of each column in memory that a kernel may share. */
interface Counts {
  readonly signs: Uint16Array
  readonly longest: Float64Array
  readonly missing: Float64Array
  /** 1 where a cell begins so, and where no further cell needs to be weighed. */
  readonly leadingZeros: Uint8Array
  readonly settled: Uint8Array
}

export class ColumnTally {
  private counts: Counts
  private readonly evidence: (Evidence | null)[]

  constructor(columns: number) {
    this.evidence = new Array<Evidence | null>(columns).fill(null)
    this.counts = {
      signs: new Uint16Array(columns),
      longest: new Float64Array(columns),
      missing: new Float64Array(columns),
      leadingZeros: new Uint8Array(columns),
      settled: new Uint8Array(columns),
    }
  }

  get missing(): Float64Array {
    return this.counts.missing
  }

  get leadingZeros(): Uint8Array {
    return this.counts.leadingZeros
  }

  /** Counts there from now on; nothing may be counted yet. */
  moveTo(counts: Counts): void {
    this.counts = counts
  }

  /**
   * A cell that is not blank.
   *
   * @param found  the signs that it has
   * @param length its bytes
   * @param text   its bytes from `from` to `end`, of a long one its beginning and its end
   */
  take(column: number, found: number, length: number, text: Uint8Array, from: number, end: number): void {
    const { signs, longest, settled } = this.counts
    signs[column] = (signs[column] as number) | found
    if (length > (longest[column] as number)) longest[column] = length
    const tells = (found & TELLING) !== 0 && (found & SILENT) === 0
    if (tells && settled[column] === 0) this.weigh(column, found, text.subarray(from, end))
  }

  looks(): ColumnLooks {
    const { missing, leadingZeros, signs, longest } = this.counts
    return {
      missing: [...missing],
      leadingZeros: Array.from(leadingZeros, (found) => found === 1),
      signs: [...signs],
      evidence: this.evidence,
      longest: [...longest],
    }
  }

  /** Counts what a cell says of how numbers are written, in a column that is not settled yet. */
  weigh(column: number, found: number, whole: Uint8Array): void {
    if ((found & DIGIT) === 0 || whole.length > TELLING_LENGTH) return
    const text = new TextDecoder().decode(whole).replace(/["']\s*$/, '')
    const evidence = this.evidence[column] ?? noEvidence()
    this.evidence[column] = evidence
    weigh(evidence, text)
    const { comma, point } = evidence
    const decided = comma.decimal + comma.thousands + point.thousands
    // A point that can only be a decimal sign is the rule, and needs no further proof.
    if (decided >= SETTLED || (decided === 0 && point.decimal >= 20)) this.counts.settled[column] = 1
  }
}
