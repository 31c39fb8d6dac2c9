import { expect, test } from 'vitest'
import { inSight } from '../../ui/window'
import { scrollOf } from './scroll-to'

test('a row that is jumped to is the first in sight, whatever the length of the table', () => {
  for (const rows of [100, 10_000, 1_000_000, 50_000_000]) {
    for (const row of [0, 7, Math.floor(rows / 3), rows - 20]) {
      const { first, end } = inSight(rows, 24, Math.round(scrollOf(row, rows, 24, 200)), 200, 0)
      // A scroll is a whole number of pixels, which are several rows of the longest table.
      const pixel = Math.ceil((rows * 24) / 16_000_000)
      expect(first).toBeLessThanOrEqual(row + pixel)
      expect(end, `row ${row} of ${rows}`).toBeGreaterThan(row - pixel)
    }
  }
})
