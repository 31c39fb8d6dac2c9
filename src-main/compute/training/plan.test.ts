import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compiledBatch,
  epochOrder,
  evaluationInterval,
  gridRows,
  nextGridUpdate,
  position,
  rowStride,
  walk,
} from './plan'

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

describe('grid updates', () => {
  const steps = (count: number, until: number) =>
    Array.from({ length: until + 20 }, (_, step) => step).filter(
      (step) => nextGridUpdate({ count, until }, step) === step,
    )

  it('come 10 times in the first 50 steps as better_kan has them', () => {
    expect(steps(10, 50)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45])
    expect(nextGridUpdate(null, 0)).toBe(Number.POSITIVE_INFINITY)
  })

  it('are spread evenly where that does not come out even, at most one a step', () => {
    expect(steps(3, 10)).toEqual([0, 3, 6])
    expect(steps(7, 3)).toEqual([0, 1, 2])
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 200 }), (count, until) => {
        const all = Array.from({ length: count }, (_, k) => Math.floor((k * until) / count))
        expect(steps(count, until)).toEqual([...new Set(all)])
      }),
    )
  })

  it('follow all rows, or some of many by the seed alone, fewer where a layer is wide', () => {
    expect(gridRows(10_000, 5, 1)).toBeNull()
    const some = gridRows(60_000, 100, 1)
    expect(some).toHaveLength(10_000)
    expect(some).toEqual(gridRows(60_000, 100, 1))
    expect(some).not.toEqual(gridRows(60_000, 100, 2))
    expect(gridRows(60_000, 1000, 1)).toHaveLength(2000)
    expect(gridRows(60_000, 100_000, 1)).toHaveLength(1000)
  })
})
