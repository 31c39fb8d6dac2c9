import { describe, expect, it } from 'vitest'
import { barsSvg, scalingSvg } from './charts'
import { benchRow } from './results'

const row = (method: string, batchSize: number, step: number) =>
  benchRow(
    {
      name: `${method}-wasm batch ${batchSize}`,
      method,
      engine: 'wasm',
      threads: null,
      regularized: false,
      widths: [100, 1000, 1],
      batchSize,
    },
    { forward: [step / 3], backward: [-step / 9], step: [step, step * 1.1, step * 0.9] },
    { forwardBytes: 1, backwardBytes: 1, deviceBytes: null, parameters: 1, trainable: 1 },
  )
const SCALING = [100, 200, 400].flatMap((size) => [
  row('spline', size, size / 10),
  row('rbf<b>', size, (size / 10) ** 2),
])

/** Whether it is markup that a strict reader takes: every element is closed in order. */
function isWellFormed(svg: string): boolean {
  const open: string[] = []
  for (const [, closing, name, rest] of svg
    .replace(/<style>[^<]*<\/style>/g, '')
    .matchAll(/<(\/?)([a-z]+)((?:[^<>"]|"[^"<>]*")*)>/gi)) {
    if (closing === '/') {
      if (open.pop() !== name) return false
    } else if (rest?.endsWith('/') !== true) open.push(name ?? '')
  }
  return open.length === 0
}

describe('charts', () => {
  it('draw bars of medians, below 0 as nothing, for names of every kind', () => {
    const svg = barsSvg({ rows: SCALING })
    expect(isWellFormed(svg)).toBe(true)
    expect(svg).not.toMatch(/NaN|Infinity|<b>|href|url\(/)
    expect(svg.match(/<rect class="step"/g)).toHaveLength(SCALING.length + 1)
    expect(isWellFormed(barsSvg({ rows: [] }))).toBe(true)
  })

  it('draw lines with the least time of the products at the peak', () => {
    const svg = scalingSvg({ rows: SCALING.filter(({ method }) => method === 'spline'), peakOperations: 1e11 })
    expect(svg).toContain('slope 1.00')
    expect(svg).toContain('spline-wasm alone would take')
    expect(svg).toContain('100 GFLOP/s')
    expect(svg).not.toMatch(/NaN|Infinity/)
    expect(isWellFormed(svg ?? '')).toBe(true)
    expect(scalingSvg({ rows: SCALING.slice(0, 2), peakOperations: 1e11 })).toBeNull()
  })
})
