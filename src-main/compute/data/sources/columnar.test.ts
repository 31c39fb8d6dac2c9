import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from '../../../files/csv'
import { inspectTable } from '../cells/inspect'
import { sqlString, withConnection } from '../database'
import { numbersOf } from '../layout/column-numbers'
import { layOut } from '../layout/survey'
import { rowsOf } from '../layout/table-rows'
import { testFolder } from '../testing'
import { openSource } from './source'

const folder = testFolder()
const { write } = folder

/** Writes the result of a query. */
async function parquet(query: string, name = 'table.parquet'): Promise<string> {
  const path = join(folder.path, name)
  await withConnection((connection) => connection.run(`COPY (${query}) TO ${sqlString(path)} (FORMAT parquet)`))
  return path
}

const textOf = async (path: string) => readFile((await openSource(path)).text, 'utf8')

/** All that a file says, a line a row. */
async function linesOf(path: string): Promise<string[]> {
  const layout = await layOut(path)
  return [layout.names, ...(await rowsOf(layout, 0, layout.rows))].map((row) => csvLine(row).trimEnd())
}

describe('a Parquet file', () => {
  it('gives every value as text that reads back exactly', async () => {
    const columns = {
      double: ['0.30000000000000004::DOUBLE', '0.30000000000000004'],
      tiny: ['5e-324::DOUBLE', '5e-324'],
      single: ['0.1::FLOAT', '0.10000000149011612'],
      whole: ['9007199254740993::BIGINT', '9007199254740993'],
      decimal: ['12345678901234567890.123456789::DECIMAL(38, 9)', '12345678901234567890.123456789'],
      yes: ['true', 'true'],
      nothing: ['NULL::INTEGER', ''],
      empty: ["''", ''],
      day: ["DATE '2024-01-31'", '2024-01-31'],
      time: ["TIMESTAMP '2024-01-31 12:00:00.125'", '2024-01-31T12:00:00.125'],
      zone: ["TIMESTAMPTZ '2024-01-31 12:00:00+02'", '2024-01-31T10:00:00Z'],
      list: ['[1, 2]', '"[1,2]"'],
      nested: ["{'a': 1, 'b': 'x'}", '"{""a"":1,""b"":""x""}"'],
      text: [`'a,"b" é'`, '"a,""b"" é"'],
      code: ["'007'", '007'],
    }
    const query = Object.entries(columns).map(([name, [value]]) => `${value} AS ${name}`)
    const path = await parquet(`SELECT ${query.join(', ')}`)
    const [names, values] = await linesOf(path)
    expect(names).toBe(Object.keys(columns).join(','))
    expect(values).toBe(
      Object.values(columns)
        .map(([, text]) => text)
        .join(','),
    )
    expect(await openSource(path)).toMatchObject({ format: 'parquet', encoding: null, name: 'table.parquet' })
  })

  it('gives every float64 back to the bit', async () => {
    const numbers = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { numRuns: 500, seed: 1 })
    const path = await parquet(`SELECT unnest([${numbers.map((value) => `${value}::DOUBLE`).join(', ')}]) AS x`)
    const [, ...lines] = await linesOf(path)
    expect(lines.map(Number)).toEqual(numbers.map((value) => value + 0))
    const [values] = await numbersOf(await layOut(path), [0])
    expect([...(values ?? [])]).toEqual(numbers.map((value) => value + 0))
  })

  it('loses no row and no name', async () => {
    const path = await parquet('SELECT * FROM (VALUES (1), (NULL), (2), (NULL), (NULL)) t("=a,""b""")')
    expect(await layOut(path)).toMatchObject({ rows: 5, missing: [3], names: ['=a,"b"'] })
  })

  it('keeps names that differ in capitals only, around nested columns', async () => {
    const path = await parquet(
      "SELECT 1 AS x, {'x': [1], 'z': {'q': 2}} AS s, 3 AS n FROM (SELECT 0) UNION ALL SELECT 4, NULL, 5",
    )
    const bytes = await readFile(path)
    const renamed = Buffer.from(bytes.toString('latin1').replaceAll('\x01n', '\x01X'), 'latin1')
    expect(await linesOf(await write(renamed, 'renamed.parquet'))).toEqual([
      'x,s,X',
      '1,"{""x"":[1],""z"":{""q"":2}}",3',
      '4,,5',
    ])
  })

  it('keeps apart what is missing, not a number, infinite and an identifier', async () => {
    const path = await parquet(
      "SELECT * FROM (VALUES (1.5::DOUBLE, 1::DOUBLE, 1::BIGINT, 9007199254740991, 'NaN'::DOUBLE, 1::DECIMAL(5, 2), 'a'), " +
        "(NULL, 'Infinity', NULL, 9007199254740993, 'NaN', 2.25, 'b'), ('NaN', 3, 3, 5, 'NaN', NULL, NULL)) " +
        't(x, infinite, whole, id, nan, exact, name)',
    )
    const { columns, rows } = await inspectTable(path)
    expect(rows).toBe(3)
    expect(columns.map(({ name, type, missing, min, max }) => [name, type, missing, min, max])).toEqual([
      ['x', 'number', 2, 1.5, 1.5],
      ['infinite', 'number', 0, 1, 3],
      ['whole', 'number', 1, 1, 3],
      ['id', 'text', 0, null, null],
      ['nan', 'text', 0, null, null],
      ['exact', 'number', 1, 1, 2.25],
      ['name', 'text', 1, null, null],
    ])
    expect(columns[3]?.values.map(({ text }) => text)).toEqual(['9007199254740991', '9007199254740993', '5'])
    const layout = await layOut(path)
    expect(await rowsOf(layout, 1, 5)).toEqual([
      [null, 'inf', null, '9007199254740993', 'nan', '2.25', 'b'],
      ['nan', '3.0', '3', '5', 'nan', null, null],
    ])
    const [x, infinite, , id] = await numbersOf(layout, [0, 1, 2, 3])
    expect([x && [...x], infinite, id]).toEqual([[1.5, Number.NaN, Number.NaN], null, null])
  })

  it('is refused where it changes while it is read', async () => {
    const path = await parquet('SELECT i::DOUBLE AS x FROM range(10) t(i)', 'changing.parquet')
    const layout = await layOut(path)
    await parquet('SELECT i::DOUBLE AS x FROM range(9) t(i)', 'changing.parquet')
    await expect(numbersOf(layout, [0])).rejects.toThrow('changed while it was being read')
    await write('no table', 'changing.parquet')
    await expect(rowsOf(layout, 0, 5)).rejects.toThrow('changed while it was being read')
  })

  it('is read as it is, whatever it is called', async () => {
    const path = await parquet('SELECT i AS x, i / 2 AS y FROM range(3000) r(i)', `it's [1] *.csv`)
    expect(await inspectTable(path)).toMatchObject({
      rows: 3000,
      columns: [
        { name: 'x', type: 'number', max: 2999 },
        { name: 'y', type: 'number', max: 1499.5 },
      ],
    })
  })

  it('may be read to its first rows only', async () => {
    const path = await parquet('SELECT i AS x FROM range(500000) r(i)')
    const { text } = await openSource(path, { beginning: true })
    const lines = (await readFile(text, 'utf8')).trimEnd().split('\n')
    expect([lines[1], lines[1000], lines.length]).toEqual(['0', '999', 1001])
  })

  it('names rows by their number, with line breaks in cells', async () => {
    const source = await openSource(await parquet("SELECT * FROM (VALUES ('a\nb\n\nc'), ('d'), ('e')) t(x)"))
    expect([2, 3, 5, 6, 7].map((line) => source.place(line))).toEqual(['row 1', 'row 1', 'row 1', 'row 2', 'row 3'])
  })

  it('is refused in one sentence where it is cut off or damaged', async () => {
    const whole = await readFile(await parquet('SELECT i AS x, sin(i) AS y FROM range(5000) r(i)'))
    const begin = whole.subarray(0, whole.length / 2)
    const data = Buffer.from(whole)
    data.fill(7, 10, 20_000)
    const end = Buffer.from(whole)
    end.fill(7, whole.length - 200, whole.length - 60)
    for (const bytes of [begin, data, end]) {
      await expect(openSource(await write(bytes, 'bad.parquet'))).rejects.toMatchObject({
        name: 'UserError',
        message: 'bad.parquet is damaged or cut off: it begins as a Parquet file, but cannot be read to its end',
      })
    }
  })
})

