import { expect, test } from 'vitest'
import { overfitting, passedBest } from './best'

const best = { step: 20, validation: 0.5 }

/** Points of every tenth step, with one between two of them that was not evaluated. */
function curve(losses: readonly (readonly [train: number, validation: number])[]): Float64Array {
  return Float64Array.from(
    losses.flatMap(([train, validation], k) => [
      ...[10 * k, train, train, validation, 0, k],
      ...[10 * k + 5, train, train, Number.NaN, 0, k],
    ]),
  )
}

const down: readonly (readonly [number, number])[] = [
  [3, 2],
  [2, 1],
  [1, 0.5],
]
const apart = (count: number, validation = 0.6): [number, number][] =>
  Array.from({ length: count }, (_, k) => [0.9 - 0.01 * k, validation])

test('a run has passed its best step where its validation rows do worse than there', () => {
  const now = { state: { type: 'paused' }, step: 30, validation: 0.51, best } as const
  expect(passedBest(now)).toBe(best)
  expect(passedBest({ ...now, validation: 0.5 })).toBeNull()
  expect(passedBest({ ...now, step: 20 })).toBeNull()
  expect(passedBest({ ...now, validation: Number.NaN })).toBeNull()
  expect(passedBest({ ...now, best: null })).toBeNull()
  const running = { ...now, state: { type: 'running' } } as const
  expect(passedBest({ ...running, step: 22 }), 'a loss that falls is never smooth').toBeNull()
  expect(passedBest({ ...running, step: 23 })).toBe(best)
})

test('overfitting is told where five validation losses in a row are clearly above the best and training fell', () => {
  const words =
    'Overfitting: since step 20 validation rose from 0.500 to 0.600, while the training rows went from 1.00 to 0.860.'
  expect(overfitting(curve([...down, ...apart(5)]), best)).toBe(words)
  expect(overfitting(curve([...down, ...apart(4)]), best)).toBeNull()
  expect(overfitting(curve([...down, ...apart(5, 0.54)]), best)).toBeNull()
  expect(overfitting(curve([...down, ...apart(4), [0.8, 0.52]]), best)).toBeNull()
})

test('validation that rises together with training is no overfitting, nor is a curve without validation', () => {
  const both: [number, number][] = Array.from({ length: 5 }, () => [1.2, 0.9])
  expect(overfitting(curve([...down, ...both]), best)).toBeNull()
  expect(overfitting(curve(apart(9, Number.NaN)), best)).toBeNull()
  expect(overfitting(curve([...down, ...apart(5)]), null)).toBeNull()
})

test('of a curve whose best point was thinned away the one before it counts', () => {
  expect(overfitting(curve([...down, ...apart(6)]), { step: 23, validation: 0.5 })).toContain('since step 23')
})
