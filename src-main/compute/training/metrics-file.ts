/** `metrics.csv` of a run: one row a step (thinned above 10 000), appended, continued where a checkpoint left off. */
import { constants, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { POINT_COLUMNS, POINT_SIZE } from '../../../src-shared/contract/telemetry'
import { writeFileAtomic } from '../../files/atomic'
import { fileError } from '../../files/errors'
import { RUN_FILES } from '../../files/run'
import { createTurns } from '../turns'

export class MetricsFile {
  private waiting: string[] = []
  /** Writing happens one piece after the other. */
  private readonly turn = createTurns()

  private constructor(
    private readonly path: string,
    private stride: number,
    /** Bytes of the rows that are whole. */
    private size: number,
    /** Seconds of training that the run has had so far. */
    readonly seconds: number,
  ) {}

  /**
   * Opens the file of a run's folder to go on at a step. Rows from that step on were trained after the checkpoint
   * and lost with it: they are cut, since they will be trained again.
   *
   * @param stride every how many steps a row is kept
   * @throws UserError when the file cannot be read or written
   */
  static async open(folder: string, step: number, stride: number): Promise<MetricsFile> {
    const path = join(folder, RUN_FILES.metrics)
    const rows = await readRows(path)
    const last = rows.findLast((row) => stepOf(row) <= step)
    const seconds = last === undefined ? 0 : Number(last.slice(last.lastIndexOf(',') + 1))
    const size = await rewrite(
      path,
      rows.filter((row) => stepOf(row) < step && stepOf(row) % stride === 0),
    )
    return new MetricsFile(path, stride, size, seconds)
  }

  /** @param points POINT_SIZE values each; those between the kept steps are left out */
  add(points: Float64Array): void {
    for (let at = 0; at < points.length; at += POINT_SIZE) {
      if ((points[at] as number) % this.stride === 0) this.waiting.push(rowOf(points.subarray(at, at + POINT_SIZE)))
    }
  }

  /** The row after the last update, whatever its step. */
  addLast(point: Float64Array): void {
    this.waiting.push(rowOf(point))
  }

  /**
   * Appends what waits, or nothing of it: then it waits on.
   *
   * @throws UserError when the disk refuses
   */
  flush(): Promise<void> {
    return this.turn(async () => {
      const rows = this.waiting
      if (rows.length === 0) return
      this.waiting = []
      try {
        const bytes = Buffer.from(rows.join(''))
        await append(this.path, this.size, bytes)
        this.size += bytes.length
      } catch (error) {
        this.waiting = [...rows, ...this.waiting]
        throw error
      }
    })
  }

  /**
   * Fewer rows, from now on and in what is written, where a run became longer. Between more rows there is nothing to add.
   *
   * @throws UserError when the disk refuses; then the rows so far stay
   */
  thin(stride: number): Promise<void> {
    if (stride <= this.stride) return Promise.resolve()
    this.stride = stride
    return this.filter((row) => stepOf(row) % stride === 0)
  }

  /**
   * Takes the rows from a step on away.
   *
   * @throws UserError when the disk refuses; then those that are written stay
   */
  cut(step: number): Promise<void> {
    return this.filter((row) => stepOf(row) < step)
  }

  private filter(isKept: (row: string) => boolean): Promise<void> {
    this.waiting = this.waiting.filter(isKept)
    return this.turn(async () => {
      const rows = await readRows(this.path)
      this.size = await rewrite(this.path, rows.filter(isKept))
    })
  }
}

/** Whole rows without the header; none where there is no file. A crash may have cut the last one short. */
async function readRows(path: string): Promise<readonly string[]> {
  try {
    const text = await readFile(path, 'utf8')
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .slice(1, -1)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw fileError(error, 'read', path)
  }
}

/** @returns the file's size */
async function rewrite(path: string, rows: readonly string[]): Promise<number> {
  const bytes = Buffer.from([POINT_COLUMNS.join(','), ...rows, ''].join('\n'))
  await writeFileAtomic(path, bytes)
  return bytes.length
}

/** Rows that a full disk cut short are taken away again, so that no half of one stays before those to come. */
async function append(path: string, size: number, bytes: Buffer): Promise<void> {
  try {
    // A file that somebody removed is not made anew without its header.
    const file = await open(path, constants.O_WRONLY | constants.O_APPEND)
    try {
      await file.appendFile(bytes)
    } catch (error) {
      await file.truncate(size).catch(() => undefined)
      throw error
    } finally {
      await file.close()
    }
  } catch (error) {
    throw fileError(error, 'save', path)
  }
}

function stepOf(row: string): number {
  return Number.parseInt(row, 10)
}

function rowOf(point: Float64Array): string {
  return `${Array.from(point, (value) => (Number.isNaN(value) ? '' : String(value))).join(',')}\n`
}
