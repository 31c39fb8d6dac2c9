/** How closely do two columns go together? Pairs in which one is not finite are left out. */

export interface Correlation {
  /** Null where it is undefined, as of a constant. */
  readonly pearson: number | null
  /** Spearman's: Pearson's r of the ranks, equal values sharing the mean of theirs. */
  readonly rank: number | null
}

/** How columns go with one of them, which is ranked only once. */
export function correlationWith(y: Float64Array): (x: Float64Array) => Correlation {
  const ranked = ranks(y)
  return (x) => {
    const pairs = finitePairs(x, y)
    return {
      pearson: correlate(pairs.x, pairs.y),
      rank: correlate(ranks(pairs.x), pairs.y === y ? ranked : ranks(pairs.y)),
    }
  }
}

/**
 * The correlation ratio η of a category and a number: the root of the part of the number's variance that lies between
 * the category's values. Null where it is undefined.
 *
 * @param codes which value each row has, from 0 to `count` − 1; others are left out
 */
export function correlationRatio(codes: Uint32Array, count: number, y: Float64Array): number | null {
  const sizes = new Float64Array(count)
  const means = new Float64Array(count)
  let rows = 0
  let mean = 0
  for (let k = 0; k < y.length; k++) {
    const code = codes[k] as number
    const value = y[k] as number
    if (code >= count || !Number.isFinite(value)) continue
    const size = (sizes[code] as number) + 1
    sizes[code] = size
    means[code] = (means[code] as number) + (value - (means[code] as number)) / size
    mean += (value - mean) / ++rows
  }
  let between = 0
  let total = 0
  for (let k = 0; k < y.length; k++) {
    const code = codes[k] as number
    const value = y[k] as number
    if (code >= count || !Number.isFinite(value)) continue
    between += ((means[code] as number) - mean) ** 2
    total += (value - mean) ** 2
  }
  return total > 0 ? Math.min(1, Math.sqrt(between / total)) : null
}

/** From 0; equal values share the mean of their ranks. */
export function ranks(values: Float64Array): Float64Array {
  const sorted = values.slice().sort()
  return values.map((value) => (bound(sorted, value, false) + bound(sorted, value, true) - 1) / 2)
}

/** How many sorted values are less than a value, or at most it. */
function bound(sorted: Float64Array, value: number, inclusive: boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    const own = sorted[middle] as number
    if (own < value || (inclusive && own === value)) low = middle + 1
    else high = middle
  }
  return low
}

function finitePairs(x: Float64Array, y: Float64Array): { readonly x: Float64Array; readonly y: Float64Array } {
  const isWhole = (k: number) => Number.isFinite(x[k]) && Number.isFinite(y[k])
  let count = 0
  for (let k = 0; k < x.length; k++) if (isWhole(k)) count++
  if (count === x.length) return { x, y }
  return { x: x.filter((_, k) => isWhole(k)), y: y.filter((_, k) => isWhole(k)) }
}

/** Of values as large and as small as numbers can be: they are scaled first. */
function correlate(x: Float64Array, y: Float64Array): number | null {
  const [a, b] = [centred(x), centred(y)]
  if (a === null || b === null) return null
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number)
  return Math.max(-1, Math.min(1, sum))
}

/** Less the mean, of length 1; null where all values are the same. */
function centred(values: Float64Array): Float64Array | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  if (!(low < high)) return null
  const [middle, half] = [high / 2 + low / 2, high / 2 - low / 2]
  const scaled = values.map((value) => (value - middle) / half)
  let mean = 0
  for (const value of scaled) mean += value / scaled.length
  let squares = 0
  for (const value of scaled) squares += (value - mean) ** 2
  const length = Math.sqrt(squares)
  return length > 0 && Number.isFinite(length) ? scaled.map((value) => (value - mean) / length) : null
}
