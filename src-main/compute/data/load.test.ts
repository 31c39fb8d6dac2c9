import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type DataChoice, dataSchema } from '../../../src-shared/contract/job'
import { type LoadedData, loadData, trainingColumns } from './load'
import { testFolder } from './testing'

const folder = testFolder()

const choose = (file: string, settings: object = {}): DataChoice =>
  dataSchema.parse({ file, inputs: ['x'], targets: ['y'], ...settings })
/** With the coded numbers of each part. */
const partsOf = (data: LoadedData) => ({
  ...data,
  train: trainingColumns(data),
  validation: data.columns('validation'),
  test: data.columns('test'),
})
const load = async (content: string, settings: object = {}) =>
  partsOf(await loadData(choose(await folder.write(content), settings), null))

/** y = 2x in so many rows. */
const doubled = (rows: number) => `x,y\n${Array.from({ length: rows }, (_, k) => `${k + 1},${2 * (k + 1)}\n`).join('')}`

describe('loading a table to train on', () => {
  it('takes the chosen columns by name, in the order of the choice', async () => {
    const data = await load('y,note,b,a\n1,"hello, you",3,5\n2,,4,6\n', { inputs: ['a', 'b'] })
    expect(data.train).toEqual({
      rows: 2,
      inputs: [Float64Array.of(5, 6), Float64Array.of(3, 4)],
      targets: [Float64Array.of(1, 2)],
    })
    expect(data).toMatchObject({ inputNames: ['a', 'b'], targetNames: ['y'], validation: null })
  })

  it('reads every number as float64, to the last digit', async () => {
    const { train } = await load('x,y\n1764057600.123,0.1\n9007199254740991,-1e-300\n')
    expect(train.inputs[0]).toEqual(Float64Array.of(1764057600.123, 9007199254740991))
    expect(train.targets[0]).toEqual(Float64Array.of(0.1, -1e-300))
  })

  it.each([
    ['x,y\n1,2\nn/a,3\n', "column 'x', line 3: 'n/a' is not a number"],
    ['x,y\n1,2\n-inf,3\n', "column 'x', line 3: '-inf' is not a finite number"],
    ['x,y\n1,2\n1e999,3\n', "column 'x', line 3: '1e999' is not a finite number"],
    ['x;y\n1,5;2\n2.5;3\n3,5;4\n', "column 'x', line 3: '2.5' is not a number"],
    [
      'x,y\n1,a\nb,3\n,c\n',
      'column \'y\', line 2: \'a\' is not a number; a target must be numbers, yes and no or two values (a column of more classes is for a network whose "task" is "classification") (and 2 more)',
    ],
    ['1,2\nx,3\n4,5\n', "column 'column 1', line 2: 'x' is not a number"],
  ])('refuses %j and names line and column', async (content, message) => {
    const settings = content.startsWith('1') ? { inputs: ['column 1'], targets: ['column 2'] } : {}
    await expect(load(content, settings)).rejects.toMatchObject({ name: 'UserError', message: `table.csv, ${message}` })
  })

  it('names the line of a bad cell behind line breaks in quotes and empty lines', async () => {
    const content = '"a\nnote",x,y\n"one\ntwo\n\nthree",1,2\n\n"four",oops,3\n'
    await expect(load(content)).rejects.toThrow("table.csv, column 'x', line 8: 'oops' is not a number")
  })

  it('finds the only text of a column in its 50 000th row', async () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => `${row},${row === 49_999 ? 'text' : row}`)
    await expect(load(`x,y\n${rows.join('\n')}\n`)).rejects.toThrow("column 'y', line 50001: 'text' is not a number")
  })

  it('does not mind bad cells in columns that are not chosen', async () => {
    expect((await load('x,note,y\n1,n/a,2\n3,,4\n')).train.rows).toBe(2)
  })

  it('says how many lines are left out for their length', async () => {
    const read = { ragged: { short: 'drop', long: 'drop' } }
    const { raw } = await load('x,y\n1,2\n3,4,5\n6\n7,8\n9\n', { read })
    expect(raw.rows).toBe(2)
    expect(raw.notes).toEqual(['2 lines with too few cells are left out.', 'One line with too many cells is left out.'])
  })

  it('refuses a file that is not there', async () => {
    const file = join(folder.path, 'none.csv')
    await expect(loadData(choose(file), null)).rejects.toMatchObject({
      name: 'UserError',
      message: `there is no file ${file}`,
    })
  })

  it.each([
    [{ inputs: ['z'] }, "table.csv has no column 'z'; its columns are 'x', 'y'"],
    [{ inputs: ['X'] }, "table.csv has no column 'X'; did you mean 'x'?"],
    [{ inputs: ['x', 'x'] }, "the column 'x' of table.csv is chosen twice: a column is one input or one target"],
    [{ inputs: ['x', ' x '] }, "the column 'x' of table.csv is chosen twice: a column is one input or one target"],
    [{ targets: ['x'] }, "the column 'x' of table.csv is chosen twice: a column is one input or one target"],
  ])('refuses the choice %j, which cannot fit', async (settings, message) => {
    await expect(load('x,y\n1,2\n', settings)).rejects.toMatchObject({ name: 'UserError', message, exitCode: 2 })
  })
})

