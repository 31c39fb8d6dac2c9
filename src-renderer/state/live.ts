/**
 * What changes with every telemetry frame: kept out of React, read by what draws, once an animation frame.
 *
 * `version` goes up with every change of the numbers; listeners are told, and draw when the browser next asks them to.
 */

import { patched } from '../../src-shared/contract/patch'
import {
  type Convention,
  type LayerDrawing,
  type LayerImportance,
  POINT_SIZE,
  type TelemetryFrame,
} from '../../src-shared/contract/telemetry'
import type { LayerScores } from '../network/types'

/** Points kept for the loss chart; older ones are thinned by half when there are more. */
const MOST_POINTS = 20_000

type Listener = () => void

export class Live {
  version = 0
  parameters: readonly LayerDrawing[] = []
  /** Scores by the chosen convention. */
  importance: readonly LayerScores[] | null = null
  ghosts: readonly Uint8Array[] | null = null
  /** POINT_SIZE values a point, in steps' order. */
  points = new Float64Array(0)
  /** Goes up when points changed. */
  pointsVersion = 0

  readonly #listeners = new Set<Listener>()
  #convention: Convention = 'l1'
  #known: readonly LayerImportance[] | null = null

  get convention(): Convention {
    return this.#convention
  }

  /** Shows scores by a convention from now on. */
  score(convention: Convention): void {
    this.#convention = convention
    this.#know(this.#known)
    this.#changed()
  }

  /** Shows what would be pruned. */
  haunt(ghosts: readonly Uint8Array[] | null): void {
    if (ghosts === this.ghosts) return
    this.ghosts = ghosts
    this.#tell()
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Replaces everything: another document, or an edit's outcome. */
  replace(
    parameters: readonly LayerDrawing[],
    importance: readonly LayerImportance[] | null,
    points?: Float64Array,
  ): void {
    this.parameters = parameters
    this.#know(importance)
    if (points) {
      this.points = points.slice()
      this.pointsVersion++
    }
    this.#changed()
  }

  /** Takes over what a frame of the current revision brings. */
  take(frame: TelemetryFrame): void {
    if (frame.parameters) this.parameters = frame.parameters
    for (const patch of frame.patches ?? []) {
      this.parameters = this.parameters.map((layer, l) => (l === patch.layer ? patched(layer, patch) : layer))
    }
    if (frame.importance) this.#know(frame.importance)
    if (frame.points.length > 0) {
      this.points = append(this.points, frame.points)
      this.pointsVersion++
    }
    this.#changed()
  }

  #know(importance: readonly LayerImportance[] | null): void {
    this.#known = importance
    this.importance = importance?.map((layer) => ({ ...layer, scores: layer.scores[this.#convention] })) ?? null
  }

  #changed() {
    this.version++
    this.#tell()
  }

  #tell() {
    for (const listener of this.#listeners) listener()
  }
}

/** Appends points; those that go back in steps (a resumed run) replace the ones from there on. */
export function append(points: Float64Array<ArrayBuffer>, more: Float64Array): Float64Array<ArrayBuffer> {
  const from = more[0] ?? Number.POSITIVE_INFINITY
  let kept = points.length
  while (kept >= POINT_SIZE && (points[kept - POINT_SIZE] ?? 0) >= from) kept -= POINT_SIZE
  const all = new Float64Array(kept + more.length)
  all.set(points.subarray(0, kept))
  all.set(more, kept)
  return all.length / POINT_SIZE > MOST_POINTS ? everySecond(all) : all
}

function everySecond(points: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const count = points.length / POINT_SIZE
  const kept = Math.ceil(count / 2)
  const thinned = new Float64Array(kept * POINT_SIZE)
  for (let p = 0; p < kept; p++) {
    // The newest point stays whatever its parity, so that the curve ends where training is.
    const from = p === kept - 1 ? count - 1 : 2 * p
    thinned.set(points.subarray(from * POINT_SIZE, (from + 1) * POINT_SIZE), p * POINT_SIZE)
  }
  return thinned
}
