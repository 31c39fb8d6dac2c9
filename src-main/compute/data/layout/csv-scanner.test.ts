import { describe, expect, it } from 'vitest'
import { CsvScanner, type ScanOptions } from './csv-scanner'

const OPTIONS: ScanOptions = {
  delimiter: ';',
  skipLines: 0,
  comment: '//',
  quote: '"',
  escaped: false,
  leads: 1,
  columns: 2,
  drops: { short: false, long: false },
}
const TEXT = '// made by hand\nx;y\n1.234;1\n"1.234,5";/2\n//;3\n1.101;"a"b\n2;"\\\\"\n3;"a\\"\n4;"\\a"\n'

function scan(escaped: boolean, ...chunks: readonly Buffer[]) {
  const scanner = new CsvScanner({ ...OPTIONS, escaped })
  for (const chunk of chunks) scanner.push(chunk)
  const { offsets: _, ...found } = scanner.finish()
  return found
}

describe('a text that comes in chunks', () => {
  it.each([
    [false, { rows: 6, oddQuotes: { count: 1, line: 6 }, escapes: 2, fault: null }],
    // The cell of the last line but one goes on with the last one.
    [true, { rows: 5, oddQuotes: { count: 2, line: 6 }, escapes: 1 }],
  ])('is the same wherever it is cut, with what may be cut in it (backslashes count: %s)', (escaped, expected) => {
    const bytes = Buffer.from(TEXT)
    const whole = scan(escaped, bytes)
    expect(whole).toMatchObject({ ...expected, evidence: [{ comma: { decimal: 1 } }, null] })
    for (let cut = 1; cut < bytes.length; cut++) {
      expect([cut, scan(escaped, bytes.subarray(0, cut), bytes.subarray(cut))]).toEqual([cut, whole])
    }
    expect(scan(escaped, ...Array.from(bytes, (_, k) => bytes.subarray(k, k + 1)))).toEqual(whole)
  })
})
