import { expect, test } from 'vitest'
import { byValue } from './value-order'

test('values stand in one order, whatever order they come in', () => {
  const ordered = ['-5', '-1', '2', '10', 'äpfel', 'birnen', 'Step 2', 'step 2', 'step 10']
  const sorted = ordered.toReversed().toSorted(byValue)
  expect(sorted.slice(0, 6)).toEqual(['-5', '-1', '2', '10', 'äpfel', 'birnen'])
  expect(sorted.at(-1)).toBe('step 10')
  expect(ordered.toSorted(byValue)).toEqual(sorted)
  expect([...sorted.slice(4), ...sorted.slice(0, 4)].toSorted(byValue)).toEqual(sorted)
})
