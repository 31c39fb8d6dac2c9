import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NumberColumns } from './csv-numbers'
import { CsvScanner, type ScanOptions } from './csv-scanner'
import { loadRowKernel } from './plain-rows'

const kernel = await loadRowKernel()

/** Everything that a walk finds, numbers to their last bit. */
function found(chunks: readonly Buffer[], options: ScanOptions, decimal: '.' | ',', isQuick: boolean) {
  const wanted = Array.from({ length: options.columns }, () => true)
  const numbers = new NumberColumns(wanted, { decimal, thousands: '' })
  const scanner = new CsvScanner({ ...options, numbers }, 0, isQuick ? kernel : null)
  for (const chunk of chunks) scanner.push(chunk)
  const scan = scanner.finish()
  const columns = numbers.finish() ?? []
  return { scan, numbers: columns.map((values) => values && [...new BigUint64Array(values.slice().buffer)]) }
}

const DIGITS = fc.stringMatching(/^\d{0,22}$/)
const DECIMAL = fc
  .tuple(fc.constantFrom('', '-', '+'), DIGITS, fc.constantFrom('', '.', ','), DIGITS)
  .map((parts) => parts.join(''))
const NUMBER = fc.oneof(
  DECIMAL,
  fc.double().map(String),
  fc
    .tuple(DECIMAL, fc.constantFrom('e5', 'E-3', 'e+12', 'e-400', 'e', 'e-', 'e1x', 'e00012', '%'))
    .map((p) => p.join('')),
)
const CELL = fc.oneof(
  { weight: 6, arbitrary: NUMBER },
  fc.constantFrom(
    '',
    ' ',
    '  7',
    '8 ',
    '\t9',
    '007',
    '1.234',
    '1,234',
    "1'000",
    '2 000',
    '-',
    '.',
    'n/a',
    'é',
    '#x',
    '€3',
  ),
  fc.constantFrom('"1"', '"a;b"', '"1""2"', '"3"x', '"\n"', "it's", 'a"b'),
)
const BREAK = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r', '\n\n', '\n#note\n')

describe('rows of plain cells', () => {
  it('are taken as their bytes are one by one, wherever chunks end', () => {
    const table = fc.integer({ min: 1, max: 4 }).chain((columns) =>
      fc.record({
        columns: fc.constant(columns),
        rows: fc.array(
          fc.tuple(
            fc.oneof(
              { weight: 8, arbitrary: fc.array(CELL, { minLength: columns, maxLength: columns }) },
              fc.array(CELL, { minLength: 1, maxLength: 5 }),
            ),
            BREAK,
          ),
          { minLength: 1, maxLength: 12 },
        ),
        leads: fc.integer({ min: 0, max: 1 }),
        decimal: fc.constantFrom<'.' | ','>('.', ','),
        quote: fc.constantFrom<'"' | "'">('"', '"', "'"),
        short: fc.boolean(),
        cuts: fc.array(fc.nat(400), { maxLength: 3 }),
      }),
    )
    fc.assert(
      fc.property(table, ({ columns, rows, leads, decimal, quote, short, cuts }) => {
        const bytes = Buffer.from(rows.map(([cells, end]) => cells.join(';') + end).join(''))
        const options: ScanOptions = {
          ...{ delimiter: ';', skipLines: 0, comment: '#', quote, escaped: false, leads, columns },
          drops: { short, long: !short },
        }
        const places = [0, ...cuts.filter((at) => at < bytes.length).toSorted((a, b) => a - b), bytes.length]
        const chunks = places.slice(1).map((end, k) => bytes.subarray(places[k], end))
        expect(found(chunks, options, decimal, true)).toEqual(found(chunks, options, decimal, false))
      }),
      { numRuns: 3000 },
    )
  })

  it('have the numbers that Number() has of them', () => {
    const options: ScanOptions = {
      ...{ delimiter: ';', skipLines: 0, comment: '', quote: '"', escaped: false, leads: 0, columns: 2 },
      drops: { short: false, long: false },
    }
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), (values) => {
        const text = Buffer.from(values.map((value) => `${value};${value.toFixed(3)}\n`).join(''))
        const [shortest, fixed] = found([text], options, '.', true).numbers
        expect(shortest).toEqual([
          ...new BigUint64Array(Float64Array.from(values, (value) => Number(`${value}`)).buffer),
        ])
        expect(fixed).toEqual([...new BigUint64Array(Float64Array.from(values, (v) => Number(v.toFixed(3))).buffer)])
      }),
    )
  })

  it('are taken many at a time, with where each begins', () => {
    const lines = Array.from({ length: 20_000 }, (_, row) => `${row};${row / 8}\n`)
    const options: ScanOptions = {
      ...{ delimiter: ';', skipLines: 0, comment: '', quote: '"', escaped: false, leads: 0, columns: 2 },
      drops: { short: false, long: false },
    }
    const bytes = Buffer.from(lines.join(''))
    const quick = found([bytes], options, '.', true)
    expect(quick.scan.rows).toBe(20_000)
    const { row, offset } = quick.scan.offsets.before(12_345)
    expect(bytes.toString('latin1', offset).startsWith(`${row};${row / 8}\n`)).toBe(true)
    expect(quick).toEqual(found([bytes], options, '.', false))
  })
})