describe('tiny tables', () => {
  it('train on their only row, scaled to 0, without validation, and say so', async () => {
    const data = await load(doubled(1), { split: { validation: 0.2 }, scaling: 'standard' })
    expect(data.train).toEqual({ rows: 1, inputs: [Float64Array.of(0)], targets: [Float64Array.of(0)] })
    expect(data.preprocessing).toEqual({
      scaling: 'standard',
      inputs: [{ column: 'x', range: [1, 1], center: 1, spread: 1 }],
      outputs: [{ column: 'y', center: 2, spread: 1 }],
    })
    expect(data.validation).toBeNull()
    expect((await data.summarize()).notes).toEqual([
      'There is no validation: 0.2 of 1 row is less than one row.',
      "The input 'x' is constant: it is 1 in every training row.",
      "The target 'y' is constant: it is 2 in every training row.",
    ])
  })

  it.each([
    [2, { train: 2, validation: 0, test: 0 }],
    [3, { train: 3, validation: 0, test: 0 }],
    [5, { train: 4, validation: 1, test: 0 }],
  ])('of %d rows are split into %j, and an empty part is none', async (rows, expected) => {
    const data = await load(doubled(rows), { split: { validation: 0.2 }, scaling: 'standard' })
    expect(data.rows).toEqual(expected)
    expect(data.validation?.rows ?? 0).toBe(expected.validation)
  })
})

describe('scaling a table', () => {
  it('takes its figures from the training rows only', async () => {
    const content = 'x,y\n0,1\n10,3\n1000,7\n'
    const data = await load(content, { scaling: 'minmax', split: { type: 'chronological', validation: 0.4 } })
    expect(data.train.inputs[0]).toEqual(Float64Array.of(-1, 1))
    expect(data.validation?.inputs[0]).toEqual(Float64Array.of(199))
    expect(data.validation?.targets[0]).toEqual(Float64Array.of(5))
  })

  it.each(['standard', 'minmax'])(
    'by %s makes 0 of a constant input and a constant target, and names both',
    async (scaling) => {
      const rows = Array.from({ length: 12 }, (_, k) => `7,${k},4\n`).join('')
      const data = await load(`x0,x1,y\n${rows}`, { inputs: ['x0', 'x1'], scaling })
      expect(data.train.inputs[0]).toEqual(new Float64Array(12))
      expect(data.train.targets[0]).toEqual(new Float64Array(12))
      expect(data.preprocessing.outputs).toEqual([{ column: 'y', center: 4, spread: 1 }])
      expect((await data.summarize()).notes).toEqual([
        "The input 'x0' is constant: it is 7 in every training row.",
        "The target 'y' is constant: it is 4 in every training row.",
      ])
    },
  )

  it('says in one sentence that many columns are constant', async () => {
    const inputs = ['a', 'b', 'c', 'd', 'e']
    const { summarize } = await load('a,b,c,d,e,y\n1,2,3,4,5,6\n1,2,3,4,5,7\n', { inputs })
    expect((await summarize()).notes).toEqual([
      "5 inputs are constant in every training row: 'a', 'b', 'c' and 2 more.",
    ])
  })

  it('keeps the figures of a trained model, by position, and says that the chosen scaling is not used', async () => {
    const trained = {
      scaling: 'standard' as const,
      inputs: [{ column: 'old x', center: 100, spread: 10 }],
      outputs: [{ column: 'old y', center: 0, spread: 2 }],
    }
    const choice = choose(await folder.write('x,y\n110,4\n90,8\n'), { scaling: 'minmax' })
    const { train, preprocessing, summarize } = partsOf(await loadData(choice, trained))
    expect(train).toMatchObject({ inputs: [Float64Array.of(1, -1)], targets: [Float64Array.of(2, 4)] })
    expect(preprocessing.inputs).toEqual([{ column: 'x', center: 100, spread: 10 }])
    expect((await summarize()).notes).toEqual([
      'The model keeps the scaling that it was trained with (standard); minmax is not used.',
    ])
  })

  it('refuses another number of columns than the trained model has', async () => {
    const trained = { scaling: 'none' as const, inputs: [], outputs: [{ column: 'y', center: 0, spread: 1 }] }
    const choice = choose(await folder.write('x,y\n1,2\n'))
    await expect(loadData(choice, trained)).rejects.toMatchObject({
      message: 'the data has 1 inputs, the model 0',
      exitCode: 2,
    })
  })
})

describe('loading a generator', () => {
  it('splits and scales its rows like those of a table, and knows which row each was', async () => {
    const choice = dataSchema.parse({ generator: 'hello', samples: 100, split: { validation: 0.2 }, scaling: 'minmax' })
    const all = partsOf(await loadData({ ...choice, split: undefined, scaling: 'none' }, null))
    const { train, validation, rowsOf, preprocessing, summarize } = partsOf(await loadData(choice, null))
    expect(await summarize()).toMatchObject({ name: 'hello', rows: { train: 80, validation: 20, test: 0 }, notes: [] })
    expect([train.rows, validation?.rows, rowsOf('train').length]).toEqual([80, 20, 80])
    const { center = 0, spread = 1 } = preprocessing.outputs[0] ?? {}
    for (const [split, rows] of [[train, rowsOf('train')] as const, [validation, rowsOf('validation')] as const]) {
      for (const [k, row] of rows.entries()) {
        const value = (split?.targets[0]?.[k] ?? Number.NaN) * spread + center
        expect(value).toBeCloseTo(all.train.targets[0]?.[row] ?? 0, 12)
      }
    }
    expect(Math.min(...(train.targets[0] ?? []))).toBeCloseTo(-1, 14)
    expect(Math.max(...(train.targets[0] ?? []))).toBeCloseTo(1, 14)
  })
})
