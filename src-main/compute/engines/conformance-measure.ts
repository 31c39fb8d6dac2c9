/** How far is an engine from the float64 formulas, and how far may it be? */
import { expect } from 'vitest'
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

/** Largest difference, relative to the largest expected value; the difference itself where all are expected to be 0. */
export function errorOf(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let error = 0
  let largest = 0
  for (let k = 0; k < expected.length; k++) {
    const difference = Math.abs((actual[k] as number) - (expected[k] as number))
    // Written so that NaN counts.
    if (!(difference <= error)) error = difference
    largest = Math.max(largest, Math.abs(expected[k] as number))
  }
  return largest === 0 ? error : error / largest
}

export function expectClose(
  actual: ArrayLike<number> | null | undefined,
  expected: ArrayLike<number> | null | undefined,
  tolerance: number,
): void {
  expect(actual?.length).toBe(expected?.length)
  if (actual && expected) expect(errorOf(actual, expected)).toBeLessThanOrEqual(tolerance)
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
