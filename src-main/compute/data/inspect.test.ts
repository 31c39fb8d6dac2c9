import { describe, expect, it } from 'vitest'
import { inspectTable } from './inspect'
import { testFolder } from './testing'

const folder = testFolder()
const inspect = async (content: string) => inspectTable(await folder.write(content))
const types = async (content: string) => (await inspect(content)).columns.map(({ type }) => type)

describe('looking at a table', () => {
  it('tells rows, types and figures of every column', async () => {
    const { rows, read, columns } = await inspect('x,name,on\n1.5,anna,true\n,bert,false\n4,anna,true\n')
    expect(rows).toBe(3)
    expect(read).toMatchObject({ delimiter: ',', header: true })
    expect(columns).toMatchObject([
      { name: 'x', type: 'number', missing: 1, distinct: 2, min: 1.5, max: 4, mean: 2.75, sum: 5.5 },
      { name: 'name', type: 'text', missing: 0, distinct: 2, min: null, sum: null },
      { name: 'on', type: 'boolean', missing: 0, distinct: 2 },
    ])
  })

  it('sees the first text of a column in its 50 000th row', async () => {
    const lines = Array.from({ length: 50_000 }, (_, row) => `${row},${row < 49_999 ? row : 'n/a'}`)
    const { columns } = await inspect(`a,b\n${lines.join('\n')}\n`)
    expect(columns).toMatchObject([
      { type: 'number', max: 49_999, sum: 1_249_975_000 },
      { type: 'text', distinct: 50_000 },
    ])
  })

  it('takes NaN and infinities for numbers, and a column of only empty cells for none', async () => {
    const { columns } = await inspect('x,y,z\n1,,NaN\ninf,,2\n-Infinity,,3\n')
    expect(columns).toMatchObject([
      { type: 'number', missing: 0, min: 1, max: 1 },
      { type: 'text', missing: 3, distinct: 0 },
      { type: 'number', missing: 1, min: 2, max: 3 },
    ])
  })

  it('keeps postal codes and long identifiers as text', async () => {
    expect(await types('zip,id,n\n00501,9007199254740993,9007199254740992\n10115,1,1\n')).toEqual([
      'text',
      'text',
      'number',
    ])
  })

  it('takes for a number only what is written as one', async () => {
    const cells = ['0x1F', '1_000', 'true', '"2,349.70"', '1 000', '1d5', '$5', '1e400', '١']
    for (const cell of cells)
      expect([cell, ...(await types(`x,y\n${cell},1\n2,2\n`))]).toEqual([cell, 'text', 'number'])
    expect(await types('x\n 1 \n+5\n1e3\n1.\n.5\n"7"\n5e-324\n')).toEqual(['number'])
  })

  it('shows the first twenty rows as they stand in the file', async () => {
    const lines = Array.from({ length: 30 }, (_, row) => `0${row},`)
    const { head } = await inspect(`a,b\n${lines.join('\n')}\n`)
    expect(head).toHaveLength(20)
    expect(head[1]).toEqual(['01', null])
  })

  it('loses no column, however many there are and whatever they are called', async () => {
    const names = Array.from({ length: 4500 }, (_, k) => (k % 5 === 0 ? 'same' : k % 7 === 0 ? '' : `c${k}`))
    const row = (first: number) => names.map((_, k) => first + k).join(',')
    const { columns, head } = await inspect(`${names.join(',')}\n${row(0)}\n${row(1)}\n`)
    expect(columns).toHaveLength(4500)
    expect(new Set(columns.map(({ name }) => name)).size).toBe(4500)
    expect(columns.map(({ min }) => min)).toEqual(names.map((_, k) => k))
    expect(head[1]).toEqual(names.map((_, k) => `${k + 1}`))
  })

  it('reads a table of one row', async () => {
    expect(await inspect('x,y\n1,2\n')).toMatchObject({ rows: 1, columns: [{ sum: 1 }, { sum: 2 }] })
  })
})
