import { describe, expect, it } from 'vitest'
import { CsvScanner, type ScanOptions } from './csv-scanner'

const OPTIONS: ScanOptions = {
  delimiter: ';',
  skipLines: 0,
  comment: '//',
  leads: 1,
  columns: 2,
  drops: { short: false, long: false },
}
const TEXT = '// made by hand\nx;y\n1.234;1\n"1.234,5";/2\n//;3\n1.101;"a"b\n'

function scan(...chunks: readonly Buffer[]) {
  const scanner = new CsvScanner(OPTIONS)
  for (const chunk of chunks) scanner.push(chunk)
  const { offsets: _, ...found } = scanner.finish()
  return found
}

describe('a text that comes in chunks', () => {
  it('is the same wherever it is cut: signs of numbers, comments of two characters and odd quotes, too', () => {
    const bytes = Buffer.from(TEXT)
    const whole = scan(bytes)
    expect(whole).toMatchObject({
      rows: 3,
      oddQuotes: { count: 1, line: 6 },
      evidence: [{ comma: { decimal: 1 } }, null],
    })
    for (let cut = 1; cut < bytes.length; cut++) {
      expect([cut, scan(bytes.subarray(0, cut), bytes.subarray(cut))]).toEqual([cut, whole])
    }
    expect(scan(...Array.from(bytes, (_, k) => bytes.subarray(k, k + 1)))).toEqual(whole)
  })
})
