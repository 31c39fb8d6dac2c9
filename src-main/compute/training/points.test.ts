import { describe, expect, it } from 'vitest'
import { POINT_SIZE } from '../../../src-shared/contract/telemetry'
import { Points } from './points'

/** Points of these steps, with a validation loss at every tenth. */
function pointsOf(from: number, to: number): Float64Array {
  const steps = Array.from({ length: to - from }, (_, k) => from + k)
  return Float64Array.from(
    steps.flatMap((s) => [s, 1 / (s + 1), Number.NaN, s % 10 === 0 ? 0.5 : Number.NaN, 0, s / 100]),
  )
}

function stepsOf(points: Float64Array): number[] {
  return Array.from({ length: points.length / POINT_SIZE }, (_, k) => points[k * POINT_SIZE] ?? Number.NaN)
}

describe('points that wait for the screen', () => {
  it('are handed out once, as they came', () => {
    const points = new Points(100)
    points.add(pointsOf(0, 50))
    expect(points.lastStep).toBe(49)
    expect(points.take()).toEqual(pointsOf(0, 50))
    expect(points.take()).toHaveLength(0)
  })

  it('never grow beyond the capacity and stay in order', () => {
    const points = new Points(1000)
    for (let s = 0; s < 100_000; s += 7) points.add(pointsOf(s, s + 7))
    expect(points.length).toBeLessThanOrEqual(1000)
    expect(points.length).toBeGreaterThanOrEqual(500)
    const steps = stepsOf(points.take())
    expect(steps).toEqual(steps.toSorted((a, b) => a - b))
    expect(new Set(steps).size).toBe(steps.length)
  })

  it('keep those with evaluated losses when they are thinned', () => {
    const points = new Points(100)
    points.add(pointsOf(0, 150))
    const steps = stepsOf(points.take())
    for (let s = 0; s < 150; s += 10) expect(steps).toContain(s)
  })
})
