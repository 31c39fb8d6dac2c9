/** `metrics.csv` of a run: one row a step (thinned above 10 000), appended, continued where a checkpoint left off. */
import { appendFile, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { POINT_COLUMNS, POINT_SIZE } from '../../../src-shared/contract/telemetry'
import { writeFileAtomic } from '../../files/atomic'

export class MetricsFile {
  private waiting: string[] = []
  private writing: Promise<void> = Promise.resolve()

  private constructor(
    private readonly path: string,
    private readonly stride: number,
    /** Seconds of training in the rows that were there already. */
    readonly seconds: number,
  ) {}

  /**
   * Opens the file of a run's folder to go on at a step. Rows from that step on were trained after the checkpoint
   * and lost with it: they are cut, since they will be trained again.
   *
   * @param stride every how many steps a row is kept
   */
  static async open(folder: string, step: number, stride: number): Promise<MetricsFile> {
    const path = join(folder, 'metrics.csv')
    const kept = (await lines(path)).filter((line) => {
      const at = Number.parseInt(line, 10)
      return at < step && at % stride === 0
    })
    const last = kept.at(-1)
    const seconds = last === undefined ? 0 : Number(last.slice(last.lastIndexOf(',') + 1))
    await writeFileAtomic(path, Buffer.from([POINT_COLUMNS.join(','), ...kept, ''].join('\n')))
    return new MetricsFile(path, stride, seconds)
  }

  /** @param points POINT_SIZE values each; those between the kept steps are left out */
  add(points: Float64Array): void {
    for (let at = 0; at < points.length; at += POINT_SIZE) {
      if ((points[at] as number) % this.stride === 0) this.waiting.push(row(points.subarray(at, at + POINT_SIZE)))
    }
  }

  /** The row after the last update, whatever its step. */
  addLast(point: Float64Array): void {
    this.waiting.push(row(point))
  }

  /** Appends what waits; if that fails it waits on. */
  flush(): Promise<void> {
    const attempt = this.writing.then(async () => {
      if (this.waiting.length === 0) return
      const text = this.waiting.join('')
      this.waiting = []
      await appendFile(this.path, text).catch((error) => {
        this.waiting.unshift(text)
        throw error
      })
    })
    this.writing = attempt.catch(() => undefined)
    return attempt
  }
}

async function lines(path: string): Promise<readonly string[]> {
  try {
    const text = await readFile(path, 'utf8')
    // A crash may have cut the last line short.
    return text
      .slice(0, text.lastIndexOf('\n') + 1)
      .split('\n')
      .slice(1, -1)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

function row(point: Float64Array): string {
  return `${Array.from(point, (value) => (Number.isNaN(value) ? '' : String(value))).join(',')}\n`
}
