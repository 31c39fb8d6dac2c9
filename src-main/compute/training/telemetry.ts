/** Tells the screen how training goes, at the screen's pace: training never waits for it. */
import {
  type LayerDrawing,
  type LayerEdges,
  type LayerImportance,
  type LayerPatch,
  POINT_SIZE,
  type TelemetryFrame,
} from '../../../src-shared/contract/telemetry'
import type { Clock } from './clock'
import { Points } from './points'

/** 30 frames a second. */
const FRAME_INTERVAL = 1000 / 30
/** A frame that is not acknowledged after this long counts as lost. */
const LOST_AFTER = 2000
const POINTS_A_FRAME = 4000
/** Bytes of parameters a millisecond: 2 MB/s. */
const PARAMETER_RATE = 2000
/** More bytes of parameters are not sent while training runs: they would hold up the frames behind them for seconds. */
const MOST_PARAMETERS = 400_000
/** Part of the time that reading parameters may take. */
const PARAMETER_SHARE = 0.05
/** Part of the time that edge scores may take. */
const IMPORTANCE_SHARE = 0.1
/** Milliseconds between two scorings while nothing trains, at most. */
const LONGEST_REST = 1000

type Status = Pick<
  TelemetryFrame,
  'revision' | 'state' | 'step' | 'steps' | 'stepsPerSecond' | 'seconds' | 'best' | 'engine' | 'memory'
>

/** Where a frame's content comes from; asked only when the frame is sent. */
export interface TelemetrySource {
  status(): Status
  parameters(): readonly LayerDrawing[]
  /** How many bytes they are, without reading them. */
  parameterBytes(): number
  /** Those of some edges. */
  patches(watched: readonly LayerEdges[]): readonly LayerPatch[]
  /** Null where there are no rows to score the edges on. */
  importance(): readonly LayerImportance[] | null
}

export interface TelemetryOptions {
  readonly source: TelemetrySource
  readonly send: (frame: TelemetryFrame) => void
  /** Asks the owner to call `tick` when it can: an acknowledgement came or a wait is over. */
  readonly wake: () => void
  readonly clock: Clock
}

export class Telemetry {
  private readonly points = new Points(POINTS_A_FRAME)
  private sequence = 0
  /** The frame that waits for its acknowledgement. */
  private inFlight: { readonly sequence: number; readonly points: Float64Array } | null = null
  private sentAt = Number.NEGATIVE_INFINITY
  private nextParameters = Number.NEGATIVE_INFINITY
  private nextImportance = Number.NEGATIVE_INFINITY
  private urgent = false
  private watched: readonly LayerEdges[] = []
  /** Whether the window has some edges' numbers newer than others'. */
  private partial = false
  private staleParameters = false
  private staleImportance = false
  private waking: { readonly moment: number; readonly cancel: () => void } | null = null
  private lastStep: number | null = null

  constructor(private readonly options: TelemetryOptions) {}

  /** Points for the next frame, POINT_SIZE values each. A point of the step that was told last is not told twice. */
  record(points: Float64Array): void {
    if (points.length === 0) return
    const repeated = points[0] === (this.points.lastStep ?? this.lastStep)
    this.points.add(repeated ? points.subarray(POINT_SIZE) : points)
  }

  /** The points from a step on were lost, and come again. */
  cut(step: number): void {
    this.points.cut(step)
  }

  /** A point in place of what was told of its step. */
  correct(point: Float64Array): void {
    const [step] = point
    // One that was not sent yet is not to stand before it.
    if (step !== undefined) this.points.cut(step)
    this.points.add(point)
  }

  /** The numbers of the network or its edges changed. */
  changed(): void {
    this.staleParameters = true
    this.staleImportance = true
  }

  /** The edges whose numbers a window draws from now on. */
  watch(edges: readonly LayerEdges[]): void {
    this.watched = edges
    if (!this.partial) return
    this.staleParameters = true
    this.options.wake()
  }

