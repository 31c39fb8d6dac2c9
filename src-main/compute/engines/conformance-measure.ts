/** How far is an engine from the float64 formulas, and how far may it be? */
import { expect } from 'vitest'
import { largestError } from '../../../src-shared/golden/error'
import type { LayerTensors } from '../../../src-shared/kan/parameters'
import type { Capabilities } from './engine'

export interface Tolerances {
  /** Largest error of outputs, relative to the largest output; losses and scores follow from it. */
  readonly forward: number
  /** Largest error of gradients, relative to the largest of their tensor. */
  readonly gradient: number
  /** Relative error of the losses of 20 golden steps. */
  readonly golden: number
  /** Relative error of the losses of 100 steps that run freely. */
  readonly training: number
}

export const TOLERANCES: Readonly<Record<Capabilities['precision'], Tolerances>> = {
  float64: { forward: 1e-10, gradient: 1e-10, golden: 1e-8, training: 1e-8 },
  float32: { forward: 2e-5, gradient: 1e-4, golden: 1e-4, training: 1e-2 },
}

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
    for (const name of ['weights', 'baseScaler', 'basisScaler', 'bias'] as const) {
      expectClose(tensors[name], expected[l]?.[name], tolerance)
    }
  })
}
