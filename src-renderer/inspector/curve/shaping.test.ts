import { expect, test } from 'vitest'
import { alongLine, drawnOn, movedHandle, newestOnly } from './shaping'

test('a handle moves and the others hold the curve', () => {
  expect(movedHandle([-1, 0, 1], 1, 5)).toEqual([
    { x: -1, y: null },
    { x: 0, y: 5 },
    { x: 1, y: null },
  ])
})

test('a line is kept from left to right, and drawn anew where the pointer comes back', () => {
  const there = drawnOn(drawnOn([], null, { x: 0, y: 0 }), { x: 0, y: 0 }, { x: 4, y: 4 })
  expect(there.map(({ x }) => x)).toEqual([0, 1, 2, 3, 4])
  const back = drawnOn(there, { x: 4, y: 4 }, { x: 2, y: -2 })
  expect(back.map(({ x }) => x)).toEqual([0, 1, 2, 2.5, 3, 3.5, 4])
  expect(back.find(({ x }) => x === 2)?.y).toBe(-2)
})

test('beside a line the curve goes on as it was, but for a little room in which to turn', () => {
  const line = Array.from({ length: 1000 }, (_, p) => ({ x: p / 1000, y: 1 }))
  const before = Array.from({ length: 31 }, (_, p) => ({ x: p / 10 - 1, y: -7 }))
  const points = alongLine(line, before)
  const held = points.filter(({ y }) => y === -7).map(({ x }) => x)
  expect(held.every((x) => x < -0.17 || x > 1.17)).toBe(true)
  expect([Math.min(...held), Math.max(...held)]).toEqual([-1, 2])
  expect(points.length - held.length).toBeLessThanOrEqual(201)
})

test('of many values only the newest follows the one that is under way', async () => {
  const done: number[] = []
  let release = () => {}
  const run = newestOnly(async (value: number) => {
    done.push(value)
    await new Promise<void>((resolve) => {
      release = resolve
    })
  })
  for (const value of [1, 2, 3]) run(value)
  expect(done).toEqual([1])
  release()
  await new Promise((resolve) => setTimeout(resolve))
  expect(done).toEqual([1, 3])
})
