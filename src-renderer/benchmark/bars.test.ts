import { describe, expect, it } from 'vitest'
import { rowOf } from '../../src-shared/benchmark/testing'
import { barChart, logTicks } from './bars'

const ROWS = [rowOf('spline-wasm', [2, 4, 8]), rowOf('a<b', [1, -1, 4])]

describe('bars', () => {
  it('are as long as times are, and none is below 0', () => {
    const { groups } = barChart(ROWS, 216, 100, false)
    expect(groups.map(({ bars }) => bars.map(({ width }) => width))).toEqual([
      [25, 50, 100],
      [12.5, 0, 50],
    ])
  })

  it('begin below the smallest on a logarithmic axis', () => {
    const { groups } = barChart(ROWS, 216, 100, true)
    // From 0.5 to 8 are four doublings.
    expect(groups[0]?.bars.map(({ width }) => width)).toEqual([50, 75, 100].map((length) => expect.closeTo(length, 9)))
    expect(groups[1]?.bars[1]?.width).toBe(0)
  })

  it('have ticks at 1, 2, 5, 10', () => {
    expect(logTicks(0.9, 21)).toEqual([1, 2, 5, 10, 20])
    expect(logTicks(0.001, 1000)).toEqual([0.001, 0.01, 0.1, 1, 10, 100, 1000].map((tick) => expect.closeTo(tick, 12)))
  })
})
