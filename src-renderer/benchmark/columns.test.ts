import { describe, expect, it } from 'vitest'
import { rowOf } from '../../src-shared/benchmark/testing'
import { bestOf, columnsOf, nextOrder, ordered, ratioText, ratioTo } from './columns'

const spline = rowOf('spline-wasm', [4, 6, 12], { forwardBytes: 2 ** 30 })
const rbf = rowOf('rbf-wasm', [2, -0.5, 6])
const mlp = rowOf('mlp-wasm', [8, 3, 24], { forwardBytes: 2 ** 29 })
const ROWS = [spline, rbf, mlp]

const column = (id: string) => {
  const found = columnsOf(ROWS).find((one) => one.id === id)
  if (!found) throw new Error(`no column ${id}`)
  return found
}

it('has a column for the memory of a device only where a row tells it', () => {
  const ids = (rows: typeof ROWS) => columnsOf(rows).map(({ id }) => id)
  expect(ids(ROWS)).not.toContain('deviceBytes')
  expect(ids([...ROWS, rowOf('spline-webgpu', [1, 1, 1], { deviceBytes: 2 ** 30 })])).toContain('deviceBytes')
})

describe('the order of rows', () => {
  it('is that of the plan until a heading is clicked, then up, down and back', () => {
    const up = nextOrder(null, 'step')
    const down = nextOrder(up, 'step')
    expect(ordered(ROWS, null)).toEqual(ROWS)
    expect(ordered(ROWS, up)).toEqual([rbf, spline, mlp])
    expect(ordered(ROWS, down)).toEqual([mlp, spline, rbf])
    expect(nextOrder(down, 'step')).toBeNull()
    expect(nextOrder(down, 'forward')).toEqual({ by: 'forward', descending: false })
  })

  it('is that of the names, too, and has those that do not tell last either way', () => {
    expect(ordered(ROWS, { by: 'name', descending: false })).toEqual([mlp, rbf, spline])
    expect(ordered(ROWS, { by: 'forwardBytes', descending: false }).at(-1)).toBe(rbf)
    expect(ordered(ROWS, { by: 'forwardBytes', descending: true }).at(-1)).toBe(rbf)
  })
})

describe('the best of a column', () => {
  it('is the smallest that is no noise, where two can be compared', () => {
    expect(bestOf(ROWS, column('step'))).toBe(6)
    expect(bestOf(ROWS, column('backward'))).toBe(3)
    expect(bestOf([spline], column('step'))).toBeNull()
    expect(bestOf(ROWS, column('parameters'))).toBeNull()
  })
})

describe('ratios', () => {
  it('are to the chosen row, where that says something', () => {
    expect(ratioTo(mlp, spline, column('step'))).toBe(2)
    expect(ratioTo(spline, spline, column('step'))).toBe(1)
    expect(ratioTo(spline, rbf, column('backward'))).toBeNull()
    expect(ratioTo(rbf, spline, column('forwardBytes'))).toBeNull()
    expect(ratioTo(rbf, null, column('step'))).toBeNull()
  })

  it('have three digits', () => {
    expect([0.5714, 1, 12.34, 123.4].map(ratioText)).toEqual(['×0.57', '×1.00', '×12.3', '×123'])
  })
})
