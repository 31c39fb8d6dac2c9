import { describe, expect, it } from 'vitest'
import { testFolder } from '../testing'
import { inspectTable } from './inspect'

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
    const { columns, problems } = await inspect(`a,b\n${lines.join('\n')}\n`)
    expect(columns).toMatchObject([
      { type: 'number', max: 49_999, sum: 1_249_975_000 },
      { type: 'number', bad: 1, distinct: 49_999, suspects: [{ text: 'n/a', count: 1 }] },
    ])
    expect(problems).toEqual([
      { kind: 'not-number', column: 'b', text: 'n/a', count: 1, places: ['line 50001'], action: 'stop' },
    ])
  })

  it.each(['1.2.3', '-', '1-2', '2026-01-05', '1e', '+-3', '.', '1e5e5', '"1-2"'])(
    'reads the other columns, and their gaps, where the last cell of one is %s',
    async (cell) => {
      const lines = Array.from({ length: 5000 }, (_, row) => `-${row}e-1,${row === 7 ? '' : `+.5E+1`},${row}`)
      const { columns, problems } = await inspect(`a,b,c\n${lines.join('\n')}\n-1.5,.5,${cell}\n`)
      expect(columns).toMatchObject([
        { type: 'number', min: -499.9, missing: 0, bad: 0 },
        { type: 'number', min: 0.5, max: 5, missing: 1, bad: 0, distinct: 2 },
        { type: 'number', min: 0, max: 4999, missing: 0, bad: 1 },
      ])
      expect(problems).toMatchObject([{ kind: 'not-number', text: cell.replaceAll('"', ''), places: ['line 5002'] }])
    },
  )

  it('takes NaN and infinities for numbers, and a column of only empty cells for none', async () => {
    const { columns } = await inspect('x,y,z\n1,,NaN\ninf,,2\n-Infinity,,3\n')
    expect(columns).toMatchObject([
      { type: 'number', missing: 0, min: 1, max: 1 },
      { type: 'text', missing: 3, distinct: 0 },
      { type: 'number', missing: 1, min: 2, max: 3 },
    ])
  })

  it('names infinite cells as what they are: none to compute with', async () => {
    const { columns, problems } = await inspect('x,y\n1,1\ninf,2\n2,3\n')
    expect(columns[0]).toMatchObject({ type: 'number', bad: 1 })
    expect(problems).toMatchObject([{ kind: 'not-number', column: 'x', text: 'inf', places: ['line 3'] }])
  })

  it('reads times of day as seconds, and says why numbers of a kind that it cannot read are text', async () => {
    const { columns, notes } = await inspect('t,s\n12:00:01,1’234.25\n07:05:00,2’000.5\n')
    expect(columns).toMatchObject([{ type: 'number', min: 25_500, max: 43_201 }, { type: 'text' }])
    expect(notes).toEqual([
      "Times of day in 't' are read as seconds since midnight: 12:00:01 is 43201.",
      "2 of 2 cells of 's' look like numbers, but are not written as numbers are read here ('1’234.25'): the column is taken for text.",
    ])
  })

  it('says that an encoding is a guess', async () => {
    const file = await folder.write(Buffer.from('x,y\nM\xfcnchen,1\nK\xf6ln,2\n', 'latin1'))
    const { notes } = await inspectTable(file)
    expect(notes).toEqual([
      'table.csv is not in UTF-8 and is read as windows-1252, a guess: where letters look wrong, say its encoding.',
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
    const cells = [
      '0x1F',
      '1_000',
      'true',
      '1 0000',
      '1d5',
      '1.2.3',
      '1,23,4',
      '"1,2,3"',
      '1e400',
      '١',
      '--5',
      '1e',
      '.',
    ]
    for (const cell of cells) {
      const { columns } = await inspect(`x;y\n${cell};1\n2;2\n3;3\n`)
      expect([cell, columns[0]?.bad]).toEqual([cell, 1])
    }
    const { columns } = await inspect('x\n 1 \n+5\n1e3\n1.\n.5\n"7"\n5e-324\n1E+05\n')
    expect(columns).toMatchObject([{ type: 'number', bad: 0, sum: 101_014.5 }])
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

  it.each([
    ['x;y\n1,5;2\n', { decimal: ',', thousands: '' }, 1.5],
    ['x;y\n1.234,5;2\n1,25;3\n', { decimal: ',', thousands: '.' }, 1235.75],
    ['x;y\n1.234;2,5\n5;3\n', { decimal: ',', thousands: '.' }, 1239],
    ['x;y\n1 234,5;2\n2,5;3\n', { decimal: ',', thousands: ' ' }, 1237],
    ['x;y\n1\u00a0234,5;2\n1\u202f000;3\n', { decimal: ',', thousands: ' ' }, 2234.5],
    ["x;y\n1'234.5;2\n2;3\n", { decimal: '.', thousands: "'" }, 1236.5],
    ['x,y\n"2,349.70",1\n980.3,2\n', { decimal: '.', thousands: ',' }, 3330],
    ['x;y\n1,234;2\n2,345;3\n', { decimal: ',', thousands: '' }, 3.579],
    ['x,y\n"1,234",2\n"2,345",3\n', { decimal: '.', thousands: ',' }, 3579],
    ['x;y\n1.234;2\n2.345;3\n', { decimal: '.', thousands: '' }, 3.579],
    ['x;y\n1.234.567;2\n2;3\n', { decimal: ',', thousands: '.' }, 1_234_569],
    ['x,y\n1.5,2\n2e3,3\n', { decimal: '.', thousands: '' }, 2001.5],
    ['x;y\n\u22121,5;2\n2,5;3\n', { decimal: ',', thousands: '' }, 1],
    ['x;y\n\u20131,5;2\n2,5;3\n', { decimal: ',', thousands: '' }, 1],
  ])('reads the numbers of %j', async (content, format, sum) => {
    const { read, columns, problems } = await inspect(content)
    expect(read).toMatchObject(format)
    expect(columns[0]).toMatchObject({ type: 'number', bad: 0 })
    expect(columns[0]?.sum).toBeCloseTo(sum, 9)
    expect(problems).toEqual([])
  })

  it('says so where a comma or a point could be either', async () => {
    expect((await inspect('x;y\n1,234;2\n2,345;3\n')).notes).toEqual([
      "The comma in 'x' could be a decimal sign or part thousands; it is read as a decimal comma: 1,234 is 1.234.",
    ])
    expect((await inspect('x;y\n1.234;2\n2.345;3\n')).notes).toEqual([
      "The point in 'x' could part thousands; it is read as a decimal point.",
    ])
    expect((await inspect('x;y\n1.234;2,5\n5;3\n')).notes).toEqual([
      "The point in 'x' is read as a separator of thousands: 1.234 is 1234.",
    ])
  })

  it('reads percent and units that stand at every number', async () => {
    const { columns, notes } = await inspect('p;m;c\n12 %;5 kg;€ 3,50\n50%;7 kg;€ 4\n')
    expect(columns).toMatchObject([
      { type: 'number', unit: '%', min: 0.12, max: 0.5 },
      { type: 'number', unit: 'kg', sum: 12 },
      { type: 'number', unit: '€', sum: 7.5 },
    ])
    expect(notes).toContain("'p' is in percent: 12 % is read as 0.12.")
  })

  it('keeps codes as text, but one 007 among decimals is the number 7', async () => {
    expect(await types('zip,n\n00501,007\n10115,1.5\n')).toEqual(['text', 'number'])
    expect((await inspect('n,m\n007,1\n1.5,2\n')).columns[0]).toMatchObject({ sum: 8.5 })
  })

  it('tells dates by the whole column, and says what it guessed', async () => {
    const { columns, notes, read } = await inspect(
      'a;b;c;d;e\n2026-11-25;25.11.2026;03/04/2026;01/02/2026;2026-11-25T09:30:00Z\n2026-11-26;01.02.2026;25/04/2026;03/04/2026;2026-11-25 10:30:00+01:00\n',
    )
    const day = Date.UTC(2026, 10, 25) / 1000
    expect(columns).toMatchObject([
      { type: 'date', min: day, max: day + 86_400 },
      { type: 'date', min: Date.UTC(2026, 1, 1) / 1000, max: day },
      { type: 'date', min: Date.UTC(2026, 3, 3) / 1000, max: Date.UTC(2026, 3, 25) / 1000 },
      { type: 'date', min: Date.UTC(2026, 0, 2) / 1000 },
      { type: 'date', min: day + 9.5 * 3600, max: day + 9.5 * 3600, distinct: 1 },
    ])
    expect(read.dates).toBe('month-first')
    expect(notes).toEqual([
      "Dates in 'd' are read with the month first ('01/02/2026'): no date there tells, so it is a guess.",
    ])
    const told = await inspectTable(await folder.write('d\n01/02/2026\n'), { dates: 'day-first' })
    expect(told.columns[0]?.min).toBe(Date.UTC(2026, 1, 1) / 1000)
    expect((await inspect('d\n2026-02-30\n2026-01-01\n')).columns[0]).toMatchObject({ type: 'date', bad: 1 })
  })

  it('knows yes and no in several languages', async () => {
    const { columns, notes } = await inspect('a,b,c,d\nja,TRUE,y,yes\nnein,false,n,maybe\n ja,True,n,no\n')
    expect(columns).toMatchObject([
      {
        type: 'boolean',
        distinct: 2,
        sum: 2,
        values: [
          { text: 'ja', count: 2 },
          { text: 'nein', count: 1 },
        ],
      },
      { type: 'boolean', sum: 2 },
      { type: 'boolean', sum: 1 },
      { type: 'text', distinct: 3 },
    ])
    expect(notes).toEqual(["Spellings in 'b' are read as yes and no: 'TRUE' (1), 'false' (1), 'True' (1)."])
  })

  it('points out likely codes for missing, and takes them when told', async () => {
    const content = 'x,y,z\n1.5,?,1\n-999,5,2\n2.5,6,999\n3,7,4\n'
    expect((await inspect(content)).columns).toMatchObject([
      { suspects: [{ text: '-999', count: 1 }], missing: 0 },
      { type: 'number', bad: 1, suspects: [{ text: '?', count: 1 }] },
      { suspects: [{ text: '999', count: 1 }] },
    ])
    const errors = ['#N/A', '#DIV/0!', '#VALUE!', '#WERT!', '#NV', 'k.A.', 'n.a.']
    for (const text of errors) {
      const found = await inspect(`x,y\n1,1\n${text},2\n3,3\n`)
      expect([text, found.rows, found.columns[0]]).toMatchObject([
        text,
        3,
        { type: 'number', bad: 1, suspects: [{ text, count: 1 }] },
      ])
    }
    const { columns, problems, read } = await inspectTable(await folder.write(content), { missing: ['-999.0', '?'] })
    expect(columns).toMatchObject([{ missing: 1, sum: 7, suspects: [] }, { missing: 1, bad: 0 }, { missing: 0 }])
    expect(problems).toEqual([])
    expect(read.missing).toEqual(['-999.0', '?'])
  })

  it('groups bad cells by what they say, with their lines and what is done about them', async () => {
    const rows = Array.from({ length: 40 }, (_, row) => (row % 10 === 3 ? 'low' : row === 5 ? 'high' : row))
    const file = await folder.write(`x,y\n${rows.map((x) => `${x},1`).join('\n')}\n`)
    const bad = [
      { column: 'x', text: 'low', action: 'missing' as const },
      { text: 'high', action: 'drop' as const },
    ]
    const { problems, columns, notes } = await inspectTable(file, { bad })
    expect(columns[0]).toMatchObject({ type: 'number', bad: 5 })
    expect(problems).toEqual([
      {
        kind: 'not-number',
        column: 'x',
        text: 'low',
        count: 4,
        places: ['line 5', 'line 15', 'line 25', 'line 35'],
        action: 'missing',
      },
      { kind: 'not-number', column: 'x', text: 'high', count: 1, places: ['line 7'], action: 'drop' },
    ])
    expect(notes).toEqual(["One row is left out for cells that are not of their column's type."])
  })

  it('takes the types that it is told', async () => {
    const file = await folder.write('a,b,c\n1,x,1\n2,5,0\n')
    const { columns } = await inspectTable(file, { types: { a: 'text', b: 'number', c: 'boolean' } })
    expect(columns).toMatchObject([
      { type: 'text', distinct: 2, sum: null },
      { type: 'number', bad: 1, sum: 5 },
      { type: 'boolean', sum: 1 },
    ])
  })

  it('finds a column that is told of whatever spaces are at the ends of its name', async () => {
    const file = await folder.write('1,low\n2,3\n')
    const read = {
      header: false,
      types: { 'column 2': 'number' as const },
      bad: [{ column: 'column 2', action: 'drop' as const }],
    }
    const { columns, problems } = await inspectTable(file, read)
    expect(columns[1]).toMatchObject({ type: 'number', bad: 1, sum: 3 })
    expect(problems).toMatchObject([{ text: 'low', action: 'drop' }])
  })

  it('knows columns by any name, also by those that objects have of their own', async () => {
    const table = '__proto__,constructor,toString,hasOwnProperty\n1,a,2,yes\n3,b,4,no\n'
    const { columns } = await inspect(table)
    expect(columns.map(({ name, type }) => [name, type])).toEqual([
      ['__proto__', 'number'],
      ['constructor', 'text'],
      ['toString', 'number'],
      ['hasOwnProperty', 'boolean'],
    ])
    const told = await inspectTable(await folder.write(table), {
      types: Object.fromEntries([['toString', 'text' as const]]),
    })
    expect(told.columns.map(({ type }) => type)).toEqual(['number', 'text', 'text', 'boolean'])
  })

  it('quotes the beginning of a long cell', async () => {
    const long = '1,'.repeat(5000)
    const { notes } = await inspect(`a;b\n${long};1\n${long}2;2\n`)
    expect(notes.join(' ')).toContain('1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,…')
  })

  it('reads a cell of a million digits among numbers and among texts', async () => {
    const digits = '9'.repeat(1 << 20)
    const { rows, columns } = await inspect(`a,b\n1,x\n${digits},${digits}\n3,y\n`)
    expect(rows).toBe(3)
    expect(columns).toMatchObject([{ name: 'a' }, { type: 'text', distinct: 3 }])
  })

  it('reads units without a space, but no letters of codes', async () => {
    const { columns } = await inspect('m,t,seat,size\n9kg,1.5ms,1A,10k\n10kg,2ms,2A,3M\n11kg,-3ms,3A,20k\n')
    expect(columns).toMatchObject([
      { type: 'number', unit: 'kg', sum: 30 },
      { type: 'number', unit: 'ms', sum: 0.5 },
      { type: 'text' },
      { type: 'text' },
    ])
  })

  it('reads numbers below 0 as accountants write them, beside others only', async () => {
    const table = 'a;b;c;list\n(1,50);7-;(2 €);(1)\n2,25;1.234,5-;3 €;(2)\n3;4;5 €;(3)\n'
    const { columns, notes } = await inspect(table)
    expect(columns).toMatchObject([
      { type: 'number', min: -1.5, sum: 3.75, bad: 0 },
      { type: 'number', min: -1234.5, sum: -1237.5, bad: 0 },
      { type: 'number', unit: '€', min: -2, sum: 6, bad: 0 },
      { type: 'text' },
    ])
    expect(notes).toContain("Numbers below 0 in 'a' are written as in accounts: (1,50) is -1.5.")
  })

  it('takes a unit for a unit although some cells say something else', async () => {
    const { columns, problems } = await inspect('t,hum,mixed\n1,40 %,5 %\n2,41%,6\n3,42 %,7\n4,n/a,8\n')
    expect(columns).toMatchObject([
      { type: 'number' },
      { type: 'number', unit: '%', bad: 1, suspects: [{ text: 'n/a', count: 1 }], max: 0.42 },
      { type: 'number', unit: null, bad: 1, sum: 21 },
    ])
    expect(problems).toMatchObject([
      { column: 'hum', text: 'n/a', places: ['line 5'] },
      { column: 'mixed', text: '5 %', places: ['line 2'] },
    ])
  })

  it('tells of lines with too few or too many cells', async () => {
    const { rows, problems } = await inspect('x,y\n1,2\n3\n4,5,6\n7,8,\n9,0\n1,2\n')
    expect(rows).toBe(6)
    expect(problems).toEqual([
      { kind: 'short-line', column: null, text: null, count: 1, places: ['line 3'], action: 'missing' },
      { kind: 'long-line', column: null, text: null, count: 1, places: ['line 4'], action: 'stop' },
    ])
  })

  it('reads a survey with line breaks, doubled quotes, thousands, codes and spellings of yes', async () => {
    const file = new URL('testdata/survey_quoted.csv', import.meta.url).pathname
    const { rows, columns, notes, problems } = await inspectTable(file)
    expect(rows).toBe(30)
    expect(columns).toMatchObject([
      { name: 'respondent', type: 'text', distinct: 30 },
      { name: 'zip', type: 'text', distinct: 30 },
      { name: 'monthly\nincome (€)', type: 'number', max: 9759.8, missing: 0, bad: 0 },
      { name: 'employed', type: 'boolean', sum: 20 },
      { name: 'fax', missing: 30, distinct: 0 },
      { name: 'version', type: 'number', min: 7, max: 7, distinct: 1 },
      { name: 'comment', type: 'text' },
      { name: 'buys', type: 'boolean', sum: 18, distinct: 2 },
    ])
    expect(columns[0]?.values.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['9007199254740993', '9007199254741051']),
    )
    expect(columns[1]?.values[0]?.text).toBe('00000')
    expect(columns[2]?.sum).toBeCloseTo(118_342.06, 6)
    expect(problems).toEqual([])
    expect(notes.join()).toContain("Spellings in 'buys' are read as yes and no: 'no'")
  })
})
