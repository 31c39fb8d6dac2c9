import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { largestError } from '../golden/error'
import { goldenTable } from '../golden/golden'
import { type Basis, basisSize, rbfKernelSchema } from '../kan/specification'
import { basisMatrix, basisValues } from './basis'
import { initialGrid } from './grid'

const gaussian: Basis = { type: 'rbf', centers: 8, kernel: 'gaussian' }
const kernels = rbfKernelSchema.options
const oneSided = new Set<string>(['spline', 'poisson_one', 'poisson_two', 'matern32', 'matern52'])
const unit = { grid: Float64Array.of(0), scale: Float64Array.of(1) }
const x = goldenTable('x')

function valuesAt(basis: Basis, points: ArrayLike<number>, grid = initialGrid(basis, [-1, 1])) {
  const size = basisSize(basis)
  const values = new Float64Array(points.length * size)
  const slopes = new Float64Array(points.length * size)
  for (let p = 0; p < points.length; p++) {
    const slot = [p * size, (p + 1) * size] as const
    basisValues(basis, points[p] as number, grid.grid, grid.scale, values.subarray(...slot), slopes.subarray(...slot))
  }
  return { values, slopes }
}

describe('splines', () => {
  const tables = [1, 2, 3, 4, 5].flatMap((order) => [3, 5, 10].map((intervals) => ({ order, intervals })))

  test.each(tables)('of order $order on $intervals intervals are the golden ones, with slopes', (settings) => {
    const name = `bspline_k${settings.order}_G${settings.intervals}`
    const basis: Basis = { type: 'spline', ...settings }
    const { values, slopes } = valuesAt(basis, x)
    expect(largestError(initialGrid(basis, [-1, 1]).grid, goldenTable(`${name}_knots`))).toBeLessThan(1e-15)
    expect(largestError(values, goldenTable(`${name}(x,n)`))).toBeLessThan(1e-10)
    expect(largestError(slopes, goldenTable(`${name}_dx(x,n)`))).toBeLessThan(1e-10)
  })

  test('of order 0 are steps on half-open intervals, with slope 0', () => {
    const basis: Basis = { type: 'spline', order: 0, intervals: 2 }
    const { values, slopes } = valuesAt(basis, [-1.1, -1, -0.5, 0, 0.5, 1])
    expect([...values]).toEqual([0, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0])
    expect(slopes.every((slope) => slope === 0)).toBe(true)
  })

  test('sum to 1 with slopes that sum to 0 inside the range, and are 0 outside all knots', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 7 }),
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: -3, max: 5, noNaN: true }),
        (order, intervals, point) => {
          const basis: Basis = { type: 'spline', order, intervals }
          const grid = initialGrid(basis, [-1, 2])
          const { values, slopes } = valuesAt(basis, [point], grid)
          const inside = point >= (grid.grid[order] as number) && point < (grid.grid[order + intervals] as number)
          const sum = values.reduce((a, b) => a + b, 0)
          if (inside) {
            expect(sum).toBeCloseTo(1, 12)
            expect(slopes.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 9)
          }
          if (point < (grid.grid[0] as number) || point >= (grid.grid.at(-1) as number)) expect(sum).toBe(0)
          expect(values.every((value) => value >= 0 && value <= 1 + 1e-12)).toBe(true)
        },
      ),
    )
  })

  test('follow uneven and repeated knots as the recursion over all of them does', () => {
    const knots = fc
      .tuple(
        fc.integer({ min: 0, max: 4 }),
        fc.array(fc.integer({ min: -6, max: 6 }), { minLength: 7, maxLength: 14 }),
        fc.double({ min: -7, max: 7, noNaN: true }),
      )
      .map(([order, list, point]) => ({ order, knots: Float64Array.from(list).sort(), point }))
    fc.assert(
      fc.property(knots, ({ order, knots, point }) => {
        const intervals = knots.length - 1 - 2 * order
        fc.pre(intervals >= 1)
        const basis: Basis = { type: 'spline', order, intervals }
        const { values, slopes } = valuesAt(basis, [point], { grid: knots, scale: new Float64Array(0) })
        for (let m = 0; m < values.length; m++) {
          expect(values[m]).toBeCloseTo(coxDeBoor(knots, m, order, point), 12)
          expect(slopes[m]).toBeCloseTo(coxDeBoorSlope(knots, m, order, point), 10)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('answer NaN with NaN, so that it is seen', () => {
    expect(valuesAt({ type: 'spline', order: 3, intervals: 5 }, [Number.NaN]).values.every(Number.isNaN)).toBe(true)
  })
})

describe('radial functions', () => {
  test('stand on the golden centres with the golden scale', () => {
    const { grid, scale } = initialGrid(gaussian, [-1, 1])
    expect([...grid]).toEqual([...goldenTable('bk_seed_rbf_grid')])
    expect(largestError(scale, goldenTable('bk_seed_rbf_sigmas'))).toBeLessThan(1e-15)
  })

  test.each(kernels)('of the kernel %s are golden', (kernel) => {
    const basis: Basis = { type: 'rbf', centers: 1, kernel }
    const { values } = valuesAt(basis, x, unit)
    const golden = goldenTable(`rbf_kernel_${kernel}(d=x)`)
    // Upstream takes a signed distance in these five, which is NaN or grows without end on the left.
    const compared = (_: number, p: number) => !oneSided.has(kernel) || (x[p] as number) >= 0
    expect(largestError(values.filter(compared), golden.filter(compared))).toBeLessThan(1e-10)
    expect(largestError(valuesAt(basis, x.toReversed(), unit).values, values)).toBeLessThan(1e-15)
  })

  test.each(kernels)('of the kernel %s have the slopes of their values, each with its own scale', (kernel) => {
    const basis: Basis = { type: 'rbf', centers: 3, kernel }
    expectSlopesOfValues(basis, { grid: Float64Array.of(-1, 0.2, 0.5), scale: Float64Array.of(0.5, 3, 7) })
  })

  test.each(kernels)('of the kernel %s reach their limit at the centre, with slope 0', (kernel) => {
    const basis: Basis = { type: 'rbf', centers: 1, kernel }
    const { values, slopes } = valuesAt(basis, [0, 1e-12], unit)
    expect(values[0]).toBeCloseTo(values[1] as number, 11)
    expect(slopes[0]).toBeCloseTo(0, 15)
  })

  test('far away do not overflow where the formula does not, and NaN stays NaN', () => {
    for (const kernel of kernels) {
      const basis: Basis = { type: 'rbf', centers: 1, kernel }
      const far = { multiquadric: 1e200, quadratic: Infinity, spline: Infinity }[kernel as string]
      const { values, slopes } = valuesAt(basis, [-1e200, 1e200], unit)
      if (kernel === 'inverse_multiquadric') expect(values[0]).toBeCloseTo(1e-200, 210)
      else expect([...values]).toEqual([far ?? 0, far ?? 0])
      expect(slopes.some(Number.isNaN)).toBe(false)
      if (kernel === 'multiquadric') expect([...slopes]).toEqual([-1, 1])
      else if (far === undefined) expect(slopes.every((slope) => Math.abs(slope) < 1e-300)).toBe(true)
      expect(valuesAt(basis, [Number.NaN], unit).values[0]).toBeNaN()
    }
  })
})

describe('Chebyshev polynomials', () => {
  test('of tanh x are the golden ones, with slopes', () => {
    const { values, slopes } = valuesAt({ type: 'chebyshev', degree: 9 }, x)
    expect(largestError(values, goldenTable('cheby_T0..T9(tanh x)'))).toBeLessThan(1e-10)
    expect(largestError(slopes, goldenTable('cheby_dx'))).toBeLessThan(1e-10)
  })

  test('of degree 60 still are cos(m·acos(tanh x)), with the slopes of their values', () => {
    const points = [-2.3, -0.7, 0, 0.1, 1.9]
    const { values } = valuesAt({ type: 'chebyshev', degree: 60 }, points)
    const expected = points.flatMap((p) => Array.from({ length: 61 }, (_, m) => Math.cos(m * Math.acos(Math.tanh(p)))))
    expect(largestError(values, expected)).toBeLessThan(1e-12)
    expectSlopesOfValues({ type: 'chebyshev', degree: 12 }, initialGrid({ type: 'chebyshev', degree: 12 }, [-1, 1]))
  })
})

const bases: readonly Basis[] = [{ type: 'spline', order: 3, intervals: 5 }, gaussian, { type: 'chebyshev', degree: 7 }]

test.each(bases)('$type values and slopes stay finite and right at ±20, ±1e20 and ±the largest number', (basis) => {
  for (const far of [20, 1e20, Number.MAX_VALUE]) {
    const { values, slopes } = valuesAt(basis, [-far, far])
    const size = basisSize(basis)
    for (let m = 0; m < size; m++) {
      expect(values[m]).toBeCloseTo(basis.type === 'chebyshev' ? (-1) ** m : 0, 12)
      expect(values[size + m]).toBeCloseTo(basis.type === 'chebyshev' ? 1 : 0, 12)
    }
    expect(slopes.every((slope) => Math.abs(slope) < 1e-13)).toBe(true)
  }
})

test.each(bases)('$type values of a matrix are those of its points', (basis) => {
  const points = Float64Array.of(-0.9, 0.05, 0.7)
  expect(basisMatrix(basis, initialGrid(basis, [-1, 1]), points)).toEqual(valuesAt(basis, points).values)
})

function expectSlopesOfValues(basis: Basis, grid: { grid: Float64Array; scale: Float64Array }) {
  const step = 1e-5
  for (const point of [-1.4, -0.3, 0.01, 0.8, 2.2]) {
    const before = valuesAt(basis, [point - step], grid).values
    const after = valuesAt(basis, [point + step], grid).values
    valuesAt(basis, [point], grid).slopes.forEach((slope, m) => {
      expect(slope).toBeCloseTo(((after[m] as number) - (before[m] as number)) / (2 * step), 6)
    })
  }
}

/** The textbook recursion, which visits every spline of every degree. */
function coxDeBoor(knots: Float64Array, m: number, degree: number, point: number): number {
  const t = (k: number) => knots[k] as number
  if (degree === 0) return point >= t(m) && point < t(m + 1) ? 1 : 0
  const left = t(m + degree) > t(m) ? (point - t(m)) / (t(m + degree) - t(m)) : 0
  const right = t(m + degree + 1) > t(m + 1) ? (t(m + degree + 1) - point) / (t(m + degree + 1) - t(m + 1)) : 0
  return left * coxDeBoor(knots, m, degree - 1, point) + right * coxDeBoor(knots, m + 1, degree - 1, point)
}

function coxDeBoorSlope(knots: Float64Array, m: number, degree: number, point: number): number {
  if (degree === 0) return 0
  const part = (k: number) => {
    const width = (knots[k + degree] as number) - (knots[k] as number)
    return width > 0 ? coxDeBoor(knots, k, degree - 1, point) / width : 0
  }
  return degree * (part(m) - part(m + 1))
}
