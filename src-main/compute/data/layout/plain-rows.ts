/** Rows of plain cells, many at once, by the kernel of kernels/rows.as.ts: what is usual in a table costs next to nothing. */
import { readFile } from 'node:fs/promises'
import type { NumberColumns } from './csv-numbers'
import { SILENT, Sign, TELLING } from './csv-signs'
import type { ColumnTally } from './csv-tally'

interface Exports {
  readonly memory: WebAssembly.Memory
  allocate(bytes: number): number
  describe(
    ...of: [
      columns: number,
      delimiter: number,
      comment: number,
      quote: number,
      point: number,
      stop: number,
      telling: number,
      silent: number,
    ]
  ): void
  place(
    ...at: [
      table: number,
      signs: number,
      longest: number,
      leadingZeros: number,
      settled: number,
      wanted: number,
      missing: number,
    ]
  ): void
  placeRows(room: number, ends: number, found: number, values: number, starts: number): void
  take(from: number, end: number): number
  nextAt(): number
  longestOf(): number
}

/** Bytes that may be walked over at a time. */
export const MOST_BYTES = (1 << 20) + 256
/** Rows that are taken at a time, and their numbers. */
const ROWS = 4096
const NUMBERS = 1 << 17

let compiled: Promise<WebAssembly.Module> | null = null

/** The kernel that scripts/build-kernels.mjs writes beside this file, and scripts/copy-kernels.mjs beside the bundle. */
export function loadRowKernel(): Promise<WebAssembly.Module> {
  compiled ??= compileKernel()
  return compiled
}

async function compileKernel(): Promise<WebAssembly.Module> {
  return WebAssembly.compile(new Uint8Array(await readFile(new URL('./rows.wasm', import.meta.url))))
}

export interface PlainRowsOptions {
  readonly columns: number
  /** Bytes; 0 where no line is a comment. */
  readonly delimiter: number
  readonly comment: number
  readonly quote: number
  /** The sign of each byte. */
  readonly table: Uint16Array
  readonly tally: ColumnTally
  readonly numbers: NumberColumns | null
}

/** Rows that were taken. */
export interface Taken {
  readonly rows: number
  /** Behind the last one's line break. */
  readonly next: number
  /** Bytes of the longest one. */
  readonly longest: number
  /** Where each begins, counted from the first one. */
  readonly starts: Uint32Array
}

export class PlainRows {
  private readonly kernel: Exports
  private readonly text: Buffer
  private readonly textAt: number
  private readonly starts: Uint32Array
  private readonly values: Float64Array
  private readonly wanted: Uint8Array
  private readonly room: number
  private readonly numbers: NumberColumns | null

  constructor(
    module: WebAssembly.Module,
    { columns, delimiter, comment, quote, table, tally, numbers }: PlainRowsOptions,
  ) {
    const bytesAt = (from: number, end: number) => this.text.subarray(from - this.textAt, end - this.textAt)
    const imports = {
      weigh: (column: number, found: number, from: number, end: number) =>
        tally.weigh(column, found, bytesAt(from, end)),
      readOther: (column: number, from: number, end: number) => this.readOther(column, bytesAt(from, end)),
      abort: () => undefined,
    }
    this.kernel = new WebAssembly.Instance(module, { env: imports }).exports as unknown as Exports
    this.numbers = numbers
    const { kernel } = this
    this.room = Math.max(1, Math.min(ROWS, Math.floor(NUMBERS / columns)))
    const at = {
      table: kernel.allocate(2 * table.length),
      signs: kernel.allocate(2 * columns),
      longest: kernel.allocate(8 * columns),
      leadingZeros: kernel.allocate(columns),
      settled: kernel.allocate(columns),
      wanted: kernel.allocate(columns),
      missing: kernel.allocate(8 * columns),
      ends: kernel.allocate(4 * columns),
      found: kernel.allocate(4 * columns),
      values: kernel.allocate(8 * columns * this.room),
      starts: kernel.allocate(4 * this.room),
    }
    this.textAt = kernel.allocate(MOST_BYTES)
    // The memory is as large as it will be.
    const { buffer } = kernel.memory
    new Uint16Array(buffer, at.table, table.length).set(table)
    this.wanted = new Uint8Array(buffer, at.wanted, columns)
    this.values = new Float64Array(buffer, at.values, columns * this.room)
    this.starts = new Uint32Array(buffer, at.starts, this.room)
    this.text = Buffer.from(buffer, this.textAt, MOST_BYTES)
    tally.moveTo({
      signs: new Uint16Array(buffer, at.signs, columns),
      longest: new Float64Array(buffer, at.longest, columns),
      leadingZeros: new Uint8Array(buffer, at.leadingZeros, columns),
      settled: new Uint8Array(buffer, at.settled, columns),
      missing: new Float64Array(buffer, at.missing, columns),
    })
    kernel.describe(columns, delimiter, comment, quote, numbers?.point ?? 0, Sign.stop, TELLING, SILENT)
    kernel.place(at.table, at.signs, at.longest, at.leadingZeros, at.settled, at.wanted, at.missing)
    kernel.placeRows(this.room, at.ends, at.found, at.values, at.starts)
  }

  /** What is walked over next. */
  load(bytes: Buffer): void {
    this.text.set(bytes)
  }

  /** Takes the rows that begin at a byte of what was loaded, up to one that is not plain or not whole. */
  take(from: number, end: number): Taken {
    const { kernel, numbers, wanted, room } = this
    if (numbers !== null) for (let k = 0; k < wanted.length; k++) wanted[k] = numbers.asks(k) ? 1 : 0
    const rows = kernel.take(this.textAt + from, this.textAt + end)
    if (rows > 0) numbers?.takeRows(rows, (column) => this.values.subarray(column * room, column * room + rows))
    return { rows, next: kernel.nextAt() - this.textAt, longest: kernel.longestOf(), starts: this.starts }
  }

  private readOther(column: number, text: Buffer): number {
    const value = this.numbers?.read(column, text, 0, text.length) ?? null
    if (value !== null) return value
    this.wanted[column] = 0
    return Number.NaN
  }
}
