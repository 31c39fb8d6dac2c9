import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withTable } from '../cells/csv-table'
import { testFolder } from '../testing'
import type { CsvLayout } from './csv-layout'
import { parseRecords } from './csv-records'
import { layOut, linesOf, survey } from './survey'

const folder = testFolder()
const file = folder.write

const layout = async (content: string | Uint8Array) => layOut(await file(content))

const cells = async (content: string) => cellsOf(await layout(content))

async function cellsOf(found: CsvLayout): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = []
  await withTable(found, (table) =>
    table.stream(
      found.names.map((_, column) => column),
      (chunk, _, count) => {
        for (const row of chunk.getRows().slice(0, count))
          rows.push(row.map((cell) => (cell === null ? null : String(cell))))
      },
    ),
  )
  return rows
}

describe('the layout of a CSV file', () => {
  it.each([
    ['a,b\n1,2\n', ','],
    ['a;b\n1;2\n', ';'],
    ['a\tb\n1\t2\n', '\t'],
    ['a|b\n1|2\n', '|'],
    ['a;b\n1,5;2,5\n', ';'],
    ['name;text\n1;"a, b, c"\n2;"d, e"\n', ';'],
    ['a\n1\n2\n', ','],
    ['a:b:c\n1:2:x\n4:5:y\n', ':'],
    ['time\n12:30\n12:31\n', ','],
    ['12:30:05\n12:30:06\n', ','],
    ['2026-01-01T12:30:05\n2026-01-01T12:30:06\n', ','],
    ['time,t\n12:30,1\n12:31,2\n', ','],
    ['alpha: 1\nbeta: 2\n', ' '],
    ['1 1:0.5 2:0.25\n0 1:0.1 2:0.9\n', ','],
    ['page\nhttp://a.org:80/b\nhttp://c.org:81/d\n', ','],
  ])('finds the delimiter of %j', async (content, delimiter) => {
    expect((await layout(content)).delimiter).toBe(delimiter)
  })

  it.each([
    ['x,y\n1,2\n', true],
    ['1,2\n3,4\n', false],
    ['id,2019,2020\n1,5,6\n2,7,8\n', true],
    ['NA,1,2\n3,4,5\n6,7,8\n', false],
    ['anna,1\nbert,2\n', false],
    ['name,town\nanna,Bonn\n', true],
  ])('sees whether %j has a header', async (content, header) => {
    expect((await layout(content)).header).toBe(header)
  })

  it('names columns by the header, trimmed, and makes every name different', async () => {
    const found = await layout(' a ,,a,b,a\n1,2,3,4,5\n')
    expect(found.names).toEqual(['a', ' column 2', 'a (2)', 'b', 'a (3)'])
    expect((await layout('1,2\n3,4\n')).names).toEqual([' column 1', ' column 2'])
  })

  it.each(['when\n2024-03-01 10:00\n2024-03-01 11:00\n', 'x\n1 200\n3 400\n', 'x\n1.5 kg\n2 kg\n', 'x\n5 ms\n7 ms\n'])(
    'takes %j for one column, whose values have a space',
    async (content) => {
      const found = await layout(content)
      expect(found.names).toEqual([content.split('\n')[0]])
      expect(found.rows).toBe(2)
    },
  )

  it('still finds a table of runs of spaces below a title of one word', async () => {
    const found = await layout('Results\n1 2 3\n4 5 6\n')
    expect(found).toMatchObject({ delimiter: ' ', rows: 2, columns: 3 })
  })

  it('does not shift names for a comma behind an apostrophe, but says that there is a cell too many', async () => {
    await expect(layout("a,b,c\n0,'x, 0',0.5\n1,'y, 1,0.5\n")).rejects.toThrow(
      'line 2 has 4 cells where the table has 3 columns',
    )
  })

  it('takes the delimiter and the header that it is told', async () => {
    const path = await file('a;b\n1;2\n')
    expect(await layOut(path, { delimiter: ',', header: false })).toMatchObject({ rows: 2, columns: 1 })
  })

  it('skips a byte order mark and empty lines', async () => {
    expect(await layout('\ufeff\n\nx,y\n\n1,2\n3,4\n\n')).toMatchObject({ rows: 2, names: ['x', 'y'], skipLines: 2 })
  })

  it('counts an empty line between the rows of a single column as an empty cell', async () => {
    expect(await layout('x\n1\n\n2\n\n\n')).toMatchObject({ rows: 3, missing: [1] })
  })

  it('knows the line of a cell behind line breaks of all kinds', async () => {
    const found = await layout('"a\nb",c\r\n"1\r\n\r\n1",2\n3,"4\n5"\n\r\n6,7\n8,"\r9"\r\n')
    const wanted = [0, 1, 2, 3].flatMap((row) => [0, 1].map((column) => ({ row, column })))
    expect(await linesOf(found, wanted)).toEqual([3, 5, 6, 6, 9, 9, 10, 10])
  })

  it.each([
    ['', 'table.csv is empty: there are no rows in it'],
    ['\n\n', 'table.csv is empty: there are no rows in it'],
    ['x,y\n', 'table.csv has only a header line: there are no rows below it'],
    [
      'x,y\n1,2\n3,4,5\n4,5,6\n7,8\n9,0\n',
      'table.csv, line 3 has 3 cells where the table has 2 columns (and 1 more such lines)',
    ],
    ['x,y\n"a\nb",2\n4,5,6\n', 'table.csv, line 4 has 3 cells where the table has 2 columns'],
    ['x,y\n1,"2\n3,4\n', 'table.csv, line 2 opens a quote that is never closed'],
  ])('refuses %j', async (content, message) => {
    await expect(layout(content)).rejects.toMatchObject({ name: 'UserError', message })
  })

  it('keeps text after a closing quote as lenient readers do, and says so', async () => {
    const found = await layout('x,y\n1,"2"3\n4,"an "odd" one"\n5,"plain"\n')
    expect(await cellsOf(found)).toEqual([
      ['1', '23'],
      ['4', 'an odd" one"'],
      ['5', 'plain'],
    ])
    expect(found.notes).toEqual([
      'Text after a closing quote is taken as part of its cell, first in line 2 (and in 1 more cells).',
    ])
  })

  it.each<[string, string, readonly (string | null)[][]]>([
    [
      'a separator in them',
      "name,x\n'Meyer, Ann',1\n'Li, Bo',2\n",
      [
        ['Meyer, Ann', '1'],
        ['Li, Bo', '2'],
      ],
    ],
    [
      'a doubled one',
      "name;x\n'it''s; so';1\nplain;2\n",
      [
        ["it's; so", '1'],
        ['plain', '2'],
      ],
    ],
    [
      'one behind a backslash',
      "name,x\n'it\\'s, so',1\n'b',2\n",
      [
        ["it's, so", '1'],
        ['b', '2'],
      ],
    ],
    [
      'a line break',
      "name,x\n'two\nlines',1\n'b',2\n",
      [
        ['two\nlines', '1'],
        ['b', '2'],
      ],
    ],
    [
      'a double one',
      "size,x\n'5\" pipe, steel',1\n'6\" pipe',2\n",
      [
        ['5" pipe, steel', '1'],
        ['6" pipe', '2'],
      ],
    ],
    [
      'numbers',
      "'x','y'\n'1.5','2'\n'2.5','3'\n",
      [
        ['1.5', '2'],
        ['2.5', '3'],
      ],
    ],
  ])('takes cells out of single quotes, with %s', async (_, text, rows) => {
    const found = await layout(text)
    expect(await cellsOf(found)).toEqual(rows)
    expect(found.notes).toContain("Cells stand in single quotes: 'a, b' is one cell.")
    expect(found.scanning.quote).toBe("'")
  })

  it('tells of single quotes once, also below a line of names and one of units', async () => {
    const found = await layout("'length','note'\n'm',''\n1.5,'a, b'\n2.5,'c'\n")
    expect(found).toMatchObject({ rows: 2, columns: 2, hasUnits: true })
    expect(found.notes.filter((note) => note.includes('single quotes'))).toHaveLength(1)
  })

  it.each([
    ["begin a word: 'tis", "text,x\n'tis late,1\n'twas early,2\n"],
    ["mark feet: 5'", "height,x\n5',1\n6',2\n"],
    ["stand in names: O'Brien", "name,x\nO'Brien,1\nD'Arcy,2\n"],
    ['group thousands', "a,b\n1'000,2\n3'000,4\n"],
    ['stand in double quotes', 'text,x\n"\'a\', b",1\n"c",2\n'],
    ['mark texts, as in spreadsheets', "code,x\n'007,1\n'008,2\n"],
  ])('leaves apostrophes alone that %s', async (_, text) => {
    const found = await layout(text)
    expect(found.scanning.quote).toBe('"')
    expect([found.rows, found.columns, found.notes]).toEqual([2, 2, []])
  })

  it('leaves an apostrophe alone where only the end of a long file tells that it is one', async () => {
    const found = await layout(`text,x\n${"'so',1\n".repeat(700_000)}'tis late,2\nit,3\n`)
    expect([found.scanning.quote, found.rows]).toEqual(['"', 700_002])
  })

  it('takes a quote behind any number of spaces for one', async () => {
    const found = await layout('a,b\n1,   "x, ""y"""\n2, "two\nlines"\n    "3",z\n')
    expect(await cellsOf(found)).toEqual([
      ['1', 'x, "y"'],
      ['2', 'two\nlines'],
      ['3', 'z'],
    ])
  })

  it('takes what a person says of quotes', async () => {
    const path = await file("text,x\n'so',1\n'no',2\n")
    expect(await cellsOf(await layOut(path, { quote: '"' }))).toEqual([
      ["'so'", '1'],
      ["'no'", '2'],
    ])
    expect(await cellsOf(await layOut(await file('text,x\n"so",1\n'), { quote: "'" }))).toEqual([['"so"', '1']])
  })

  it('knows quotes behind a backslash by the whole text', async () => {
    const cells = ['a "b" c', 'x, "y"', 'C:\\dir\\', 'end"', '5" pipe', '\\n', 'two\nlines']
    const written = cells.map((cell, k) => `${k},"${cell.replaceAll(/["\\]/g, '\\$&')}",${k}.5`)
    const expected = cells.map((cell, k) => [`${k}`, cell, `${k}.5`])
    for (const filler of [0, 200_000]) {
      const rows = Array.from({ length: filler }, (_, k) => `${k},"plain",0.5`)
      const found = await layout(['id,text,n', ...rows, ...written, ''].join('\n'))
      expect((await cellsOf(found)).slice(filler)).toEqual(expected)
      expect(found.notes).toEqual(['Quotes within cells are written with a backslash: \\".'])
    }
    const windows = await layout('path,n\n"C:\\dir\\",1\n"a ""b"" \\""c""",2\n')
    expect(await cellsOf(windows)).toEqual([
      ['C:\\dir\\', '1'],
      ['a "b" \\"c"', '2'],
    ])
    expect(windows.notes).toEqual([])
  })

  it('takes no error of a spreadsheet for a comment', async () => {
    const found = await layout('x,y\n1,2\n#N/A,3\n#DIV/0!,4\n2,#WERT!\n')
    expect(found).toMatchObject({ rows: 4, comment: '' })
  })

  it('reads other encodings than UTF-8', async () => {
    const latin = Buffer.from('x,y\n1,2\nM\xfcnchen,3\n', 'latin1')
    expect(await cellsOf(await layout(latin))).toEqual([
      ['1', '2'],
      ['München', '3'],
    ])
  })

  it('refuses a missing file and a folder by their paths', async () => {
    await expect(layOut(join(folder.path, 'no.csv'))).rejects.toThrow(`there is no file ${join(folder.path, 'no.csv')}`)
    await expect(layOut(folder.path)).rejects.toThrow(`${folder.path} is a folder`)
  })

  it('reads characters and cells that a chunk cuts in two', async () => {
    const long = '温ü"é'.repeat(300_000)
    const found = await cells(`x,y\n"${long.replaceAll('"', '""')}",1\n`)
    expect(found).toEqual([[long, '1']])
  })

  it('finds a file whose name looks like a pattern', async () => {
    const path = await file('x,y\n1,2\n', `a=1 [1] it's * ü 温.csv`)
    expect(await cellsOf(await layOut(path))).toEqual([['1', '2']])
  })

  describe('of a text that is not plain', () => {
    it.each([
      ['sep=;\na;b\n1;2\n', {}, { delimiter: ';', skipLines: 1, names: ['a', 'b'] }],
      ['Logger 5\nsite: Bonn\n\ntime,x,y\n1,2,3\n4,5,6\n7,8,9\n', {}, { skipLines: 3, names: ['time', 'x', 'y'] }],
      ['# made by hand\n# on Monday\nx,y\n1,2\n3,4\n', {}, { comment: '#', names: ['x', 'y'], rows: 2 }],
      ['# x y\n1 2\n3 4\n', {}, { delimiter: ' ', comment: '#', header: true, names: ['x', 'y'], rows: 2 }],
      ['  x     y\n 1.5  20\n10.5   3\n', {}, { delimiter: ' ', names: ['x', 'y'], rows: 2 }],
      ['t;p\n°C;hPa\n1,5;2\n3,5;4\n', {}, { names: ['t', 'p'], units: ['°C', 'hPa'], rows: 2, hasUnits: true }],
      ['t;p\n[s];[m/s]\n1,5;2\n', {}, { units: ['s', 'm/s'], rows: 1 }],
      ['name,score\nanna,absent\nbert,5\ncarl,6\n', {}, { hasUnits: false, rows: 3 }],
      ['a;b;\n1;2;\n3;4;\n', {}, { names: ['a', 'b'], rows: 2 }],
      ['a;b\n1;2;\n3;4;\n', {}, { names: ['a', 'b'], rows: 2 }],
      ['a;b;\n1;2\n3;4\n', {}, { names: ['a', 'b'], rows: 2 }],
      ['"x" "y"\n"1" 5 6\n"2" 7 8\n', {}, { delimiter: ' ', names: [' column 1', 'x', 'y'], rows: 2 }],
      ['x\n1,5\n2,5\n', {}, { names: ['x'], rows: 2, numbers: { decimal: ',', thousands: '' } }],
      ['a^b\n1^2\n3^4\n', {}, { delimiter: '^' }],
      ['1!2\n3!4\n', { delimiter: '!', header: false }, { rows: 2, columns: 2 }],
      [
        'Bench 7;;\n;;\nt;p;q\ns;bar;\n1,5;2;3\n2,5;3;4\n',
        {},
        { names: ['t', 'p', 'q'], rows: 2, skipLines: 2, hasUnits: true },
      ],
      ['name,,\nanna,,\nbert,,\n', {}, { names: ['name'], rows: 2, skipLines: 0 }],
      ['x,,\n1,2,3\n4,5,6\n', {}, { names: ['x', ' column 2', ' column 3'], rows: 2, skipLines: 0 }],
      ['junk\nx,y\n1,2\n', { skipLines: 1 }, { names: ['x', 'y'], rows: 1, skipLines: 1 }],
      ['x,y\n#1,2\n3,4\n', { comment: '' }, { rows: 2 }],
      ['x,y\n1,2\r3,4\r\n5,6', {}, { rows: 3 }],
      ['"x\ny",z\r\n"a\nb",2', {}, { rows: 1, names: ['x\ny', 'z'] }],
    ])('finds the table in %j', async (content, read, expected) => {
      const found = await layOut(await file(content), read)
      expect(found).toMatchObject(expected)
      const { delimiter, skipLines, comment, header, hasUnits: units, numbers } = found
      const again = await layOut(await file(content), { delimiter, skipLines, comment, header, units, ...numbers })
      expect({ names: again.names, units: again.units, rows: again.rows }).toEqual({
        names: found.names,
        units: found.units,
        rows: found.rows,
      })
      expect(await cellsOf(again)).toEqual(await cellsOf(found))
    })

    it('gives its cells, and the lines that they stand on in the file', async () => {
      const found = await layout('title\n\nx;y;\n# no row\n1;"a;""b"\n\n2;c\r3;"d\ne";\n4\n5;e\n6;f\n7;g\n')
      expect((await cellsOf(found)).slice(0, 4)).toEqual([
        ['1', 'a;"b'],
        ['2', 'c'],
        ['3', 'd\ne'],
        ['4', null],
      ])
      const wanted = [0, 1, 2, 3].flatMap((row) => [0, 1].map((column) => ({ row, column })))
      expect(await linesOf(found, wanted)).toEqual([5, 5, 7, 7, 8, 8, 10, 10])
      expect(found).toMatchObject({ comment: '#', short: { count: 1, lines: [10] }, missing: [0, 1] })
    })

    it('says what it left out', async () => {
      const { notes } = await layout('title\nx;y;;z\n1;2;;5\n3;4;;6\n;;\n')
      expect(notes).toEqual([
        'The table begins in line 2: what stands above it is left out.',
        'A column without name and values is left out.',
        'One row has only empty cells.',
      ])
    })

    it('leaves out uneven rows where it is told to, and tells of them all the same', async () => {
      const path = await file('x,y\n1,2\n3\n4,5,6\n7,8,\n9,0\n')
      const found = await survey(path, { ragged: { short: 'drop', long: 'drop' } })
      expect(found).toMatchObject({
        rows: 3,
        short: { count: 1, lines: [3] },
        long: { count: 1, lines: [4], cells: 3 },
      })
      expect(await cellsOf(found)).toEqual([
        ['1', '2'],
        ['7', '8'],
        ['9', '0'],
      ])
      expect(await linesOf(found, [{ row: 1, column: 0 }])).toEqual([5])
      await expect(layOut(path, { ragged: { short: 'stop', long: 'drop' } })).rejects.toThrow('line 3 has 1 cell')
      await expect(layOut(path)).rejects.toThrow('line 4 has 3 cells where the table has 2 columns')
    })
  })

  it('agrees with DuckDB on every file that it accepts', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', '1', ',', '"', ' ', '\n', '\r\n', '\r', 'ü', ';'),
      maxLength: 40,
    })
    let accepted = 0
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (content, header) => {
        const found = await layOut(await file(content), { delimiter: ',', header }).catch(() => null)
        if (found === null) return
        accepted++
        let rows = 0
        await withTable(found, (table) =>
          table.stream(
            found.names.map((_, column) => column),
            (_, __, count) => {
              rows += count
            },
          ),
        )
        expect(rows).toBe(found.rows)
      }),
      { numRuns: 300 },
    )
    expect(accepted).toBeGreaterThan(20)
  })

  it('refuses a file whose first line does not end', async () => {
    await expect(layout('x,'.repeat(3 << 20))).rejects.toThrow('begins with a line of more than 4 MB')
  })

  it('reads a file again once it has changed', async () => {
    const path = await file('title\nx;y\n1;2\n', 'changing.csv')
    expect((await layOut(path)).rows).toBe(1)
    expect(await layOut(path)).toBe(await layOut(path))
    const told = { header: true, decimal: '.' } as const
    expect(await layOut(path, { decimal: '.', delimiter: undefined, header: true })).toBe(await layOut(path, told))
    await file('title\nx;y\n1;2\n3;4\n', 'changing.csv')
    expect((await layOut(path)).rows).toBe(2)
  })

  it('gives back the cells that were written', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', ',', '"', ' ', '\n', '\r\n', 'ü', ';'), maxLength: 6 })
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 5 }),
      )
    await fc.assert(
      fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), async (rows, ending) => {
        const written = rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join(ending)
        const header = rows[0]?.map((_, index) => `c${index}`).join(',')
        // A first row of texts above numbers alone would be taken for more about the names.
        const told = { header: true, units: false }
        const read = await layOut(await file(`${header}${ending}${written}${ending}`), told)
        expect(await cellsOf(read)).toEqual(rows.map((row) => row.map((text) => (text === '' ? null : text))))
        expect(
          parseRecords(written, { delimiter: ',', complete: true, limit: 100 }).map((record) => record.cells),
        ).toEqual(rows)
      }),
      {
        numRuns: 60,
        examples: [
          [
            [
              ['', '', '', 'a'],
              ['', '', '', '1'],
              ['', '1', '', ''],
            ],
            '\n',
          ],
          [
            [
              ['', '', '', 'a'],
              ['', '', '', '1'],
              ['', '1', '', ''],
            ],
            '\r\n',
          ],
        ],
      },
    )
  })
})
