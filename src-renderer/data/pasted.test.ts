import { describe, expect, it } from 'vitest'
import { isTable, pastedName } from './pasted'

describe('pasted text', () => {
  it.each([
    ['a\tb\n1\t2\n', true],
    ['1\t2', true],
    ['x\r\n1\r\n', true],
    ['a,b\n1,2', true],
    ['word', false],
    ['one cell\r\n', false],
    ['\t\n', false],
    ['', false],
  ])('is a table where it has two cells: %j', (text, table) => {
    expect(isTable(text)).toBe(table)
  })

  it('is kept under its time', () => {
    expect(pastedName(new Date(2026, 0, 2, 3, 4, 5))).toBe('pasted-2026-01-02-030405.tsv')
  })
})
