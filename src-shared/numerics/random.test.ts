import fc from 'fast-check'
import { expect, test } from 'vitest'
import { random, shuffle } from './random'

const take = (next: () => number, count: number) => Array.from({ length: count }, next)

test('a seed and a stream always give the same numbers, other ones other numbers', () => {
  expect(take(random(7, 'a'), 5)).toEqual(take(random(7, 'a'), 5))
  const first = [random(7), random(8), random(7, 'a'), random(7, 'b'), random(2 ** 53 - 1)].map((next) => next())
  expect(new Set(first).size).toBe(first.length)
})

test('these very numbers belong to seed 0: files and engines rely on them', () => {
  expect(take(random(0, 'weights'), 3)).toMatchInlineSnapshot(`
    [
      0.6243417395296639,
      0.3164045852404668,
      0.9732713735444374,
    ]
  `)
})

test('numbers are uniform in [0, 1), also the first ones of neighbouring streams', () => {
  for (const numbers of [take(random(1), 20_000), Array.from({ length: 20_000 }, (_, k) => random(1, `0/${k}/0`)())]) {
    const bins = new Array<number>(20).fill(0)
    for (const u of numbers) bins[Math.floor(u * 20)] = (bins[Math.floor(u * 20)] ?? 0) + 1
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...numbers)).toBeLessThan(1)
    // Chi-squared with 19 degrees of freedom exceeds 43.8 once in a thousand.
    expect(bins.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)).toBeLessThan(43.8)
  }
})

test('a shuffle holds every number once, and its first place is fair', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.nat(), (n, seed) => {
      expect([...shuffle(n, random(seed))].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, k) => k))
    }),
  )
  const firsts = new Array<number>(5).fill(0)
  const next = random(3)
  for (let k = 0; k < 5000; k++) {
    const first = shuffle(5, next)[0] ?? 0
    firsts[first] = (firsts[first] ?? 0) + 1
  }
  firsts.forEach((count) => {
    expect(Math.abs(count - 1000)).toBeLessThan(120)
  })
})
