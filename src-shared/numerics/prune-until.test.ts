/** Is as much pruned as the loss allows, and no more? */
import { describe, expect, test } from 'vitest'
import type { PruneLoss } from '../contract/pruning'
import { specificationSchema } from '../kan/specification'
import { pruneUntil } from './prune-until'

const specification = specificationSchema.parse({
  ...{ format: 1, name: 'test', inputs: [{ name: 'x' }, { name: 'y' }], outputs: [{ name: 'f' }] },
  layers: [5, 1].map((nodes) => ({ nodes, basis: { type: 'chebyshev', degree: 2 } })),
})
const scores = [Float64Array.from({ length: 10 }, (_, e) => 0.1 + e / 100), Float64Array.of(1, 2, 3, 4, 5)]
const rule = { what: 'edges', locked: 'keep' } as const

/** Each edge costs one hundredth. */
async function lossOf(layers: readonly Uint32Array[]): Promise<PruneLoss> {
  const count = layers.reduce((sum, { length }) => sum + length, 0)
  const split = { name: 'validation', rows: 5, of: 5, before: 2, after: 2 * (1 + count / 100) } as const
  return { revision: 0, milliseconds: 0, splits: [{ ...split, name: 'train', after: 9 }, split] }
}

describe('pruning until the loss rises', () => {
  test('takes the weakest edges as long as the validation loss keeps to the limit', async () => {
    const parts: number[] = []
    const onProgress = (part: number) => parts.push(part)
    const found = await pruneUntil({ specification, scores, rule, limit: 0.031, lossOf, onProgress })
    // Two edges into the first node, its edge out, which leads nowhere then, would be the third.
    expect(found?.pruning.edges).toBe(3)
    expect(found?.threshold).toBeCloseTo(0.11, 12)
    expect(found?.loss).toMatchObject({ name: 'validation', before: 2 })
    expect(parts.at(-1)).toBe(1)
    expect(parts).toEqual([...parts].sort())
  })

  test('finds nothing where even the weakest edge costs more, and all but the last way where nothing costs', async () => {
    expect(await pruneUntil({ specification, scores, rule, limit: 0, lossOf })).toBeNull()
    const free = async (layers: readonly Uint32Array[]) => {
      const loss = await lossOf(layers)
      return { ...loss, splits: loss.splits.map((split) => ({ ...split, after: split.before / 2 })) }
    }
    const found = await pruneUntil({ specification, scores, rule, limit: 0, lossOf: free })
    expect(found?.pruning).toMatchObject({ edges: 13, kept: 2 })
  })

  test('does not take a loss that is not a number for a small one', async () => {
    const broken = async () => ({ revision: 0, milliseconds: 0, splits: [{ ...NAN }] })
    expect(await pruneUntil({ specification, scores, rule, limit: 0.5, lossOf: broken })).toBeNull()
  })

  test('stops when it is told to', async () => {
    const control = new AbortController()
    const asked = async (layers: readonly Uint32Array[]) => {
      control.abort(new Error('enough'))
      return lossOf(layers)
    }
    const search = pruneUntil({ specification, scores, rule, limit: 0.5, lossOf: asked, signal: control.signal })
    await expect(search).rejects.toThrow('enough')
  })
})

const NAN = { name: 'train', rows: 1, of: 1, before: 1, after: Number.NaN } as const
