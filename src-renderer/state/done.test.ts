import { expect, test } from 'vitest'
import type { SplitLoss } from '../../src-shared/contract/pruning'
import { doneWords } from './done'

const cost: SplitLoss = { name: 'train', rows: 2000, of: 90_000, before: 0.0031, after: 0.12 }

test('what was done is told with what it did to the loss', () => {
  expect(doneWords('Tie 3 edges', null)).toBe('Tie 3 edges')
  expect(doneWords('Tie 3 edges', cost)).toBe('Tie 3 edges: loss 3.10e−3 → 0.120')
  expect(doneWords('Tie 3 edges', { ...cost, name: 'validation' })).toBe('Tie 3 edges: validation 3.10e−3 → 0.120')
  expect(doneWords('Tie 3 edges', { ...cost, after: Number.NaN })).toBe('Tie 3 edges: loss 3.10e−3 → –')
})

test('a loss that is the same to the digits that are shown stays what it is', () => {
  expect(doneWords('Tie 3 edges', { ...cost, before: 0.5, after: 0.5000001 })).toBe('Tie 3 edges: loss stays 0.500')
})
