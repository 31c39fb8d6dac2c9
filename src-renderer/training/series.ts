/** Points of telemetry as columns that a chart can draw. */
import { POINT_SIZE } from '../../src-shared/contract/telemetry'

type Series = [number[], (number | null)[], (number | null)[], (number | null)[]]

/**
 * Steps, train loss, validation loss and λ·regularisation; null where a value was not evaluated, and on a logarithmic
 * axis where it is not positive.
 */
export function toSeries(points: Float64Array, logScale: boolean): Series {
  const series: Series = [[], [], [], []]
  const shown = (value: number | undefined) =>
    value === undefined || !Number.isFinite(value) || (logScale && value <= 0) ? null : value
  for (let p = 0; p < points.length; p += POINT_SIZE) {
    series[0].push(points[p] ?? 0)
    series[1].push(shown(points[p + 2]))
    series[2].push(shown(points[p + 3]))
    const regularization = points[p + 4]
    series[3].push(regularization === 0 ? null : shown(regularization))
  }
  return series
}
