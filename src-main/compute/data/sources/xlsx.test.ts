import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { inspectTable } from '../cells/inspect'
import { layOut } from '../layout/survey'
import { testFolder } from '../testing'
import { openSource } from './source'
import { FORMATS, rowOf, workbookOf, zipOf } from './testing'

const { write } = testFolder()

const file = (bytes: Uint8Array, name = 'book.xlsx') => write(bytes, name)

async function textOf(bytes: Uint8Array, sheet?: string): Promise<string> {
  return readFile((await openSource(await file(bytes), { sheet })).text, 'utf8')
}

const one = (rows: string, options?: Parameters<typeof workbookOf>[1]) => workbookOf([{ name: 'Data', rows }], options)

describe('a workbook', () => {
  it('is read as a table, whatever its file is called', async () => {
    const rows = rowOf(1, ['x', 'y']) + rowOf(2, [1, 2]) + rowOf(3, [0.1, -3e-7])
    const path = await file(one(rows), 'wrong.csv')
    expect(await inspectTable(path)).toMatchObject({
      rows: 2,
      columns: [
        { name: 'x', type: 'number', min: 0.1, max: 1 },
        { name: 'y', type: 'number', min: -3e-7, max: 2 },
      ],
    })
    expect(await openSource(path)).toMatchObject({ format: 'xlsx', encoding: null, sheet: 'Data', sheets: ['Data'] })
  })

  it('gives numbers to the last digit, not as they are shown', async () => {
    const cells = ['0.30000000000000004', '1.0000000000000002E-2', '9007199254740993', '5E-324', '1E5', '-0.50']
    const rows = rowOf(
      1,
      cells.map((value) => `<c s="2"><v>${value}</v></c>`),
    )
    expect(await textOf(one(rows))).toBe(
      '0.30000000000000004,0.010000000000000002,9007199254740993,5e-324,100000,-0.5\n',
    )
  })

  it('knows a date by its number format, and nothing else', async () => {
    const style = (format: string) => FORMATS.indexOf(format) + 1
    const days = (format: string, value: number) => `<c s="${style(format)}"><v>${value}</v></c>`
    const rows = rowOf(1, [
      days('yyyy-mm-dd', 45322),
      days('d. mmm yy hh:mm', 45322.75),
      days('d. mmm yy hh:mm', 45322.000011574),
      days('yyyy-mm-dd', 59),
      days('yyyy-mm-dd', 60),
      days('yyyy-mm-dd', -1),
      days('[h]:mm', 1.5),
      days('h:mm AM/PM', 0.25),
      days('"day" 0', 45322),
      `<c s="${FORMATS.length + 1}"><v>45322.5</v></c>`,
      '<c t="d"><v>2024-01-31T00:00:00</v></c>',
      45322,
    ])
    expect((await textOf(one(rows))).trimEnd().split(',')).toEqual([
      '2024-01-31',
      '2024-01-31T18:00:00',
      '2024-01-31T00:00:01',
      '1900-02-28',
      '60',
      '-1',
      '1.5',
      '0.25',
      '45322',
      '2024-01-31T12:00:00',
      '2024-01-31T00:00:00',
      '45322',
    ])
    expect(await textOf(one(rowOf(1, [days('yyyy-mm-dd', 0)]), { from1904: true }))).toBe('1904-01-01\n')
  })

  it('gives texts, yes/no, errors and what formulas came to', async () => {
    const strings = [
      '<t>plain</t>',
      '<r><t>rich </t></r><r><rPr/><t>text</t></r><rPh sb="0" eb="1"><t>spoken</t></rPh>',
      '<t>a,"b"_x000D_\nc &lt;&amp;</t>',
    ]
    const rows = rowOf(1, [
      '<c t="s"><v>0</v></c>',
      '<c t="s"><v>1</v></c>',
      '<c t="s"><v>2</v></c>',
      '<c t="b"><v>1</v></c>',
      '<c t="b"><v>0</v></c>',
      '<c t="e"><f>1/0</f><v>#DIV/0!</v></c>',
      '<c t="str"><f>A1&amp;"x"</f><v>plainx</v></c>',
      '<c><f>1+1</f><v>2</v></c>',
      '<c><f>1+2</f></c>',
      '<c><f>1+2</f><v></v></c>',
      '<c t="str"><f>A9</f><v></v></c>',
      '<c s="1"/>',
      'é=1',
    ])
    expect(await textOf(one(rows, { strings }))).toBe(
      'plain,rich text,"a,""b""\r\nc <&",true,false,#DIV/0!,plainx,2,#N/A,#N/A,,,é=1\n',
    )
  })

  it('leaves places of cells and rows that are empty', async () => {
    const rows =
      '<row r="3"><c r="B3" t="inlineStr"><is><t>x</t></is></c><c r="D3"><v>1</v></c></row><row r="5"/><row r="6"><c r="C6"><v>2</v></c></row>'
    expect(await textOf(one(rows))).toBe('\n\n,x,,1\n\n\n,,2,\n')
  })

  it('names the row of the sheet, empty rows and line breaks in cells counted', async () => {
    const rows =
      rowOf(2, ['x\nm', 'y']) + rowOf(3, [1, 'two\n\nlines']) + rowOf(7, [3, 'a\rb']) + rowOf(9, ['no number', 'c'])
    const source = await openSource(await file(one(rows)))
    const places = (await readFile(source.text, 'utf8')).split(/\r\n|\r|\n/).map((_, i) => source.place(i + 1))
    expect(places.slice(0, 7)).toEqual(['row 1', 'row 2', 'row 2', 'row 3', 'row 3', 'row 3', 'row 4'])
    expect(places.slice(9, 13)).toEqual(['row 7', 'row 7', 'row 8', 'row 9'])
  })
})

