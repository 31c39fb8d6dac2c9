/** Points of telemetry as columns that a chart can draw. */
import { POINT_SIZE } from '../../src-shared/contract/telemetry'

type Values = (number | null)[]
type Series = [number[], Values, Values, Values]

/** Share of the running mean that a point keeps. */
const MEMORY = 0.9

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

/**
 * The losses as running means, in the axis's own measure: on a logarithmic one the mean is geometric, so that a single
 * spike does not lift the curve for long.
 */
export function smoothed([steps, train, validation, regularization]: Series, logScale: boolean): Series {
  return [steps, runningMean(train, logScale), runningMean(validation, logScale), regularization]
}

function runningMean(values: Values, logScale: boolean): Values {
  const [into, back] = logScale ? [Math.log, Math.exp] : [Number, Number]
  let mean = 0
  let weight = 0
  return values.map((value) => {
    if (value === null) return null
    mean = MEMORY * mean + (1 - MEMORY) * into(value)
    // Divided by the weights so far: the curve begins at its first value, not at zero.
    weight = MEMORY * weight + (1 - MEMORY)
    return back(mean / weight)
  })
}
