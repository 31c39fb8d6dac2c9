import { expect, it } from 'vitest'
import type { BenchEvent } from './event'
import type { RaceEvent } from './race'
import { benchSoFar, raceSoFar } from './so-far'
import { rowOf } from './testing'

const place = { turn: 1, turns: 4, remainingSeconds: 2 }
const samples = (name: string, step: number): BenchEvent => ({
  type: 'samples',
  row: rowOf(name, [1, 1, step]),
  ...place,
})
const turn = (row: string): BenchEvent => ({ type: 'turn-started', row, ...place })
const started: BenchEvent = { type: 'started', title: 'Any', rows: [], turns: 4 }

it('is the start, the newest of each row, failures, and whose turn it is', () => {
  const failed: BenchEvent = { type: 'row-failed', row: 'c', reason: 'It hung.' }
  const told = [started, turn('a'), samples('a', 1), turn('b'), samples('b', 1), turn('c'), failed, turn('a')]
  const events = [...told, samples('a', 2), turn('b')]
  expect(events.reduce(benchSoFar, [])).toEqual([started, samples('b', 1), failed, samples('a', 2), turn('b')])
})

it('is of the last benchmark only, and nothing once that has ended', () => {
  const ended = { type: 'ended' } as BenchEvent
  expect([started, samples('a', 1), ended].reduce(benchSoFar, [])).toEqual([])
  expect([started, samples('a', 1), ended, started].reduce(benchSoFar, [])).toEqual([started])
})

it('is of a race the start and the newest of each candidate', () => {
  const begun: RaceEvent = { type: 'started', names: ['a', 'b'], scored: { rows: 'test', loss: 'mse' } }
  const line = (name: string, steps: number): RaceEvent => ({
    type: 'line',
    line: { name, points: [], steps, problem: null },
  })
  expect([begun, line('a', 1), line('a', 2), line('b', 1)].reduce(raceSoFar, [])).toEqual([
    begun,
    line('a', 2),
    line('b', 1),
  ])
  expect([begun, { type: 'ended' } as RaceEvent].reduce(raceSoFar, [])).toEqual([])
})
