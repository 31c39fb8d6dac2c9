import { expect, test } from 'vitest'
import { formatBytes } from './memory'

test('bytes have two digits, or all before the point', () => {
  const sizes = [0, 512, 1234, 328_000, 14_200_000, 2_500_000_000, 49e9]
  expect(sizes.map(formatBytes)).toEqual(['0 bytes', '512 bytes', '1.2 kB', '328 kB', '14 MB', '2.5 GB', '49 GB'])
})
