import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splineValues } from '../../../../src-shared/numerics/spline'
import { fillCells, fillSplineTable } from './splines'

/** Knots in steps of 0 to 3 units: some of them repeated. */
const knotsOf = (order: number) =>
  fc
    .array(fc.constantFrom(0, 1, 1, 2, 3), { minLength: 2 * order + 2, maxLength: 2 * order + 8 })
    .map((steps) => {
      let at = -2
      return [at, ...steps.map((step) => (at += step))]
    })
    .filter((knots) => (knots.at(-1) as number) > (knots[0] as number))

describe('spline tables', () => {
  it('hold the polynomials of the splines that are not zero', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 5 }).chain((order) =>
          fc.record({
            order: fc.constant(order),
            knots: knotsOf(order),
            u: fc.double({ min: 0, max: 0.999, noNaN: true }),
          }),
        ),
        ({ order, knots, u }) => {
          const padded = Math.ceil((order + 1) / 4) * 4
          const entry = 4 + (order + 1) * padded
          const table = new Float32Array(knots.length * entry)
          fillSplineTable(order, padded, knots, table)
          const values = new Float64Array(knots.length - order - 1)
          for (let g = 0; g < knots.length - 1; g++) {
            const start = knots[g] as number
            const length = (knots[g + 1] as number) - start
            if (length === 0) continue
            splineValues(order, start + u * length, Float64Array.from(knots), values, null)
            for (let r = 0; r <= order; r++) {
              let value = 0
              for (let d = order; d >= 0; d--) value = value * u + (table[g * entry + 4 + d * padded + r] as number)
              expect(value).toBeCloseTo(values[g - order + r] ?? 0, 5)
            }
          }
        },
      ),
    )
  })

  it('hold nothing outside the knots', () => {
    const table = new Float32Array(3 * (4 + 4)).fill(7)
    fillSplineTable(0, 4, [0, 1, 2], table)
    expect([...table.subarray(16)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0])
  })
})

describe('cells', () => {
  it('name the interval that their middle lies in', () => {
    fc.assert(
      fc.property(knotsOf(1), (knots) => {
        const perCell = new Float32Array(1)
        const cells = new Int32Array(4 * (knots.length - 1))
        fillCells(knots, perCell, cells)
        const from = knots[0] as number
        cells.forEach((interval, c) => {
          const middle = from + (c + 0.5) / (perCell[0] as number)
          expect(knots[interval]).toBeLessThanOrEqual(middle + 1e-5)
          expect(knots[interval + 1]).toBeGreaterThan(middle - 1e-5)
        })
      }),
    )
  })

  it('stay usable where all knots are the same', () => {
    const perCell = new Float32Array(1)
    fillCells([1, 1, 1], perCell, new Int32Array(8))
    expect(perCell[0]).toBe(0)
  })
})
