/** How far is an engine from the float64 formulas, and how far may it be? */
import { expect } from 'vitest'
import { largestError } from '../../../src-shared/golden/error'
import type { LayerTensors } from '../../../src-shared/kan/parameters'

/** Errors are relative to the largest expected value; absolute where all are expected to be 0. */
export function expectClose(
  actual: ArrayLike<number> | null | undefined,
  expected: ArrayLike<number> | null | undefined,
  tolerance: number,
): void {
  expect(actual?.length).toBe(expected?.length)
  if (actual && expected) expect(largestError(actual, expected)).toBeLessThanOrEqual(tolerance)
}

export function expectCloseTensors(
  actual: readonly LayerTensors[],
  expected: readonly LayerTensors[],
  tolerance: number,
): void {
  expect(actual).toHaveLength(expected.length)
  actual.forEach((tensors, l) => {
    for (const name of ['weights', 'baseScaler', 'basisScaler', 'bias', 'symbolic'] as const) {
      expectClose(tensors[name], expected[l]?.[name], tolerance)
    }
  })
}
