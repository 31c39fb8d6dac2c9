import { describe, expect, it } from 'vitest'
import { testFolder } from '../testing'
import { numbersOf, releaseNumbers } from './column-numbers'
import { layOut } from './survey'

const folder = testFolder()

const bytesOf = (values: Float64Array<ArrayBuffer> | null | undefined) =>
  values == null ? Buffer.alloc(0) : Buffer.from(values.buffer, values.byteOffset, values.byteLength)

/** The numbers of all columns, as they are held and as they are read again. */
async function numbersIn(content: string, read = {}): Promise<(number[] | null)[]> {
  const layout = await layOut(await folder.write(content), read)
  const columns = layout.names.map((_, column) => column)
  const held = await numbersOf(layout, columns)
  releaseNumbers()
  const again = await numbersOf(layout, columns)
  for (const [k, values] of again.entries()) {
    // Millions of numbers are compared as bytes.
    expect(bytesOf(values).equals(bytesOf(held[k]))).toBe(true)
  }
  return again.map((values) => (values === null ? null : [...values]))
}

describe('the numbers of columns', () => {
  it('are NaN where a cell is empty, and none where one is no finite number', async () => {
    const table = 'a,b,c,d,e\n1,x,1e999,,-2\n 2 ,3,4,,\n"3",4,5, ,"-.5"\n'
    expect(await numbersIn(table)).toEqual([
      [1, 2, 3],
      null,
      null,
      [Number.NaN, Number.NaN, Number.NaN],
      [-2, Number.NaN, -0.5],
    ])
  })

  it.each([1, 63, 64, 65, 1023, 1024, 1025, 3000])(
    'are as many as the rows, in few pieces of memory: %i',
    async (rows) => {
      const values = Array.from({ length: rows }, (_, row) => (row + 8) / 8)
      const layout = await layOut(
        await folder.write(`a,b,c,d\n${values.map((x) => `${x},${-x},,${x === 1 ? 'no' : 1}\n`).join('')}`),
      )
      const [a, b, c, d] = await numbersOf(layout, [0, 1, 2, 3])
      expect([...(a ?? [])]).toEqual(values)
      expect([...(b ?? [])]).toEqual(values.map((x) => -x))
      expect(c?.every(Number.isNaN)).toBe(true)
      expect([c?.length, d]).toEqual([rows, null])
      expect(new Set([a, b, c].map((column) => column?.buffer)).size).toBe(rows > 1024 ? 3 : 1)
      expect(a?.buffer.byteLength).toBe((rows > 1024 ? 8 : 24) * rows)
    },
  )

  it('are written as the table writes them', async () => {
    expect(await numbersIn('a;b\n1,5;1.234,5\n2;-7\n')).toEqual([
      [1.5, 2],
      [1234.5, -7],
    ])
    expect(await numbersIn("a,b\n1'234.5,€\n7,8\n")).toEqual([[1234.5, 7], null])
  })

  it('are written as the whole table tells where its beginning tells otherwise', async () => {
    const beginning = `1,234;${'x'.repeat(1000)}\n`.repeat(5000)
    const found = await numbersIn(`a;b\n${beginning}1,234,567;x\n`)
    expect(found[0]?.[0]).toBe(1234)
    expect(found[0]?.at(-1)).toBe(1234567)
  })

  it('leave out what is no row', async () => {
    const table = 'a,b\n1,2\n# note\n3\n4,5,6\n\n7,8\n'
    expect(await numbersIn(table, { ragged: { short: 'drop', long: 'drop' }, comment: '#' })).toEqual([
      [1, 7],
      [2, 8],
    ])
    expect(await numbersIn(table, { ragged: { long: 'drop' }, comment: '#' })).toEqual([
      [1, 3, 7],
      [2, Number.NaN, 8],
    ])
  })

  it('have all digits where a chunk ends within them', async () => {
    const rows = Array.from({ length: 150_000 }, (_, row) => `${row}.0123456789,"${-row}"`)
    const [a, b] = await numbersIn(`a,b\n${rows.join('\n')}\n`)
    expect(a).toEqual(rows.map((row) => Number(row.split(',')[0])))
    expect(b).toEqual(rows.map((_, row) => 0 - row))
  })

  it('are held once they were counted, so that loading reads nothing again', async () => {
    const layout = await layOut(await folder.write('a,b\n1,2\n'))
    const [first] = await numbersOf(layout, [0])
    expect((await numbersOf(layout, [0]))[0]).toBe(first)
  })

  it('are refused where the file has changed', async () => {
    const layout = await layOut(await folder.write('a,b\n1,2\n3,4\n'))
    releaseNumbers()
    await folder.write('a,b\n1,2\n')
    await expect(numbersOf(layout, [0])).rejects.toThrow('changed while it was being read')
  })
})