describe('the beginning of a workbook', () => {
  it('is its first rows, whatever stands below them', async () => {
    const rows = Array.from({ length: 3000 }, (_, i) => rowOf(i + 1, [i, 'x'])).join('')
    const path = await file(one(`${rows}<row r="1"/>`))
    await expect(openSource(path)).rejects.toThrow('row 1 follows row 3000')
    const { text } = await openSource(path, { beginning: true })
    expect((await readFile(text, 'utf8')).trimEnd().split('\n')).toHaveLength(1000)
  })
})

describe('sheets of a workbook', () => {
  const lines = (count: number, cells: readonly (number | string)[], from = 1) =>
    Array.from({ length: count }, (_, i) => rowOf(from + i, cells)).join('')
  const sheets = [
    { name: 'Empty', rows: '<row r="1"><c s="1"/></row>' },
    { name: 'Secret', rows: rowOf(1, [1, 2]), hidden: true },
    { name: 'Results', rows: rowOf(1, ['a', 'b']) + rowOf(2, [3, 4]) },
    { name: 'Notes', rows: rowOf(1, ['c']) },
  ]

  it('are listed, and the largest is read', async () => {
    const source = await openSource(await file(workbookOf(sheets)))
    expect(source).toMatchObject({ sheet: 'Results', sheets: ['Empty', 'Secret', 'Results', 'Notes'] })
    expect(await readFile(source.text, 'utf8')).toBe('a,b\n3,4\n')
  })

  it.each([
    ['a page of text before it', lines(40, ['what it is about, at length'])],
    ['a small table before it', rowOf(1, ['mean', 'of']) + rowOf(2, [3, 4])],
    ['an empty sheet that is formatted', lines(500, ['<c s="1"/>', '<c s="2"/>', '<c s="1"/>'])],
  ])('are compared by the cells of their rows: %s', async (_, first) => {
    const second = rowOf(1, ['a', 'b']) + lines(12, [1, 2], 2)
    const book = workbookOf([
      { name: 'First', rows: first },
      { name: 'Table', rows: second },
    ])
    const path = await file(book)
    expect((await openSource(path)).sheet).toBe('Table')
    expect((await openSource(path, { beginning: true })).sheet).toBe('Table')
    expect((await layOut(path)).notes).toEqual(["The largest sheet, 'Table', is read; there are others: 'First'."])
    expect((await layOut(path, { sheet: 'First' }).catch(() => null))?.notes[0] ?? '').not.toContain('largest')
  })

  it('that are very large are compared by their parts, equal ones by their order', async () => {
    const large = (rows: number) => lines(rows, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    const of = async (...sizes: number[]) =>
      (await openSource(await file(workbookOf(sizes.map((rows, k) => ({ name: `${k}`, rows: large(rows) })))))).sheet
    expect(await of(14_000, 16_000, 1)).toBe('1')
    expect(await of(20, 20, 5)).toBe('0')
  })

  it('may be damaged where they are not the one to be read', async () => {
    const table = lines(5, [1, 2, 3])
    const damaged = rowOf(1, [1]) + rowOf(1, [2])
    const of = (first: string) =>
      workbookOf([
        { name: 'a', rows: first },
        { name: 'b', rows: table },
      ])
    expect(await openSource(await file(of(damaged)))).toMatchObject({ sheet: 'b' })
    await expect(textOf(of(lines(9, [1, 2, 3]) + damaged))).rejects.toThrow('row 1 follows row 9')
  })

  it('are one column each: the longest is read', async () => {
    const book = workbookOf([
      { name: 'short', rows: lines(3, [1]) },
      { name: 'long', rows: lines(4, [1]) },
    ])
    expect(await openSource(await file(book))).toMatchObject({ sheet: 'long' })
  })

  it('are read by their names', async () => {
    expect(await textOf(workbookOf(sheets), 'Notes')).toBe('c\n')
    expect(await textOf(workbookOf(sheets), ' secret')).toBe('1,2\n')
    await expect(textOf(workbookOf(sheets), 'Plan')).rejects.toMatchObject({
      exitCode: 2,
      message: "book.xlsx has no sheet 'Plan'; its sheets are 'Empty', 'Secret', 'Results', 'Notes'",
    })
    await expect(textOf(workbookOf(sheets), 'Empty')).rejects.toThrow(
      "book.xlsx is empty: there is nothing in its sheet 'Empty'",
    )
  })
})

describe('a workbook that is none, or a bad one', () => {
  const good = one(rowOf(1, ['x']) + rowOf(2, [1]))

  it.each([
    ['without cells', one(''), 'book.xlsx is empty: there are no cells with a value in it'],
    ['without sheets', workbookOf([]), 'book.xlsx is empty: there are no cells with a value in it'],
    ['another zip', zipOf({ 'a.csv': 'x,y\n1,2\n' }), 'book.xlsx is no table: it is packed (zip): unpack it first'],
    [
      'an .ods',
      zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<a/>' }),
      'book.xlsx is an OpenDocument file (.ods): save it as .xlsx or as CSV',
    ],
    ['a row out of order', one(rowOf(2, [1]) + rowOf(1, [2])), 'book.xlsx is damaged: row 1 follows row 2'],
    [
      'a text that is missing',
      one(rowOf(1, ['<c t="s"><v>7</v></c>'])),
      'book.xlsx is damaged: a cell of row 1 has no text',
    ],
    [
      'a cell outside',
      one(rowOf(1, ['<c r="ZZZZ1"><v>1</v></c>'])),
      'book.xlsx is damaged: a cell of row 1 lies outside',
    ],
    ['cut XML', one('<row r="1"><c><v>1'), 'book.xlsx is damaged or cut off'],
    ['an entity', one(rowOf(1, ['&bomb;'])), 'book.xlsx is damaged or cut off'],
    ['cut in the middle', good.subarray(0, good.length / 2), 'book.xlsx is damaged or cut off'],
    ['cut at the end', good.subarray(0, good.length - 10), 'book.xlsx is damaged or cut off'],
  ])('is refused in one sentence: %s', async (_, bytes, message) => {
    await expect(textOf(bytes)).rejects.toMatchObject({ name: 'UserError', message: expect.stringContaining(message) })
  })

  it('is refused where it unpacks to far more than it is', async () => {
    const bomb = one(rowOf(1, ['x'.padEnd(70 << 20)]))
    expect(bomb.length).toBeLessThan(1 << 20)
    await expect(textOf(bomb)).rejects.toThrow('book.xlsx is not opened: its part xl/worksheets/sheet1.xml is packed')
  })

  it('is believed by its cells, not by the range that it claims', async () => {
    const book = workbookOf([{ name: 'a', rows: rowOf(1, ['x']) + rowOf(2, [1]), dimension: 'A1:XFD1048576' }])
    expect(await layOut(await file(book))).toMatchObject({ rows: 1, names: ['x'] })
  })

  it('does not fill the disk for a cell at the far end', async () => {
    const far = `<row r="1"><c r="XFD1"><v>1</v></c></row>`
    const rows = Array.from({ length: 200_000 }, (_, i) => `<row r="${i + 2}"><c><v>1</v></c></row>`).join('')
    await expect(textOf(one(far + rows))).rejects.toThrow('has cells too far apart')
  })
})
