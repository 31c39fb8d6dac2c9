import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compiledBatch, epochOrder, evaluationInterval, position, rowStride, walk } from './plan'

describe('the walk through the rows', () => {
  it('visits every row once an epoch, the last batch being what is left', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (rows, batchSize) => {
        const way = walk(rows, batchSize)
        const seen: number[] = []
        for (let step = 0; step < way.batchesPerEpoch; step++) {
          const { epoch, offset } = position(way, step)
          expect(epoch).toBe(0)
          for (let k = offset; k < Math.min(offset + (way.batchSize ?? rows), rows); k++) seen.push(k)
        }
        expect(seen).toEqual(Array.from({ length: rows }, (_, k) => k))
        expect(position(way, way.batchesPerEpoch).epoch).toBe(1)
      }),
    )
  })

  it('takes all rows at once where the batch holds them all', () => {
    expect(walk(100, 100).batchSize).toBeNull()
    expect(walk(100, null).batchesPerEpoch).toBe(1)
  })

  it('orders an epoch by seed and epoch only', () => {
    expect(epochOrder(50, 3, 7)).toEqual(epochOrder(50, 3, 7))
    expect(epochOrder(50, 3, 7)).not.toEqual(epochOrder(50, 3, 8))
    expect(epochOrder(50, 3, 7)).not.toEqual(epochOrder(50, 4, 7))
    expect([...epochOrder(50, 3, 7)].toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, k) => k))
  })

  it('compiles for the batch, and for a chunk that evaluations can walk with', () => {
    expect(compiledBatch(walk(20, null))).toBe(20)
    expect(compiledBatch(walk(100_000, 32))).toBeGreaterThan(32)
    expect(compiledBatch(walk(100_000, 50_000))).toBe(50_000)
  })
})

describe('evaluations', () => {
  it('happen at every step of a short run and 500 times in a long one', () => {
    expect(evaluationInterval(400, 1000, walk(1000, 100), 100)).toBe(1)
    expect(evaluationInterval(5000, 1000, walk(1000, 100), 100)).toBe(10)
  })

  it('cost no more than a quarter of the training, or a fixed piece of work', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 1, max: 4096 }),
        fc.integer({ min: 1, max: 1_000_000 }),
        (steps, rows, batchSize, parameters) => {
          const way = walk(rows, batchSize)
          const interval = evaluationInterval(steps, rows, way, parameters)
          const work = (steps / interval) * rows * parameters
          const training = 3 * steps * Math.min(batchSize, rows) * parameters
          expect(work).toBeLessThanOrEqual(Math.max(2e9, 0.25 * training) * (1 + 1e-9))
          expect(interval % rowStride(steps)).toBe(0)
        },
      ),
    )
  })

  it('fall on rows that the metrics keep, of which there are 10 000 at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), (steps) => {
        expect(Math.floor(steps / rowStride(steps)) + 1).toBeLessThanOrEqual(10_000)
      }),
    )
    expect(rowStride(9_999)).toBe(1)
  })
})