describe('JSON', () => {
  it('is a table of all keys that its objects have', async () => {
    const path = await write(
      '{"a":1,"b":"x \\"y\\"\\n"}\n\n{"b":null,"a":9007199254740993,"c":1.10}\n' +
        '{"a":0.1,"c":12345678901234567890123,"d":{"k":[1,2]},"e":"007","f":true,"g":"2024-01-31"}\n',
      'table.jsonl',
    )
    expect(await textOf(path)).toBe(
      'a,b,c,d,e,f,g\n1,"x ""y""\n",,,,,\n9007199254740993,,1.1,,,,\n' +
        '0.1,,12345678901234567890123,"{""k"":[1,2]}",007,true,2024-01-31\n',
    )
    const source = await openSource(path)
    expect(source).toMatchObject({ format: 'json', encoding: null })
    expect([2, 3, 4, 5].map((line) => source.place(line))).toEqual(['record 1', 'record 1', 'record 2', 'record 3'])
  })

  it.each([
    ['an array', '[{"x":1},\n{"x":2,"y":3}]', 'x,y\n1,\n2,3\n'],
    ['objects over several lines', '{\n"x": 1\n}\n{ "x":\n2}', 'x\n1\n2\n'],
    ['one column with nothing at the end', '{"x":1}\n{"x":null}\n{"x":null}\n', 'x\n1\n""\n""\n'],
    ['a mark', '\ufeff{"x":1}\n', 'x\n1\n'],
    ['UTF-16', Buffer.from('\ufeff[{"x":"é"}]', 'utf16le'), 'x\né\n'],
    ['numbers as text', '[{"x":"1,5","y":1e-7,"z":-0.0}]', 'x,y,z\n"1,5",1e-7,-0.0\n'],
  ])('may be %s', async (_, content, text) => {
    expect(await textOf(await write(content, 'table.json'))).toBe(text)
  })

  it('gives every float64 back to the bit', async () => {
    const numbers = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { numRuns: 500, seed: 2 })
    const path = await write(numbers.map((x) => `{"x":${JSON.stringify(x)}}\n`).join(''), 'numbers.ndjson')
    const [, ...lines] = (await textOf(path)).trimEnd().split('\n')
    expect(lines.map(Number)).toEqual(numbers.map((value) => value + 0))
  })

  it('is a column for each key of the last object, too', async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `{"x":${i}}\n`).join('')
    const path = await write(`${lines}{"x":1,"late":"value"}\n`, 'late.jsonl')
    expect(await layOut(path)).toMatchObject({ rows: 30_001, names: ['x', 'late'] })
  })

  it.each([
    ['cut off', '{"x":1}\n{"x":2}\n{"x":', 'bad.json, line 3 is not valid JSON: it may be cut off'],
    ['with a fault', '{"x":1}\n{"x":2,,}\n{"x":3}\n', 'bad.json, line 2 is not valid JSON: it may be cut off'],
    ['cut off in an array', '[{"x":1},{"x":2', 'bad.json is not valid JSON: it may be cut off'],
    [
      'nested without end',
      `[{"x":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}]`,
      'bad.json holds no table: more than 1000 lists or objects lie in each other',
    ],
    [
      'with a key twice',
      '{"x":1,"x":2}\n',
      "bad.json has an object with two keys 'x': a row has one value for a column",
    ],
    [
      'of arrays',
      '[[1,2],[3,4]]',
      'bad.json holds no table: objects are wanted, one a line or in an array, with a key for each column',
    ],
    [
      'of more than objects',
      '{"x":1}\n3\n',
      'bad.json holds no table: objects are wanted, one a line or in an array, with a key for each column',
    ],
    [
      'without objects',
      '[]',
      'bad.json holds no table: objects are wanted, one a line or in an array, with a key for each column',
    ],
  ])('is refused in one sentence: %s', async (_, content, message) => {
    await expect(layOut(await write(content, 'bad.json'))).rejects.toMatchObject({ name: 'UserError', message })
  })

  it('is CSV where it is called JSON and is not', async () => {
    expect(await textOf(await write('x,y\n1,2\n', 'wrong.json'))).toBe('x,y\n1,2\n')
  })
})
