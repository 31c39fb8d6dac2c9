/** Tables as other programs write them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine } from '../../../files/csv'
import { layOut } from '../layout/survey'
import { tableRows } from '../layout/table-rows'
import { testFolder } from '../testing'
import { withTable } from './csv-table'
import { inspectTable } from './inspect'
import { readColumns } from './read-columns'

const folder = testFolder()

interface Expected {
  readonly rows: number
  /** Name, type, unit and sum of each column. */
  readonly columns: readonly (readonly [string, string, string | null, number | null])[]
}

const day = (year: number, month: number, date: number) => Date.UTC(year, month - 1, date) / 1000

const TABLES: readonly (readonly [string, string | Uint8Array, Expected])[] = [
  [
    'a German Excel',
    '\ufeffStation;Datum;Wert;Anteil\r\nKöln;01.02.2026;1.234,50;12,5 %\r\nBonn;02.02.2026;-12,00;7 %\r\n',
    {
      rows: 2,
      columns: [
        ['Station', 'text', null, null],
        ['Datum', 'date', null, day(2026, 2, 1) + day(2026, 2, 2)],
        ['Wert', 'number', null, 1222.5],
        ['Anteil', 'number', '%', 0.195],
      ],
    },
  ],
  [
    'a logger',
    '# Logger: XY-7\n# Serial; 4711\nTime;T1 [°C];RH [%]\n2026-01-01 00:00;-3,52;88,1\n2026-01-01 00:00;-3,61;88,4\n',
    {
      rows: 2,
      columns: [
        ['Time', 'date', null, 2 * day(2026, 1, 1)],
        ['T1 [°C]', 'number', '°C', -7.13],
        ['RH [%]', 'number', '%', 176.5],
      ],
    },
  ],
  [
    'LabVIEW',
    'LabVIEW Measurement\t\nWriter_Version\t2\n***End_of_Header***\t\n\nX_Value\tVoltage\tComment\n0.000\t1.234\t\n0.001\t1.235\t\n',
    {
      rows: 2,
      columns: [
        ['X_Value', 'number', null, 0.001],
        ['Voltage', 'number', null, 2.469],
        ['Comment', 'text', null, null],
      ],
    },
  ],
  [
    'settings above a table of as many columns',
    'Station;Bonn\nSensor;42\n\nDate;Temp\n01.01.2026;5,1\n02.01.2026;6,2\n03.01.2026;7,0\n',
    {
      rows: 3,
      columns: [
        ['Date', 'date', null, day(2026, 1, 1) + day(2026, 1, 2) + day(2026, 1, 3)],
        ['Temp', 'number', null, 18.3],
      ],
    },
  ],
  [
    'gnuplot, with blocks',
    '# x   y\n1.0 2.0\n\n2.0 3.0\n',
    {
      rows: 2,
      columns: [
        ['x', 'number', null, 3],
        ['y', 'number', null, 5],
      ],
    },
  ],
  [
    'R',
    '"x" "y"\n"a" 1 2\n"b" 2 3\n',
    {
      rows: 2,
      columns: [
        [' column 1', 'text', null, null],
        ['x', 'number', null, 3],
        ['y', 'number', null, 5],
      ],
    },
  ],
  [
    'a database, aligned with bars',
    '| id | v |\n| 1 | 2.5 |\n| 3 | 4.5 |\n',
    {
      rows: 2,
      columns: [
        ['id', 'number', null, 4],
        ['v', 'number', null, 7],
      ],
    },
  ],
  [
    'an American shop',
    'item,price,sold\napple,"$1,234.50",12/31/2025\npear,$2.00,01/15/2026\n',
    {
      rows: 2,
      columns: [
        ['item', 'text', null, null],
        ['price', 'number', '$', 1236.5],
        ['sold', 'date', null, day(2025, 12, 31) + day(2026, 1, 15)],
      ],
    },
  ],
  [
    'years as names',
    'country,1990,2000\nde,1,2\nfr,3,4\n',
    {
      rows: 2,
      columns: [
        ['country', 'text', null, null],
        ['1990', 'number', null, 4],
        ['2000', 'number', null, 6],
      ],
    },
  ],
  [
    'telephone numbers, versions and addresses',
    'tel;version;ip\n+49 228 123;1.2.3;192.168.0.1\n+49 30 456;1.10.0;10.0.0.2\n',
    {
      rows: 2,
      columns: [
        ['tel', 'text', null, null],
        ['version', 'text', null, null],
        ['ip', 'text', null, null],
      ],
    },
  ],
  [
    'a title with a comma',
    'Results, final\nx,y,z\n1,2,3\n3,4,5\n',
    {
      rows: 2,
      columns: [
        ['x', 'number', null, 4],
        ['y', 'number', null, 6],
        ['z', 'number', null, 8],
      ],
    },
  ],
  [
    'windows-1252 with units below the names',
    Buffer.from('Größe;Fläche\nm;m²\n1,5;2\n2,5;3\n', 'latin1'),
    {
      rows: 2,
      columns: [
        ['Größe', 'number', 'm', 4],
        ['Fläche', 'number', 'm²', 5],
      ],
    },
  ],
  [
    'exponents, signs and bare points',
    'x;y\n1,5E+05;,5\n+3;5,\n',
    {
      rows: 2,
      columns: [
        ['x', 'number', null, 150_003],
        ['y', 'number', null, 5.5],
      ],
    },
  ],
]

