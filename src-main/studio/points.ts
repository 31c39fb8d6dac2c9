/** The loss curve of a document's run: every point that telemetry brought, thinned when there are too many. */
import { POINT_SIZE } from '../../src-shared/contract/telemetry'

const MOST_POINTS = 20_000
/** Column of a point that says whether whole splits were evaluated there. */
const TRAIN_LOSS = 2

export class Points {
  #values = new Float64Array(256 * POINT_SIZE)
  #length = 0

  /** All points, POINT_SIZE values each, in the order of their steps. */
  get all(): Float64Array {
    return this.#values.slice(0, this.#length)
  }

  /** Appends points. Those that go back in steps (a resumed run) replace the ones from there on. */
  append(points: Float64Array): void {
    const first = points[0]
    if (first === undefined) return
    this.cut(first)
    const length = this.#length + points.length
    if (length > this.#values.length) {
      const larger = new Float64Array(Math.max(length, 2 * this.#values.length))
      larger.set(this.#values.subarray(0, this.#length))
      this.#values = larger
    }
    this.#values.set(points, this.#length)
    this.#length = length
    while (this.#length > MOST_POINTS * POINT_SIZE) this.#thin()
  }

  /** Forgets the points at a step and after it. */
  cut(step: number): void {
    while (this.#length > 0 && (this.#values[this.#length - POINT_SIZE] ?? 0) >= step) this.#length -= POINT_SIZE
  }

  clear(): void {
    this.#length = 0
  }

  /** Keeps one of each two neighbours, the one that was evaluated if only one was, and always the newest. */
  #thin(): void {
    const count = this.#length / POINT_SIZE
    let kept = 0
    for (let p = 0; p < count; p += 2) {
      const second = Math.min(p + 1, count - 1)
      const evaluated = (point: number) => !Number.isNaN(this.#values[point * POINT_SIZE + TRAIN_LOSS] ?? Number.NaN)
      const from = second === count - 1 || (evaluated(second) && !evaluated(p)) ? second : p
      this.#values.copyWithin(kept * POINT_SIZE, from * POINT_SIZE, (from + 1) * POINT_SIZE)
      kept++
    }
    this.#length = kept * POINT_SIZE
  }
}
