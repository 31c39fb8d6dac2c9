/** Rows of a benchmark for tests. */
import { type BenchRow, benchRow } from './results'
import type { RowFacts } from './tasks'

/** @param times of forward, backward and a step, the same in every repetition */
export function rowOf(
  name: string,
  [forward, backward, step]: readonly [number, number, number],
  facts: Partial<RowFacts & Pick<BenchRow, 'forwardBytes' | 'deviceBytes' | 'parameters'>> = {},
): BenchRow {
  const { forwardBytes = null, deviceBytes = null, parameters = 1000, ...rest } = facts
  return benchRow(
    {
      ...{ name, method: name.replace(/-.*/, ''), engine: 'wasm', threads: null, regularized: false },
      ...{ widths: [2, 5, 1], batchSize: 100, ...rest },
    },
    { forward: [forward, forward], backward: [backward, backward], step: [step, step] },
    { forwardBytes, backwardBytes: forwardBytes, deviceBytes, parameters, trainable: parameters },
  )
}
