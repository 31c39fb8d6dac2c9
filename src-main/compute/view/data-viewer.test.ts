import { describe, expect, it } from 'vitest'
import { dataSchema } from '../../../src-shared/contract/job'
import { hello, network, opened, runOptions, table } from '../testing'
import { sampleOf } from './data-viewer'

const ROWS = Array.from({ length: 60 }, (_, k) => [
  k,
  k === 7 ? '' : 2 * k + 1,
  ['red', 'green', 'blue'][k % 3] ?? '',
  2 * k + (k % 3),
  k,
  5,
])

/** Scaled by nothing, so that most of `a` lies outside of the first grid, −1 … 1. */
async function openedTable() {
  const file = await table('a,b,colour,y,twin,same', ROWS)
  const data = dataSchema.parse({
    file,
    inputs: ['a', 'b', 'colour', 'twin', 'same'],
    targets: ['y'],
    split: { type: 'chronological', validation: 0.2, test: 0.1, seed: 0 },
    scaling: 'none',
    columns: { b: { missing: 'drop' } },
  })
  return opened({ model: network([7, 2, 1]), data })
}

describe('columns', () => {
  it('are told in short: odd ones, what is off the grid, how closely each goes with the target', async () => {
    const { session } = await openedTable()
    const { columns, targets, rows } = await session.dataColumns(0)
    expect({ rows, targets }).toEqual({ rows: 59, targets: ['y'] })
    expect(columns.map(({ name, role, twin, constant, outside }) => [name, role, twin, constant, outside])).toEqual([
      ['a', 'input', null, false, 57],
      ['b', 'input', null, false, 58],
      ['colour', 'input', null, false, null],
      ['twin', 'input', 'a', false, 57],
      ['same', 'input', null, true, 59],
      ['y', 'target', null, false, null],
    ])
    expect(columns[0]?.strength).toMatchObject({ type: 'number', rank: expect.closeTo(1, 2) })
    expect(columns[2]?.strength).toMatchObject({ type: 'category', ratio: expect.closeTo(0, 0) })
    expect(columns[5]?.strength).toMatchObject({ pearson: expect.closeTo(1, 12) })
  })

  it('are told in full, in their own units and with what the trained network says', async () => {
    const { session, train } = await openedTable()
    const before = await session.dataColumn({ column: 1, target: 0 })
    expect(before).toMatchObject({ name: 'b', min: 1, max: 119, grid: { low: -1, high: 1, below: 0, above: 58 } })
    expect(before.points.predicted).toBeNull()
    expect([...before.points.x.subarray(0, 3)]).toEqual([1, 3, 5])
    expect([...before.points.y.subarray(0, 3)]).toEqual([0, 3, 6])
    const colour = await session.dataColumn({ column: 2, target: 0 })
    expect(colour).toMatchObject({ kind: 'category', distinct: 3, min: null, grid: null })
    expect(colour.points.texts[colour.points.x[0] ?? -1]).toBe('red')
    await train(await runOptions({ steps: 5 }))
    const after = await session.dataColumn({ column: 1, target: 0 })
    const { outputs } = { outputs: after.points.predicted }
    expect(outputs).toHaveLength(59)
    expect(outputs?.every(Number.isFinite)).toBe(true)
    const { splits } = await session.results({ output: 0, whole: false })
    expect(outputs?.[0], 'the first row trains').toBeCloseTo(splits[0]?.points.predicted[0] ?? 0, 4)
  })

  it('that are scaled to −1 … 1 lie within the grid to the last digit', async () => {
    const file = await table(
      'a,y',
      Array.from({ length: 40 }, (_, k) => [0.1 + k / 3, k]),
    )
    const data = dataSchema.parse({ file, inputs: ['a'], targets: ['y'], scaling: 'minmax' })
    const { session } = await opened({ model: network([1, 1]), data })
    expect((await session.dataColumns(0)).columns[0]?.outside).toBe(0)
    const { grid } = await session.dataColumn({ column: 0, target: 0 })
    expect(grid?.low).toBeCloseTo(0.1, 10)
    expect(grid?.high).toBeCloseTo(13.1, 10)
  })

  it('that do not exist are refused', async () => {
    const { session } = await openedTable()
    await expect(session.dataColumns(3)).rejects.toThrow('There is no target 4: the data have 1.')
    await expect(session.dataColumn({ column: 9, target: 0 })).rejects.toThrow('There is no column 10')
  })
})

describe('rows', () => {
  it('stand as in the file, with what becomes of each', async () => {
    const { session } = await openedTable()
    expect(await session.dataTable()).toEqual({ names: ['a', 'b', 'colour', 'y', 'twin', 'same'], rows: 60 })
    const rows = await session.dataRows(6, 3)
    expect(rows.map(({ part }) => part)).toEqual(['train', null, 'train'])
    expect(rows[1]?.cells).toEqual(['7', null, 'green', '15', '7', '5'])
    const [last] = await session.dataRows(59, 10)
    expect(last).toMatchObject({ part: 'test', cells: ['59', '119', 'blue', '120', '59', '5'] })
    expect(await session.dataRows(60, 10)).toEqual([])
  })

  it('of a generator are its numbers', async () => {
    const { session } = await opened({ data: hello(50, { validation: 0.2 }) })
    expect(await session.dataTable()).toEqual({ names: ['x', 'y', 'f'], rows: 50 })
    const rows = await session.dataRows(40, 100)
    expect(rows).toHaveLength(10)
    expect(Number(rows[0]?.cells[0])).toBeGreaterThanOrEqual(-1)
  })
})

it('samples are of the number of rows only, ascending and all different', () => {
  expect([...sampleOf(3, 10)]).toEqual([0, 1, 2])
  const sample = sampleOf(1_000_000, 2000)
  expect(sample).toEqual(sampleOf(1_000_000, 2000))
  expect(new Set(sample).size).toBe(2000)
  expect([...sample]).toEqual([...sample].sort((a, b) => a - b))
})
