/** What makes a benchmark's figures doubtful? */
import type { BenchRow } from './results'

/** Quartiles further apart than this part of the median are no figure to build on. */
const WIDE = 0.25
/** Medians below it, in milliseconds, are as long as the clock and its calls: their spread says nothing. */
const SHORT = 0.05
/** Cores that the rest of the system may keep busy. */
const QUIET = 0.2

/** @param otherCores what others kept busy on average, of the turns of which it is known */
export function warningsOf(rows: readonly BenchRow[], otherCores: readonly number[]): readonly string[] {
  const wide = rows.filter(({ step: { median, lower, upper } }) => median > SHORT && upper - lower > WIDE * median)
  const busy = otherCores.reduce((sum, cores) => sum + cores, 0) / otherCores.length
  return [
    ...(wide.length > 0
      ? [
          `The times of ${wide.map(({ name }) => name).join(', ')} spread widely: the quartiles of a step are further apart than ` +
            `${100 * WIDE} % of its median. Measure again while nothing else runs, or with more repetitions.`,
        ]
      : []),
    ...(busy > QUIET
      ? [
          `Other programs kept ${busy.toFixed(1)} core${busy.toFixed(1) === '1.0' ? '' : 's'} busy while this was measured: times are longer than they would be alone, ratios less reliable.`,
        ]
      : []),
  ]
}
