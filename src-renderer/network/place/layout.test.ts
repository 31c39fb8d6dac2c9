import fc from 'fast-check'
import { expect, test } from 'vitest'
import { measure, networkOf } from '../testing'
import { edgeCount, LEAST_NAME, layoutNetwork, nameSize, pairType } from './layout'

const shapes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 })
const sizes = fc.record({ width: fc.integer({ min: 280, max: 2600 }), height: fc.integer({ min: 240, max: 1600 }) })

test('no two curves, and no two nodes, of any network overlap', () => {
  fc.assert(
    fc.property(shapes, sizes, (shape, size) => {
      const { columns, pairs } = layoutNetwork(networkOf(shape), size, measure)
      for (const column of columns) if (column.count > 1) expect(column.pitch).toBeGreaterThan(2 * column.radius)
      pairs.forEach((pair, l) => {
        const before = columns[l]
        const after = columns[l + 1]
        if (before === undefined || after === undefined) throw new Error('a pair without columns')
        if (pair.type === 'slots') {
          expect(pair.pitch).toBeGreaterThan(pair.height)
          expect(pair.x - pair.width / 2).toBeGreaterThan(before.x + before.radius)
          expect(pair.x + pair.width / 2).toBeLessThan(after.x - after.radius)
        } else {
          expect(pair.left).toBeGreaterThan(before.x + before.radius)
          expect(pair.left + pair.cellWidth * pair.outputs).toBeLessThan(after.x - after.radius)
        }
      })
    }),
  )
})

test('the whole network lies in the window, below the headers and above the tools', () => {
  fc.assert(
    fc.property(shapes, sizes, (shape, size) => {
      const { columns, pairs } = layoutNetwork(networkOf(shape), size, measure)
      const headers = size.height < 400 ? 62 : 72
      for (const { x, y, pitch, count, radius } of columns) {
        expect(x - radius).toBeGreaterThanOrEqual(0)
        expect(x + radius).toBeLessThanOrEqual(size.width)
        expect(y - radius).toBeGreaterThanOrEqual(headers)
        expect(y + pitch * (count - 1) + radius).toBeLessThanOrEqual(size.height - 56)
      }
      for (const pair of pairs) {
        const top = pair.type === 'slots' ? pair.y - pair.height / 2 : pair.top
        const bottom =
          pair.type === 'slots'
            ? pair.y + pair.pitch * (pair.inputs * pair.outputs - 1) + pair.height / 2
            : pair.top + pair.cellHeight * pair.inputs
        expect(top).toBeGreaterThanOrEqual(headers)
        expect(bottom).toBeLessThanOrEqual(size.height - 56)
      }
    }),
  )
})

test('layers stand from left to right at equal distances', () => {
  const { columns } = layoutNetwork(networkOf([2, 5, 3, 1]), { width: 1000, height: 600 }, measure)
  const gaps = columns.slice(1).map((column, c) => column.x - (columns[c]?.x ?? 0))
  for (const gap of gaps) expect(gap).toBeCloseTo(gaps[0] ?? 0)
  expect(gaps[0]).toBeGreaterThan(0)
})

test('the curves of the hello network have their natural size in a usual window', () => {
  const { natural, pairs } = layoutNetwork(networkOf([2, 5, 1]), { width: 926, height: 605 }, measure)
  expect(natural).toBe(1)
  expect(pairs.every((pair) => pair.type === 'slots' && pair.height >= 30)).toBe(true)
})

test('short names stand in their circles, long ones beside them with room for what fits', () => {
  const size = { width: 900, height: 600 }
  const short = layoutNetwork(networkOf([2, 5, 1]), size, measure).columns[0]
  expect(short?.names).toEqual({ place: 'inside' })

  const long = networkOf([19, 5, 1])
  const names = long.inputs.map((_, i) => ({ name: `P${i}_residual displacement (mm)`, group: 0 }))
  const column = layoutNetwork({ ...long, inputs: names }, size, measure).columns[0]
  if (column === undefined || column.names.place === 'inside') throw new Error('long names need room')
  expect(column.names.width).toBeGreaterThan(100)
  expect(column.x - column.radius - column.names.width).toBeGreaterThan(0)
  // Case U1: none reaches into the next, down to the least pitch at which they are written.
  expect(nameSize(column)).toBe(11.5)
  for (const pitch of [LEAST_NAME, 12, 15, 60]) {
    const size = nameSize({ radius: 20, pitch })
    expect(1.15 * size).toBeLessThan(pitch)
    expect(size).toBeGreaterThan(9)
  }
})

test('a layer with more lines than can be followed is a table, sooner where others have many too', () => {
  expect(pairType(400, 460)).toBe('slots')
  expect(pairType(1500, 1500)).toBe('slots')
  expect(pairType(1501, 1501)).toBe('matrix')
  expect(pairType(640, 50_816)).toBe('matrix')
  expect(pairType(100, 10_100)).toBe('slots')
})

test('edges are counted over all layers', () => {
  expect(edgeCount(networkOf([784, 64, 10]))).toBe(50_816)
})
