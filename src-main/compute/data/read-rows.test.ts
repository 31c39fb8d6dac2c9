import { describe, expect, it } from 'vitest'
import { specificationSchema } from '../../../src-shared/kan/specification'
import { readRows } from './read-rows'
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
    ['x,Y\n1,2\n', "table.csv has no column 'y' (an input of the model); did you mean 'Y'?"],
  ])('refuses %j and names the missing column', async (content, message) => {
    await expect(read(content)).rejects.toMatchObject({ name: 'UserError', message, exitCode: 2 })
  })

  it('marks each row that cannot be predicted and says why, once', async () => {
    const { valid, inputs, problems } = await read('note,x,y\n"1\n2",10,1\nb,,n/a\nc,5,NaN\nd,0,2\n')
    expect([...valid]).toEqual([1, 0, 0, 1])
    expect(problems).toEqual([
      "table.csv, column 'x', line 4: the cell is empty",
      "table.csv, column 'y', line 5: 'NaN' is not a finite number",
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
})
