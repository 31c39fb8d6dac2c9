import { describe, expect, it } from 'vitest'
import { testFolder } from '../testing'
import { previewTable, tableRows } from './table-rows'

const folder = testFolder()

describe('rows of a table', () => {
  it('shows how it begins', async () => {
    const file = await folder.write(`x;y\n${'1;\n'.repeat(150)}`)
    const { read, names, head } = await previewTable(file, {})
    expect(read).toMatchObject({ delimiter: ';', header: true, encoding: 'utf-8' })
    expect(names).toEqual(['x', 'y'])
    expect(head).toHaveLength(100)
    expect(head[99]).toEqual(['1', null])
  })

  it('gives those of any place, fewer at its end', async () => {
    const file = await folder.write(`x,y\n${Array.from({ length: 5000 }, (_, row) => `${row},"a\nb"`).join('\n')}`)
    expect(await tableRows(file, {}, 4321, 2)).toEqual([
      ['4321', 'a\nb'],
      ['4322', 'a\nb'],
    ])
    expect(await tableRows(file, {}, 4999, 10)).toEqual([['4999', 'a\nb']])
    expect(await tableRows(file, {}, 5000, 10)).toEqual([])
  })

  it('gives a cell that begins with a byte-order mark alike from every place, as joined files have them', async () => {
    const file = await folder.write('\ufeffx,y\na,1\nb,2\n\ufeffx,3\n')
    const [, , whole] = await tableRows(file, {}, 0, 3)
    expect(whole).toEqual(['\ufeffx', '3'])
    expect(await tableRows(file, {}, 2, 1)).toEqual([whole])
  })

  it('gives every row of a table with one column, blank ones too', async () => {
    const cells = ['1', '   ', '', '\t', '\u00a0', 'x', ' ', '2']
    const file = await folder.write(`value\n${cells.join('\n')}\n`)
    const rows = await tableRows(file, {}, 0, 100)
    expect(rows.map(([cell]) => cell)).toEqual(cells.map((cell) => (cell === '' ? null : cell)))
    expect(await tableRows(file, {}, 7, 1)).toEqual([['2']])
  })
})