describe('a table of', () => {
  it.each(TABLES)('%s', async (_, content, { rows, columns }) => {
    const found = await inspectTable(await folder.write(content))
    expect(found.rows).toBe(rows)
    expect(found.columns.map(({ name, type, unit }) => [name, type, unit])).toEqual(
      columns.map(([name, type, unit]) => [name, type, unit]),
    )
    for (const [k, [, , , sum]] of columns.entries()) {
      if (sum === null) expect(found.columns[k]?.sum).toBeNull()
      else expect(found.columns[k]?.sum).toBeCloseTo(sum, 9)
    }
    expect(found.problems).toEqual([])
  })
})

describe('numbers that are written and read back', () => {
  const decimals = fc.integer({ min: -1e12, max: 1e12 }).map((value) => value / 1000)

  it.each([
    ['.', '', ','],
    [',', '', ';'],
    [',', '.', ';'],
    ['.', "'", ';'],
    [',', ' ', '\t'],
    ['.', ',', '\t'],
  ] as const)('with decimal %j and thousands %j', async (decimal, thousands, delimiter) => {
    const written = (value: number) => {
      const [whole = '', fraction = '0'] = Math.abs(value).toFixed(6).split('.')
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands)
      return `${value < 0 ? '-' : ''}${grouped}${decimal}${fraction}`
    }
    await fc.assert(
      fc.asyncProperty(fc.array(decimals, { minLength: 2, maxLength: 20 }), async (values) => {
        const lines = values.map((value) => `${written(value)}${delimiter}${written(-value)}`)
        const read = { decimal, thousands, delimiter, header: true, units: false }
        const file = await folder.write(`x${delimiter}y\n${lines.join('\n')}\n`)
        const { columns } = await inspectTable(file, read)
        const exact = values.map((value) => Number(value.toFixed(6)))
        expect(columns[0]).toMatchObject({ type: 'number', bad: 0, min: Math.min(...exact), max: Math.max(...exact) })
      }),
      { numRuns: 15 },
    )
  })
})

it('reads ten thousand columns, any rows of them, without a stall', async () => {
  const names = Array.from({ length: 10_000 }, (_, column) => `c${column}`)
  const value = (row: number, column: number) => ((row + 1) * (column + 1) * 0.6180339887498949) % 1
  const lines = Array.from({ length: 10 }, (_, row) => names.map((_, column) => value(row, column)).join(','))
  const file = await folder.write(`${names.join(',')}\n${lines.join('\n')}\n`)
  const { rows, columns } = await inspectTable(file)
  expect([rows, columns.length]).toEqual([10, 10_000])
  expect(columns.every(({ type, bad, missing }) => type === 'number' && bad === 0 && missing === 0)).toBe(true)
  expect(Number((await tableRows(file, {}, 9, 1))[0]?.[9999])).toBe(value(9, 9999))
}, 60_000)

it('reads its own tables back to the last bit, whatever the columns are called', async () => {
  const names = ['a,b', 'x "raw"', '=1+1', 'Fläche (m²)', 'μ_visc', 'x_1^2']
  // The sign of a zero is not written.
  const double = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(double, double, double, double, double, double), { minLength: 1, maxLength: 10 }),
      async (rows) => {
        const file = await folder.write([names, ...rows].map((cells) => csvLine(cells)).join(''))
        const layout = await layOut(file)
        expect(layout.names).toEqual(names)
        const columns = await withTable(layout, (table) =>
          readColumns(
            table,
            layout,
            names.map((_, column) => column),
            { types: Object.fromEntries(names.map((name) => [name, 'number'])) },
          ),
        )
        for (const [k, { values }] of columns.entries()) {
          expect(values).toEqual(Float64Array.from(rows, (row) => row[k] as number))
        }
      },
    ),
    { numRuns: 25 },
  )
})
