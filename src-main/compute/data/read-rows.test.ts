import { describe, expect, it } from 'vitest'
import { specificationSchema } from '../../../src-shared/kan/specification'
import { readRows } from './read-rows'
import { rowOf, workbookOf } from './sources/testing'
import { testFolder } from './testing'

const folder = testFolder()

/** Inputs a and b that were trained on the columns x and y, scaled. */
const trained = specificationSchema.parse({
  format: 1,
  name: 'm',
  inputs: [{ name: 'a' }, { name: 'b' }],
  outputs: [{ name: 'f' }],
  layers: [{ nodes: 1, basis: { type: 'chebyshev', degree: 2 } }],
  preprocessing: {
    scaling: 'minmax',
    inputs: [
      { column: 'x', center: 5, spread: 5 },
      { column: 'y', center: 0, spread: 1 },
    ],
    outputs: [{ column: 'f', center: 0, spread: 1 }],
  },
})
const { preprocessing: _, ...plain } = trained

const read = async (content: string, keep: 'all' | readonly string[] = [], specification = trained) =>
  readRows(await folder.write(content), specification, keep)

/** A network that was trained on columns of every kind. */
const coded = specificationSchema.parse({
  ...plain,
  inputs: ['dose', 'smoker', 'seen', 'c = red', 'c = blue', 'c is missing'].map((name) => ({ name })),
  preprocessing: {
    scaling: 'none',
    inputs: [
      { column: 'dose', transform: 'log', fill: 1, range: [1, 10], center: 0, spread: 1 },
      { type: 'boolean', column: 'smoker', range: [0, 1], center: 0.5, spread: 0.5 },
      { type: 'date', column: 'seen', part: 'month', range: [1, 6], center: 0, spread: 1 },
      { type: 'category', column: 'c', values: ['red', 'blue'], unseen: 'zero', fold: true, missing: 'value' },
    ],
    outputs: [{ column: 'f', center: 0, spread: 1 }],
  },
})

describe('reading rows to predict', () => {
  it('matches columns by name, whatever their order and whatever else is there, and scales by the stored figures', async () => {
    const inputs = [Float64Array.of(-1, 3), Float64Array.of(7, 8)]
    for (const content of ['x,y\n0,7\n20,8\n', 'y,x\n7,0\n8,20\n', 'id,x,y,note\nA,0,7,\nB,20,8,hm\n']) {
      expect(await read(content)).toMatchObject({ rows: 2, inputs, problems: [], keptNames: [] })
    }
  })

  it('takes the names of the inputs where the network was trained without a table', async () => {
    expect((await read('b,a\n1,2\n', [], plain)).inputs).toEqual([Float64Array.of(2), Float64Array.of(1)])
  })

  it.each([
    ['x\n1\n', "table.csv has no column 'y' (an input of the model); its columns are 'x'"],
    ['x,"a\u000b\nb"\n1,2\n', "table.csv has no column 'y' (an input of the model); its columns are 'x', 'a b'"],
    ['x,Y\n1,2\n', "table.csv has no column 'y' (an input of the model); did you mean 'Y'?"],
  ])('refuses %j and names the missing column', async (content, message) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'UserError', message, exitCode: 2 })
  })

  it('marks each row that cannot be predicted and says why, once', async () => {
    const { valid, inputs, problems } = await read('note,x,y\n"1\n2",10,1\nb,,n/a\nc,5,NaN\nd,0,2\n')
    expect([...valid]).toEqual([1, 0, 0, 1])
    expect(problems).toEqual([
      "table.csv, column 'x', line 4: the cell is empty",
      "table.csv, column 'y', line 5: the cell is empty",
    ])
    for (const column of inputs) expect(column.every(Number.isFinite)).toBe(true)
  })

  it('keeps columns as they stand in the file', async () => {
    const content = 'id,x,y\n007,1,2\n,"3 ",4\n'
    expect(await read(content, ['id'])).toMatchObject({ keptNames: ['id'], kept: [['007', null]] })
    expect((await read(content, 'all')).kept).toEqual([
      ['007', null],
      ['1', '3 '],
      ['2', '4'],
    ])
  })

  it('codes, fills and scales as the model remembers', async () => {
    const { inputs, problems, valid } = await read(
      'c,seen,smoker,dose\nRED,2024-03-01,yes,1\n blue ,1999-12-31,NO,\n,2024-01-01,true,10\n',
      [],
      coded,
    )
    expect(problems).toEqual([])
    expect([...valid]).toEqual([1, 1, 1])
    expect(inputs.map((column) => [...column])).toEqual([
      [0, 0, Math.log(10)],
      [1, -1, 1],
      [3, 12, 1],
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ])
  })

  it('counts rows beyond what the network was trained on, by column', async () => {
    const { outside, unseen, inputs } = await read(
      'c,seen,smoker,dose\nred,2024-03-01,yes,20\ngreen,2024-12-01,yes,0.5\nred,2024-01-01,yes,\nred,2024-01-01,?,99\n',
      [],
      coded,
    )
    expect(outside).toEqual([
      { column: 'dose', count: 2 },
      { column: 'seen', count: 1 },
    ])
    expect(unseen).toEqual([{ column: 'c', count: 1 }])
    expect(inputs.slice(3).map((column) => column[1])).toEqual([0, 0, 0])
  })

  it('names what cannot be coded: no logarithm, no yes or no, no date, a gap that training had none of', async () => {
    const { problems } = await read(
      'c,seen,smoker,dose\nred,2024-03-01,yes,0\nred,2024-03-01,perhaps,1\nred,soon,no,1\nred,2024-03-01,,1\n',
      [],
      coded,
    )
    expect(problems).toEqual([
      "table.csv, column 'dose', line 2: 0 has no logarithm, which is taken of this column: only numbers above 0 have one",
      "table.csv, column 'smoker', line 3: 'perhaps' is not yes or no",
      "table.csv, column 'seen', line 4: 'soon' is not a date",
      "table.csv, column 'smoker', line 5: the cell is empty",
    ])
  })

  it('reads the sheet of a workbook that it is told, and names the one that lacks a column', async () => {
    const rows = [rowOf(1, ['x', 'y']), rowOf(2, [1, 2]), rowOf(3, [3, 4])]
    const notes = [1, 2, 3, 4].map((row) => rowOf(row, ['who', 'what', 'when']))
    const book = workbookOf([
      { name: 'Notes', rows: notes.join('') },
      { name: 'New', rows: rows.join('') },
    ])
    const path = await folder.write(book, 'book.xlsx')
    expect((await readRows(path, trained, [], { sheet: 'New' })).rows).toBe(2)
    await expect(readRows(path, trained, [])).rejects.toThrow("the sheet 'Notes' of book.xlsx has no column 'x'")
  })

  it('takes another column for one of the model where it is told to', async () => {
    const file = await folder.write('X,y\n0,7\n')
    const { inputs } = await readRows(file, trained, [], { rename: { x: 'X' } })
    expect(inputs).toEqual([Float64Array.of(-1), Float64Array.of(7)])
  })
})
