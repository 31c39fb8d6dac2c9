import { expect, test } from 'vitest'
import { POINT_SIZE } from '../../src-shared/contract/telemetry'
import { Points } from './points'

const point = (step: number, trainLoss = Number.NaN) => Float64Array.of(step, 1, trainLoss, Number.NaN, 0, step)
const steps = (points: Points) => [...points.all].filter((_, i) => i % POINT_SIZE === 0)

test('points that go back in steps replace those from there on', () => {
  const points = new Points()
  for (const step of [0, 1, 2, 3]) points.append(point(step))
  points.append(point(2))
  expect(steps(points)).toEqual([0, 1, 2])
})

test('a long curve is thinned: bounded, in order, with its end and with what was evaluated', () => {
  const points = new Points()
  for (let step = 0; step <= 50_000; step++) points.append(point(step, step % 1000 === 1 ? 0.5 : Number.NaN))
  const kept = steps(points)
  expect(kept.length).toBeLessThanOrEqual(20_000)
  expect(kept.at(-1)).toBe(50_000)
  expect(kept).toEqual([...kept].sort((a, b) => a - b))
  expect(kept).toEqual(expect.arrayContaining([1, 1001, 49_001]))
})
