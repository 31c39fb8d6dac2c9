import { describe, expect, it } from 'vitest'
import type { Split } from '../../../../src-shared/contract/job'
import type { RawColumn, RawData, RawNumbers } from './raw-data'
import { splitRows } from './split'
import { splitBasis } from './split-basis'

const numbers = (name: string, values: readonly number[], type: RawNumbers['type'] = 'number'): RawNumbers => ({
  type,
  name,
  values: Float64Array.from(values),
})
const texts = (name: string, cells: readonly (string | null)[]): RawColumn => {
  const all = [...new Set(cells.filter((cell) => cell !== null))]
  return { type: 'category', name, texts: all, codes: Uint32Array.from(cells, (cell) => all.indexOf(cell ?? '')) }
}
const data = (splitBy: RawColumn | null, ...targets: RawNumbers[]): RawData => {
  const rows = targets[0]?.values.length ?? 0
  const place = async (row: number) => `table.csv, line ${row + 2}`
  return {
    name: 'table.csv',
    fingerprint: null,
    rows,
    inputs: [],
    targets,
    labels: null,
    splitBy,
    notes: [],
    numbers: null,
    tableRows: null,
    place,
  }
}
const wish = (type: Split['type'], validation = 0.2, test = 0, seed = 0): Split => ({ type, validation, test, seed })
const split = async (raw: RawData, how: Split) => {
  const { basis, notes } = await splitBasis(raw, how)
  const { train, validation, test } = splitRows(raw.rows, how, basis)
  return { train: [...train], validation: [...(validation ?? [])], test: [...(test ?? [])], notes }
}
const ten = (cell: (k: number) => number) => Array.from({ length: 10 }, (_, k) => cell(k))
const count = (rows: readonly number[], isOf: (row: number) => boolean) => rows.filter(isOf).length

describe('a stratified split', () => {
  const classes = Array.from({ length: 100 }, (_, row) => (row % 10 === 0 ? 1 : 0))

  it('keeps the shares of the classes of its column in each part, with sizes as of any split', async () => {
    for (const seed of [0, 1, 2]) {
      const { train, validation, test, notes } = await split(
        data(null, numbers('y', classes)),
        wish('stratified', 0.2, 0.1, seed),
      )
      expect([train, validation, test].map((rows) => [rows.length, count(rows, (row) => classes[row] === 1)])).toEqual([
        [70, 7],
        [20, 2],
        [10, 1],
      ])
      expect(notes).toEqual(["The split keeps the shares of the 2 values of 'y' in each part."])
    }
  })

  it('is another for another seed, and validates on the same rows whatever is tested', async () => {
    const raw = data(null, numbers('y', classes))
    const { validation } = await split(raw, wish('stratified', 0.2, 0, 3))
    expect((await split(raw, wish('stratified', 0.2, 0, 4))).validation).not.toEqual(validation)
    expect((await split(raw, wish('stratified', 0.2, 0.3, 3))).validation).toEqual(validation)
  })

  it('of numbers keeps the shares of their tenths', async () => {
    const values = Array.from({ length: 200 }, (_, row) => ((row * 77) % 200) ** 2)
    const { validation, notes } = await split(data(null, numbers('y', values)), wish('stratified', 0.1))
    const sorted = values.toSorted((a, b) => a - b)
    for (let tenth = 0; tenth < 10; tenth++) {
      const inside = new Set(sorted.slice(20 * tenth, 20 * tenth + 20))
      expect(count(validation, (row) => inside.has(values[row] as number))).toBe(2)
    }
    expect(notes).toEqual(["The split keeps the shares of 10 quantiles of 'y' in each part."])
  })

  it('looks at the column that it is told, also one of texts', async () => {
    const colours = ten((k) => k).map((k) => (k < 5 ? 'red' : null))
    const raw = data(
      texts('colour', colours),
      numbers(
        'y',
        ten((k) => k),
      ),
    )
    const { validation } = await split(raw, wish('stratified', 0.4))
    expect(count(validation, (row) => row < 5)).toBe(2)
  })

  it('leaves the only row of a class to training', async () => {
    const rare = Array.from({ length: 6 }, (_, row) => (row < 3 ? row : 9))
    for (const seed of [0, 1, 2, 3, 4]) {
      const { validation } = await split(data(null, numbers('y', rare)), wish('stratified', 0.34, 0, seed))
      expect(validation).toHaveLength(2)
      expect(validation.every((row) => row >= 3)).toBe(true)
    }
  })

  it('of several targets goes by the largest', async () => {
    const one = Array.from({ length: 10 }, (_, row) => (row < 5 ? 1 : 0))
    const other = one.map((value) => 1 - value)
    const { validation } = await split(data(null, numbers('a', one), numbers('b', other)), wish('stratified', 0.4))
    expect(count(validation, (row) => row < 5)).toBe(2)
  })
})

describe('a chronological split', () => {
  it('goes by its column, where it has one, and equal times stay in the order of the table', async () => {
    const times = numbers('when', [5, 1, 4, 1, 3, 9, 2, 6, 8, 7], 'date')
    const { train, validation, test } = await split(
      data(
        times,
        numbers(
          'y',
          ten(() => 0),
        ),
      ),
      wish('chronological', 0.2, 0.1),
    )
    expect([train, validation, test]).toEqual([[0, 1, 2, 3, 4, 6, 7], [8, 9], [5]])
  })

  it('refuses an empty date by its line, and texts', async () => {
    const times = numbers('when', [1, Number.NaN], 'date')
    await expect(split(data(times, numbers('y', [1, 2])), wish('chronological'))).rejects.toThrow(
      "table.csv, line 3: the column 'when', which orders the split, is empty",
    )
    await expect(
      split(data(texts('id', ['a', 'b']), numbers('y', [1, 2])), wish('chronological')),
    ).rejects.toMatchObject({
      exitCode: 2,
    })
  })
})

describe('a split by a column', () => {
  it('takes each row for what its cell says, in whatever case, and no size matters', async () => {
    const cells = ['train', 'Validation', 'TEST', 'training', 'val']
    const raw = data(texts('part', cells), numbers('y', [1, 2, 3, 4, 5]))
    expect(await split(raw, wish('column', 0.9))).toMatchObject({ train: [0, 3], validation: [1, 4], test: [2] })
  })

  it('has no part where no cell names it', async () => {
    const raw = data(texts('part', ['train', 'train']), numbers('y', [1, 2]))
    expect(splitRows(2, wish('column'), (await splitBasis(raw, wish('column'))).basis)).toMatchObject({
      validation: null,
    })
  })

  it.each([
    [['train', 'dev'], "table.csv, line 3: the column 'part', which splits the rows, says 'dev', but must say train"],
    [['train', null], "table.csv, line 3: the column 'part', which splits the rows, is empty"],
    [['test', 'test'], 'the split leaves no rows to train on'],
  ])('refuses %j', async (cells, message) => {
    const raw = data(texts('part', cells), numbers('y', [1, 2]))
    await expect(split(raw, wish('column'))).rejects.toThrow(message)
  })
})
