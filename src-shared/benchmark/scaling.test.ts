import { describe, expect, it } from 'vitest'
import { roofline, scalingOf } from './scaling'
import { rowOf } from './testing'

const growing = (name: string, exponent: number) =>
  [100, 200, 400].map((batchSize) => {
    const time = 0.01 * batchSize ** exponent
    return rowOf(`${name} batch ${batchSize}`, [time, time, 3 * time], { batchSize, method: name })
  })

describe('scaling', () => {
  it('is a line a method, with the slope of its logarithms', () => {
    const scaling = scalingOf([...growing('spline', 1), ...growing('rbf', 1.5)], 'step')
    expect(scaling?.along).toBe('rows of a batch')
    expect(scaling?.lines.map(({ name }) => name)).toEqual(['spline-wasm', 'rbf-wasm'])
    expect(scaling?.lines.map(({ slope }) => slope)).toEqual([expect.closeTo(1, 12), expect.closeTo(1.5, 12)])
    expect(scaling?.lines[0]?.points.map(({ x }) => x)).toEqual([100, 200, 400])
  })

  it('goes along the hidden nodes, or the parameters of grids', () => {
    const wide = [50, 100].map((hidden) =>
      rowOf(`spline ${hidden}`, [1, 1, hidden], { method: 'spline', widths: [2, hidden, 1] }),
    )
    expect(scalingOf(wide, 'step')).toMatchObject({ along: 'hidden nodes', lines: [{ slope: expect.closeTo(1, 12) }] })
    const grids = [10, 20].map((intervals) =>
      rowOf(`spline:${intervals}`, [1, 1, 1], { method: `spline:${intervals}`, parameters: 100 * intervals }),
    )
    expect(scalingOf(grids, 'step')).toMatchObject({ along: 'parameters', lines: [{ name: 'spline-wasm' }] })
  })

  it('is a line for each of what else a method was measured with', () => {
    const twice = [1, 2].flatMap((threads) =>
      growing('spline', 1).map((row) => ({ ...row, threads, name: `${row.name} ${threads} threads` })),
    )
    const wide = growing('rbf', 1).flatMap((row) => [row, { ...row, widths: [2, 50, 1] }])
    expect(scalingOf([...twice, ...wide], 'step')?.lines.map(({ name, points }) => [name, points.length])).toEqual([
      ['spline-wasm, 1 thread', 3],
      ['spline-wasm, 2 threads', 3],
      ['rbf-wasm, 2×5×1', 3],
      ['rbf-wasm, 2×50×1', 3],
    ])
  })

  it('leaves out times of 0 and below, and is nothing where nothing grows', () => {
    const [first, ...rest] = growing('spline', 1)
    const noise = rowOf('noise', [1, -1, 1], { batchSize: 50, method: 'spline' })
    expect(scalingOf([noise, ...rest], 'backward')?.lines[0]?.points).toHaveLength(2)
    expect(first && scalingOf([first], 'step')).toBeNull()
    expect(scalingOf([], 'step')).toBeNull()
  })
})

describe('the roofline', () => {
  it("is what a method's products take at the peak, forward once and back twice", () => {
    const rows = growing('spline', 1)
    // 15 edges of 4 basis functions and a base, 100 rows, two operations each: 15 000 operations forward.
    expect(roofline(rows, 'forward', 15e6)?.points[0]).toEqual({ x: 100, y: 1 })
    expect(roofline(rows, 'step', 15e6)?.points).toMatchObject([{ y: 3 }, { y: 6 }, { y: 12 }])
    expect(roofline(rows, 'step', null)).toBeNull()
    expect(
      roofline(
        growing('torch', 1).map((row) => ({ ...row, engine: null })),
        'step',
        1e9,
      ),
    ).toBeNull()
  })
})
