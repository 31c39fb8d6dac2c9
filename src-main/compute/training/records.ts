/** What a run leaves in its folder: metrics, a log, and checkpoints when they are due. */
import { mkdir } from 'node:fs/promises'
import type { ComputeEvents } from '../../../src-shared/contract/compute'
import { isUserError } from '../../../src-shared/user-error'
import { fileError } from '../../files/errors'
import { type Checkpoint, writeCheckpoint } from './checkpoint'
import type { Clock } from './clock'
import { hasFiniteParameters } from './finite'
import { MetricsFile } from './metrics-file'
import { rowStride } from './plan'
import { RunLog } from './run-log'

const CHECKPOINT_INTERVAL = 10_000
/** An edit asks for a checkpoint at once; a row of edits for one a second. */
const CHECKPOINT_SPACING = 1000
/** Rows reach the file this often, so that others can follow a run. */
const FLUSH_INTERVAL = 1000

export interface RecordsOptions {
  readonly folder: string
  /** Where the run goes on. */
  readonly step: number
  /** Steps of the whole run: above 10 000 its rows are thinned. */
  readonly steps: number
  readonly clock: Clock
  readonly events: Pick<ComputeEvents, 'checkpoint' | 'log'>
}

/** A disk that refuses does not end a training: the log says so, once for as long as it refuses in the same words. */
export class Records {
  private checkpointAt: number
  private checkpointedAt = Number.NEGATIVE_INFINITY
  private checkpointing: Promise<void> | null = null
  private flushAt = Number.NEGATIVE_INFINITY
  private readonly complaints = new Map<string, string>()

  private constructor(
    private readonly options: RecordsOptions,
    private readonly metrics: MetricsFile,
    private readonly log: RunLog,
  ) {
    this.checkpointAt = options.clock.now()
  }

  /** @throws UserError when the folder cannot be written */
  static async open(options: RecordsOptions): Promise<Records> {
    const { folder, step, steps, events } = options
    try {
      await mkdir(folder, { recursive: true })
    } catch (error) {
      throw fileError(error, 'save', folder)
    }
    const metrics = await MetricsFile.open(folder, step, rowStride(steps))
    return new Records(options, metrics, new RunLog(folder, (line, warning) => events.log(line, warning)))
  }

  /** Seconds of training before. */
  get seconds(): number {
    return this.metrics.seconds
  }

  say(line: string, warning = false): void {
    this.log.add(line, warning)
  }

  /** @param points POINT_SIZE values each */
  add(points: Float64Array): void {
    this.metrics.add(points)
  }

  /** The point after the last update. */
  addLast(point: Float64Array): void {
    this.metrics.addLast(point)
  }

  /** The steps from there on were lost, and are trained again. */
  async cut(step: number): Promise<void> {
    await this.attempt('The metrics', () => this.metrics.cut(step))
  }

  /** The run became longer or shorter. */
  plan(steps: number): void {
    void this.attempt('The metrics', () => this.metrics.thin(rowStride(steps)))
  }

  /** There is something new to keep: the next checkpoint comes soon. */
  hurry(): void {
    const earliest = Math.max(this.options.clock.now(), this.checkpointedAt + CHECKPOINT_SPACING)
    this.checkpointAt = Math.min(this.checkpointAt, earliest)
  }

  /** Between two slices of training: writes what is due. Resolves when that is on disk, which training does not wait for. */
  async keep(look: () => Checkpoint): Promise<void> {
    const now = this.options.clock.now()
    const isFlushDue = now >= this.flushAt
    if (isFlushDue) this.flushAt = now + FLUSH_INTERVAL
    const snapshot = now >= this.checkpointAt && this.checkpointing === null ? look() : null
    // Numbers that ran away are not kept: the next step will find them, and say where they came from.
    if (snapshot !== null && hasFiniteParameters(snapshot.model)) {
      this.checkpointedAt = now
      this.checkpointAt = now + CHECKPOINT_INTERVAL
      this.checkpointing = this.checkpoint(snapshot).finally(() => {
        this.checkpointing = null
      })
      await this.checkpointing
    } else if (isFlushDue) {
      await this.flush()
    }
  }

  /** The last of everything; resolves when it is on disk. */
  async close(line: string, snapshot: Checkpoint): Promise<void> {
    this.log.add(line)
    await this.checkpointing
    // What was refused before is said again if it is refused at the end.
    this.complaints.clear()
    await this.checkpoint(snapshot)
    await this.log.written()
  }

  private async checkpoint(checkpoint: Checkpoint): Promise<void> {
    const { folder, events } = this.options
    const { step, revision } = checkpoint
    await this.flush()
    const written = await this.attempt('The checkpoint', () => writeCheckpoint(folder, checkpoint))
    if (written) events.checkpoint({ folder, step, revision })
  }

  private flush(): Promise<boolean> {
    return this.attempt('The metrics', () => this.metrics.flush())
  }

  private async attempt(what: 'The checkpoint' | 'The metrics', write: () => Promise<void>): Promise<boolean> {
    try {
      await write()
      this.complaints.delete(what)
      return true
    } catch (error) {
      const reason = isUserError(error) ? error.message : String((error as Error).stack)
      if (this.complaints.get(what) !== reason) this.log.add(`${what} could not be written: ${reason}`, true)
      this.complaints.set(what, reason)
      return false
    }
  }
}
