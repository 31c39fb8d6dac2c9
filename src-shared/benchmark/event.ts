/** What is told of a benchmark while it runs? */
import type { BenchReport, BenchRow } from './results'
import type { RowFacts } from './tasks'

/** How far it is. A turn is a row in one round. */
interface BenchProgress {
  readonly turn: number
  readonly turns: number
  /** Null before anything is known. */
  readonly remainingSeconds: number | null
}

export type BenchEvent =
  | { readonly type: 'started'; readonly title: string; readonly rows: readonly RowFacts[]; readonly turns: number }
  | ({ readonly type: 'turn-started'; readonly row: string } & BenchProgress)
  /** A round of a row is over: what is known of it so far, all samples. */
  | ({ readonly type: 'samples'; readonly row: BenchRow } & BenchProgress)
  | { readonly type: 'row-done'; readonly row: BenchRow }
  /** It cannot be measured, or not any more; what was measured of it before is given up. */
  | { readonly type: 'row-failed'; readonly row: string; readonly reason: string }
  /**
   * The last event: all rows are measured, or it was cancelled, and the rows measured so far are kept. The kept report's id, or
   * why it is not kept.
   */
  | {
      readonly type: 'ended'
      readonly report: BenchReport
      readonly kept: string | null
      readonly problem: string | null
    }
