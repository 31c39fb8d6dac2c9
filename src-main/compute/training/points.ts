/** Points of the loss curve that wait for the screen: bounded, thinned evenly, never reordered. */
import { POINT_SIZE } from '../../../src-shared/contract/telemetry'

const TRAIN_LOSS = 2
const VALIDATION_LOSS = 3

export class Points {
  private rows: Float64Array
  private count = 0

  /** @param capacity most points that are kept; beyond it every other one goes */
  constructor(private readonly capacity: number) {
    this.rows = new Float64Array(Math.min(capacity, 256) * POINT_SIZE)
  }

  get length(): number {
    return this.count
  }

  /** The step of the newest point, or null. */
  get lastStep(): number | null {
    return this.count === 0 ? null : (this.rows[(this.count - 1) * POINT_SIZE] ?? null)
  }

  /** @param points POINT_SIZE values each */
  add(points: ArrayLike<number>): void {
    for (let from = 0; from < points.length; from += POINT_SIZE) {
      if (this.count === this.capacity) this.halve()
      const at = this.count * POINT_SIZE
      if (at === this.rows.length) this.grow()
      for (let k = 0; k < POINT_SIZE; k++) this.rows[at + k] = points[from + k] as number
      this.count++
    }
  }

  /** Forgets the points at a step and after it. */
  cut(step: number): void {
    while (this.lastStep !== null && this.lastStep >= step) this.count--
  }

  /** All points, which are forgotten here. */
  take(): Float64Array {
    const points = this.rows.slice(0, this.count * POINT_SIZE)
    this.count = 0
    return points
  }

  /** Of two neighbours one stays: one with evaluated losses if there is one. */
  private halve(): void {
    let kept = 0
    for (let pair = 0; pair < this.count; pair += 2) {
      const second = pair + 1
      const chosen = second < this.count && !this.evaluated(pair) && this.evaluated(second) ? second : pair
      this.rows.copyWithin(kept * POINT_SIZE, chosen * POINT_SIZE, (chosen + 1) * POINT_SIZE)
      kept++
    }
    this.count = kept
  }

  private evaluated(point: number): boolean {
    const at = point * POINT_SIZE
    return !Number.isNaN(this.rows[at + VALIDATION_LOSS]) || !Number.isNaN(this.rows[at + TRAIN_LOSS])
  }

  private grow(): void {
    const larger = new Float64Array(Math.min(this.rows.length * 2, this.capacity * POINT_SIZE))
    larger.set(this.rows)
    this.rows = larger
  }
}
