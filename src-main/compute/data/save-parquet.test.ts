import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from '../../files/csv'
import { layOut } from './layout/survey'
import { rowsOf } from './layout/table-rows'
import { saveParquet } from './save-parquet'
import { testFolder } from './testing'

const folder = testFolder()

async function saved(columns: Parameters<typeof saveParquet>[0]): Promise<string[]> {
  const path = join(folder.path, 'saved.parquet')
  await saveParquet(columns, path)
  const layout = await layOut(path)
  return [layout.names, ...(await rowsOf(layout, 0, layout.rows))].map((row) => csvLine(row).slice(0, -1))
}

describe('a saved Parquet file', () => {
  it('holds every number to the bit, and nothing where there is none', async () => {
    const numbers = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { numRuns: 5000, seed: 3 })
    const cells = Float64Array.from([...numbers, Number.NaN, 1])
    const [name, ...lines] = await saved([
      { name: 'y', cells },
      { name: 'row', cells: Float64Array.from(cells.keys()) },
    ])
    expect(name).toBe('y,row')
    expect(lines.map((line) => Number(line.split(',')[0] || 'NaN'))).toEqual([...cells])
    expect(lines[5000]).toBe(',5000.0')
  })

  it('takes text for numbers only where nothing of it is lost', async () => {
    const lines = await saved([
      { name: 'plain', cells: ['1', ' 2.50 ', null, '-1e-3'] },
      { name: 'code', cells: ['007', '8', null, '9'] },
      { name: 'identifier', cells: ['9007199254740993', '1', '2', '3'] },
      { name: 'comma', cells: ['1,5', '2,5', '', '3,5'] },
      { name: 'text', cells: ['=1+1', '-a', '@x', 'NaN'] },
      { name: 'nothing', cells: [null, null, null, null] },
    ])
    expect(lines).toEqual([
      'plain,code,identifier,comma,text,nothing',
      '1.0,007,9007199254740993,"1,5",=1+1,',
      '2.5,8,1,"2,5",-a,',
      ',,2,,@x,',
      '-0.001,9,3,"3,5",NaN,',
    ])
  })

  it('has every column, whatever they are called', async () => {
    const cells = Float64Array.of(1)
    const names = ['y', 'Y', 'y', 'a,"b"', '=1+1', 'Fläche (m²)']
    expect((await saved(names.map((name) => ({ name, cells }))))[0]).toBe('y,Y (2),y (3),"a,""b""",=1+1,Fläche (m²)')
  })

  it('is refused where it cannot be written', async () => {
    const path = join(folder.path, 'no', 'saved.parquet')
    await expect(saveParquet([{ name: 'y', cells: Float64Array.of(1) }], path)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining(path),
    })
  })
})
