/** What are the values and slopes of radial basis functions around one input's centres? Source: docs/numerics.md. */

import type { RbfKernel } from '../kan/specification'
import { rbfKernels } from './rbf-kernels'

/**
 * K(|d|), d = (x − c_m)·s_m, and slopes if wanted, at one point. Where a kernel has a kink at its centre, the slope
 * there is 0, the mean of both sides.
 *
 * @param centers c, length n
 * @param scale   s, one a centre
 * @param values  receives n numbers
 * @param slopes  receives their n derivatives by x, or null
 */
export function radialValues(
  kernel: RbfKernel,
  x: number,
  centers: Float64Array,
  scale: Float64Array,
  values: Float64Array,
  slopes: Float64Array | null,
): void {
  const radial = rbfKernels[kernel]
  for (let m = 0; m < values.length; m++) {
    const inverseWidth = scale[m] as number
    const distance = (x - (centers[m] as number)) * inverseWidth
    const length = Math.abs(distance)
    values[m] = radial.value(length)
    if (slopes !== null) slopes[m] = Math.sign(distance) * inverseWidth * radial.slope(length)
  }
}

/** better_kan's centres a + m·h, m < n, h = (c − a)/n: the right end of the range has none. */
export function uniformCenters(centers: number, [from, to]: readonly [number, number]): Float64Array {
  const step = (to - from) / centers
  return Float64Array.from({ length: centers }, (_, m) => from + step * m)
}

/** better_kan's scale 1.2 / h of every centre. */
export function uniformScale(centers: number, [from, to]: readonly [number, number]): Float64Array {
  return new Float64Array(centers).fill((1.2 * centers) / (to - from))
}

/**
 * Scales 1.2 / spacing around each of ascending centres: half the distance of its neighbours, at the ends the distance of
 * the one neighbour.
 *
 * @param step spacing of a centre that has no neighbour
 */
export function localScale(centers: Float64Array, step: number): Float64Array {
  const last = centers.length - 1
  return centers.map((_, m) => {
    const left = Math.max(0, m - 1)
    const right = Math.min(last, m + 1)
    const spacing = right > left ? ((centers[right] as number) - (centers[left] as number)) / (right - left) : step
    return 1.2 / spacing
  })
}
