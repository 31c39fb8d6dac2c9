/** Which records of a delimited text are rows, where do they begin, and which have too few or too many cells? */
import type { CleanCopy } from './clean-copy'
import type { NumberColumns } from './csv-numbers'
import type { ColumnTally } from './csv-tally'
import { RowOffsets } from './row-offsets'

/** A cell by its data row and its column, both counted from 0. */
export interface CellIndex {
  readonly row: number
  readonly column: number
}

export interface RowTallyOptions {
  /** Records before the rows. */
  readonly leads: number
  /** Cells of a regular record. */
  readonly columns: number
  /** Whether rows with too few or too many cells are left out. */
  readonly drops: { readonly short: boolean; readonly long: boolean }
  /** Cells whose lines are asked for, by row, then by column. */
  readonly find?: readonly CellIndex[]
  /** Receives the cells of all rows. */
  readonly copy?: CleanCopy
  /** Receives the numbers of all rows. */
  readonly numbers?: NumberColumns | undefined
}

/** Lines that have a fault in common. */
export interface Faults {
  readonly count: number
  /** The first of them, counted from 1. */
  readonly lines: readonly number[]
  /** The rows that these are, where they are not left out. */
  readonly rows: readonly number[]
  /** Cells of the first of them. */
  readonly cells: number
}

export interface RowLooks {
  /** Data rows. */
  readonly rows: number
  /** Rows all of whose cells are empty. */
  readonly emptyRows: number
  /** Whether rows have empty cells beyond the regular ones. */
  readonly emptyExtras: boolean
  readonly short: Faults
  readonly long: Faults
  /** Where rows begin in the text. */
  readonly offsets: RowOffsets
  /** The line on which each cell of `find` begins, counted from 1. */
  readonly lines: readonly number[]
}

const PLACES = 100

export class RowTally {
  /** Whether no cell of the row so far holds anything. */
  isBlank = true
  /** Whether the row holds something beyond its regular cells. */
  hasWrittenExtra = false
  /** Whether all rows have as many cells as there are columns. */
  isEven = true
  /** The row being read; names and units have negative ones. */
  private row: number
  private readonly columns: number
  private readonly drops: RowTallyOptions['drops']
  private readonly find: readonly CellIndex[]
  private readonly copy: CleanCopy | null
  private readonly numbers: NumberColumns | null
  /** Columns of the row whose cells are blank. */
  private blanks: number[] = []
  private linesBefore = 0
  private emptyRows = 0
  private emptyExtras = false
  private readonly short = { count: 0, lines: [] as number[], rows: [] as number[], cells: 0 }
  private readonly long = { count: 0, lines: [] as number[], rows: [] as number[], cells: 0 }
  private readonly offsets = new RowOffsets()
  private readonly lines: number[] = []

  constructor(
    { leads, columns, drops, find = [], copy, numbers }: RowTallyOptions,
    private readonly tally: ColumnTally,
  ) {
    this.row = -leads
    this.columns = columns
    this.drops = drops
    this.find = find
    this.copy = copy ?? null
    this.numbers = numbers ?? null
  }

  /** Whether the record being read is a row, and not one of names or units. */
  get isData(): boolean {
    return this.row >= 0
  }

  /** Whether no row has ended yet. */
  get isFirst(): boolean {
    return this.row <= 0
  }

  /** Whether a cell of the row being read is asked for. */
  get isSought(): boolean {
    const wanted = this.find[this.lines.length]
    return wanted !== undefined && wanted.row <= this.row
  }

  blank(column: number): void {
    this.blanks.push(column)
  }

  locate(column: number, line: number): void {
    const wanted = this.find[this.lines.length]
    if (wanted !== undefined && wanted.row === this.row && wanted.column === column) this.lines.push(line)
  }

  /** Names or units have ended. */
  endLead(): void {
    this.copy?.forget()
    this.row++
  }

  /**
   * A row has ended.
   *
   * @param line  where it began
   * @param start the byte where it began
   */
  end(cells: number, line: number, start: number): void {
    const { missing } = this.tally
    if (cells !== this.columns && this.isDropped(cells, line)) {
      this.lines.length = this.linesBefore
      this.copy?.forget()
      this.numbers?.forget()
    } else {
      for (const column of this.blanks) missing[column] = (missing[column] ?? 0) + 1
      for (let column = cells; column < this.columns; column++) {
        missing[column] = (missing[column] ?? 0) + 1
        this.locate(column, line)
      }
      if (this.isBlank) this.emptyRows++
      this.offsets.add(this.row, this.copy?.written ?? start)
      this.copy?.endRow()
      this.numbers?.endRow()
      this.row++
    }
    this.blanks.length = 0
    this.isBlank = true
    this.hasWrittenExtra = false
    this.linesBefore = this.lines.length
  }

  /** Whole rows of as many cells as there are columns, none of them blank all over. @param startOf the byte where one begins */
  addPlain(rows: number, startOf: (row: number) => number): void {
    for (let k = 0; k < rows; k++) this.offsets.add(this.row++, startOf(k))
  }

  /** A line that is empty and yet a row, of a table with one column. */
  addEmpty(line: number, start: number): void {
    this.locate(0, line)
    this.tally.missing[0] = (this.tally.missing[0] ?? 0) + 1
    this.emptyRows++
    this.offsets.add(this.row, this.copy?.written ?? start)
    this.copy?.endField()
    this.copy?.endRow()
    this.numbers?.endRow()
    this.row++
    this.linesBefore = this.lines.length
  }

  looks(): RowLooks {
    const { emptyRows, emptyExtras, short, long, offsets, lines } = this
    return { rows: Math.max(this.row, 0), emptyRows, emptyExtras, short, long, offsets, lines }
  }

  /** Whether a row of another length is left out. */
  private isDropped(cells: number, line: number): boolean {
    this.isEven = false
    const isShort = cells < this.columns
    if (!isShort && !this.hasWrittenExtra) {
      this.emptyExtras = true
      return false
    }
    const faults = isShort ? this.short : this.long
    if (faults.count === 0) faults.cells = cells
    faults.count++
    if (faults.lines.length < PLACES) {
      faults.lines.push(line)
      faults.rows.push(this.row)
    }
    return isShort ? this.drops.short : this.drops.long
  }
}
