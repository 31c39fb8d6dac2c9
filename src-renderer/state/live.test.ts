import { expect, test } from 'vitest'
import { POINT_SIZE } from '../../src-shared/contract/telemetry'
import { append, Live } from './live'

const points = (...steps: number[]) => Float64Array.from(steps.flatMap((step) => [step, 1, 1, NaN, 0, 0]))
const steps = (all: Float64Array) => Array.from(all).filter((_, index) => index % POINT_SIZE === 0)

test('points that follow are appended', () => {
  expect(steps(append(points(0, 1), points(2, 3)))).toEqual([0, 1, 2, 3])
})

test('a run resumed from a checkpoint replaces the points after it', () => {
  expect(steps(append(points(0, 1, 2, 3, 4), points(3, 4, 5)))).toEqual([0, 1, 2, 3, 4, 5])
})

test('a long run is thinned and still ends at its newest point', () => {
  const all = append(points(...Array.from({ length: 20_000 }, (_, step) => step)), points(20_000, 20_001))
  expect(all.length / POINT_SIZE).toBe(10_001)
  expect(steps(all).at(-1)).toBe(20_001)
  expect(steps(all)[1]).toBe(2)
})

test('scores are shown by the convention that was chosen, also those that come later', () => {
  const scored = (l1: number, attribution: number) => ({
    scores: { l1: Float32Array.of(l1), attribution: Float32Array.of(attribution) },
    minimum: Float32Array.of(-1),
    maximum: Float32Array.of(1),
  })
  const live = new Live()
  live.replace([], [scored(1, 2)])
  expect(live.importance?.[0]?.scores[0]).toBe(1)
  live.score('attribution')
  expect(live.importance?.[0]?.scores[0]).toBe(2)
  live.replace([], [scored(3, 4)])
  expect(live.importance?.[0]).toMatchObject({ scores: Float32Array.of(4), maximum: Float32Array.of(1) })
  expect(live.version).toBe(3)
})

test('listeners hear of a change until they leave', () => {
  const live = new Live()
  let heard = 0
  const leave = live.subscribe(() => heard++)
  live.replace([], null)
  leave()
  live.replace([], null)
  expect(heard).toBe(1)
  expect(live.version).toBe(2)
})
