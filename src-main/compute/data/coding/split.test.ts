import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Split } from '../../../../src-shared/contract/job'
import { splitRows } from './split'

const random = (validation: number, test = 0, seed = 0): Split => ({ type: 'random', validation, test, seed })
const sizes = (rows: number, split: Split) => {
  const { train, validation, test } = splitRows(rows, split)
  return [train.length, validation?.length ?? null, test?.length ?? null]
}

const splits = fc
  .record({
    rows: fc.integer({ min: 1, max: 300 }),
    validation: fc.integer({ min: 0, max: 60 }),
    test: fc.integer({ min: 0, max: 39 }),
    seed: fc.nat(),
    type: fc.constantFrom('random' as const, 'chronological' as const),
  })
  .map(({ rows, validation, test, seed, type }) => ({
    rows,
    percent: { validation, test },
    split: { type, validation: validation / 100, test: test / 100, seed },
  }))

describe('a split of the rows', () => {
  it('trains on every row where none is asked for', () => {
    expect(splitRows(3, undefined)).toEqual({
      train: Uint32Array.of(0, 1, 2),
      validation: null,
      test: null,
      notes: [],
    })
  })

  it('puts each row into exactly one part, and keeps the order of the table within a part', () => {
    fc.assert(
      fc.property(splits, ({ rows, split }) => {
        const { train, validation, test } = splitRows(rows, split)
        const parts = [train, validation, test].flatMap((part) => (part === null ? [] : [[...part]]))
        expect(parts.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row))
        for (const part of parts) expect(part).toEqual(part.toSorted((a, b) => a - b))
      }),
    )
  })

  it('takes the whole part of the share as it is written, and says so where that is no row: no part is ever empty', () => {
    fc.assert(
      fc.property(splits, ({ rows, percent, split }) => {
        const whole = (share: number) => Math.floor((share * rows) / 100) || null
        const { train, validation, test, notes } = splitRows(rows, split)
        expect(train.length).toBeGreaterThan(0)
        expect([validation?.length ?? null, test?.length ?? null]).toEqual([
          whole(percent.validation),
          whole(percent.test),
        ])
        const lost = (part: 'validation' | 'test') => percent[part] > 0 && whole(percent[part]) === null
        expect(notes).toHaveLength(Number(lost('validation')) + Number(lost('test')))
      }),
    )
  })

  it.each([
    [1, [1, null, null]],
    [2, [2, null, null]],
    [3, [3, null, null]],
    [5, [4, 1, null]],
  ])('with a fifth for validation gives %d rows the sizes %j', (rows, expected) => {
    expect(sizes(rows, random(0.2))).toEqual(expected)
  })

  it('leaves a row on each side of three where half of them shall validate', () => {
    expect(sizes(3, random(0.5))).toEqual([2, 1, null])
  })

  it('says that a tiny table has no validation, and why', () => {
    expect(splitRows(1, random(0.2)).notes).toEqual(['There is no validation: 0.2 of 1 row is less than one row.'])
    expect(splitRows(4, random(0.2, 0.1)).notes).toEqual([
      'There is no validation: 0.2 of 4 rows is less than one row.',
      'There is no test: 0.1 of 4 rows is less than one row.',
    ])
  })

  it('refuses to leave nothing to train on', () => {
    expect(() => splitRows(10, random(0.6, 0.4))).toThrow(
      'the split leaves no rows to train on: validation 0.6 and test 0.4 together must be below 1',
    )
    expect(() => splitRows(10, random(0.6, 0.4))).toThrow(expect.objectContaining({ exitCode: 2 }))
  })

  it('is the same for the same seed and another for another', () => {
    expect(splitRows(100, random(0.2, 0.1, 7))).toEqual(splitRows(100, random(0.2, 0.1, 7)))
    expect(splitRows(100, random(0.2, 0, 7)).validation).not.toEqual(splitRows(100, random(0.2, 0, 8)).validation)
  })

  it('validates on the same rows whether others are set aside for a test or not', () => {
    expect(splitRows(100, random(0.2, 0.3)).validation).toEqual(splitRows(100, random(0.2)).validation)
  })

  it('lets every row have its chance', () => {
    const chosen = new Set<number>()
    for (let seed = 0; seed < 50; seed++)
      for (const row of splitRows(20, random(0.2, 0, seed)).validation ?? []) chosen.add(row)
    expect(chosen.size).toBe(20)
  })

  it('in time takes the last rows: training first, then validation, then test', () => {
    const { train, validation, test } = splitRows(10, { ...random(0.2, 0.1), type: 'chronological' })
    expect([[...train], [...(validation ?? [])], [...(test ?? [])]]).toEqual([[0, 1, 2, 3, 4, 5, 6], [7, 8], [9]])
  })
})
