/** Where does a row begin in a text? Known of every k-th row, so that the memory stays small. */

const MOST = 1 << 14

export class RowOffsets {
  private stride = 1
  private offsets: number[] = []

  /** Rows come in their order, from 0. */
  add(row: number, offset: number): void {
    if (row % this.stride !== 0) return
    if (this.offsets.length >= MOST) {
      this.offsets = this.offsets.filter((_, place) => place % 2 === 0)
      this.stride *= 2
      if (row % this.stride !== 0) return
    }
    this.offsets.push(offset)
  }

  /** The nearest known row that is not behind this one. */
  before(row: number): { readonly row: number; readonly offset: number } {
    const place = Math.min(Math.floor(row / this.stride), this.offsets.length - 1)
    return { row: Math.max(0, place) * this.stride, offset: this.offsets[place] ?? 0 }
  }
}
