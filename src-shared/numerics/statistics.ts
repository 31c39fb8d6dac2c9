/** How far do the columns of a batch spread, and how does a loss that looks at it flow back to the values? */

/** Mean and sample standard deviation (÷ (N − 1)) of each column; 0 for a column of one row or of equal values. */
export interface Spread {
  readonly mean: Float64Array
  readonly deviation: Float64Array
}

/** @param values [B, width], row-major */
export function columnSpread(values: Float64Array, width: number): Spread {
  const mean = new Float64Array(width)
  const deviation = new Float64Array(width)
  for (let k = 0; k < values.length; k++) {
    addToSpread(mean, deviation, k % width, values[k] as number, Math.floor(k / width) + 1)
  }
  finishSpread(deviation, values.length / width)
  return { mean, deviation }
}

/**
 * Takes one more value into the running mean and the running sum of squares about it (Welford, 1962): nothing cancels,
 * however far from 0 the values are.
 *
 * @param count values of this slot, this one included
 */
export function addToSpread(
  mean: Float64Array,
  squares: Float64Array,
  slot: number,
  value: number,
  count: number,
): void {
  const before = mean[slot] as number
  const difference = value - before
  const after = before + difference / count
  mean[slot] = after
  squares[slot] = (squares[slot] as number) + difference * (value - after)
}

/** Turns sums of squares of `rows` values into standard deviations, in place. */
export function finishSpread(squares: Float64Array, rows: number): void {
  for (let k = 0; k < squares.length; k++) squares[k] = rows > 1 ? Math.sqrt((squares[k] as number) / (rows - 1)) : 0
}

/**
 * d loss / d value = spreadSlope · (value − mean), from d loss / d deviation. Values that do not spread at all are left
 * where they are: the slope there is 0, not 0/0.
 */
export function spreadSlope(deviationGradient: number, deviation: number, rows: number): number {
  return deviation > 0 ? deviationGradient / ((rows - 1) * deviation) : 0
}

/** Adds to d loss / d value what a loss feels of each column's deviation, in place. */
export function addSpreadGradient(
  flow: Float64Array,
  values: Float64Array,
  { mean, deviation }: Spread,
  deviationGradient: Float64Array,
): void {
  const width = mean.length
  const rows = values.length / width
  const slopes = deviationGradient.map((slope, i) => spreadSlope(slope, deviation[i] as number, rows))
  for (let k = 0; k < values.length; k++) {
    const i = k % width
    flow[k] = (flow[k] as number) + (slopes[i] as number) * ((values[k] as number) - (mean[i] as number))
  }
}