  /** The state changed: a frame with the parameters follows as soon as the last one is acknowledged. */
  announce(): void {
    this.urgent = true
    this.changed()
    this.options.wake()
  }

  /** Called between steps and when woken: sends a frame if it is time for one and there is something to tell. */
  tick(): void {
    const now = this.options.clock.now()
    const lostAt = this.sentAt + LOST_AFTER
    if (this.inFlight !== null && now >= lostAt) this.takeBack()
    const due = Math.max(this.inFlight === null ? this.sentAt + FRAME_INTERVAL : lostAt, this.nextTopic())
    if (now >= due) {
      this.send(now)
      this.wakeAt(Math.max(this.sentAt + LOST_AFTER, this.nextTopic()))
    } else {
      this.wakeAt(due)
    }
  }

  acknowledge(sequence: number): void {
    if (this.inFlight?.sequence !== sequence) return
    this.inFlight = null
    this.options.wake()
  }

  /** Nothing more is told. */
  close(): void {
    this.waking?.cancel()
    this.waking = null
  }

  /** The moment from which there is something to tell. */
  private nextTopic(): number {
    if (this.urgent || this.points.length > 0) return Number.NEGATIVE_INFINITY
    return Math.min(
      this.staleParameters ? this.nextParameters : Number.POSITIVE_INFINITY,
      this.staleImportance ? this.nextImportance : Number.POSITIVE_INFINITY,
    )
  }

  private send(now: number): void {
    const { source, clock, send } = this.options
    const status = source.status()
    let parameters: readonly LayerDrawing[] | null = null
    let patches: readonly LayerPatch[] | null = null
    if (this.urgent || (this.staleParameters && now >= this.nextParameters)) {
      const begin = clock.now()
      if (status.state.type === 'running' && source.parameterBytes() > MOST_PARAMETERS) {
        if (this.watched.length > 0) patches = source.patches(this.watched)
        this.partial = true
      } else {
        parameters = source.parameters()
        this.partial = false
      }
      const pause = byteLength(parameters ?? patches ?? []) / PARAMETER_RATE
      this.nextParameters = now + Math.max(pause, (clock.now() - begin) / PARAMETER_SHARE)
      this.staleParameters = false
    }
    let importance: readonly LayerImportance[] | null = null
    if (this.staleImportance && now >= this.nextImportance) {
      const begin = clock.now()
      importance = source.importance()
      const end = clock.now()
      const pause = ((end - begin) * (1 - IMPORTANCE_SHARE)) / IMPORTANCE_SHARE
      // Where nothing trains there is nothing to spare, and a moment without the processor must not hide scores for many.
      this.nextImportance = end + (status.state.type === 'running' ? pause : Math.min(pause, LONGEST_REST))
      this.staleImportance = false
    }
    this.lastStep = this.points.lastStep ?? this.lastStep
    const points = this.points.take()
    this.sequence++
    this.urgent = false
    this.inFlight = { sequence: this.sequence, points }
    this.sentAt = clock.now()
    send({ sequence: this.sequence, ...status, points, parameters, patches, importance })
  }

  /** The frame in flight was lost: its points are told again, its state by whatever the next frame says. */
  private takeBack(): void {
    const later = this.points.take()
    this.points.add(this.inFlight?.points ?? [])
    this.points.add(later)
    this.inFlight = null
    this.urgent = true
  }

  private wakeAt(moment: number): void {
    if (moment === Number.POSITIVE_INFINITY) return
    if (this.waking !== null && this.waking.moment <= moment) return
    this.waking?.cancel()
    const cancel = this.options.clock.after(Math.max(0, moment - this.options.clock.now()), () => {
      this.waking = null
      this.options.wake()
    })
    this.waking = { moment, cancel }
  }
}

function byteLength(layers: readonly (LayerDrawing | LayerPatch)[]): number {
  const tensors = layers.flatMap((layer) => Object.values(layer))
  return tensors.reduce((bytes, tensor) => bytes + (ArrayBuffer.isView(tensor) ? tensor.byteLength : 0), 0)
}
