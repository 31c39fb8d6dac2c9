import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvLine, csvList } from './csv'

describe('a line of a table', () => {
  it('quotes only the cells that need it', () => {
    expect(csvLine(['plain', 'a,b', 'say "hi"', 'two\nlines', ' led'])).toBe(
      'plain,"a,b","say ""hi""","two\nlines"," led"\n',
    )
  })

  it('leaves cells empty where there is no number', () => {
    expect(csvLine([null, Number.NaN, Number.POSITIVE_INFINITY, 0])).toBe(',,,0\n')
  })

  it('is never an empty line', () => {
    expect(csvLine([Number.NaN])).toBe('""\n')
  })

  it('gives every number back to the bit', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(csvLine([value, 1]).split(',')[0])).toBe(value === 0 ? 0 : value)
      }),
    )
  })
})

describe('a list in a flag', () => {
  it('is split at commas', () => {
    expect(csvList('a, b,c')).toEqual(['a', 'b', 'c'])
  })

  it('keeps a comma inside quotes', () => {
    expect(csvList('"a,b",c')).toEqual(['a,b', 'c'])
    expect(csvList('"say ""hi"""')).toEqual(['say "hi"'])
  })

  it('reads back the names that a table has', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => text === text.trim() && !text.startsWith('"'))
    fc.assert(
      fc.property(fc.array(name, { minLength: 1 }), (names) => {
        expect(csvList(csvLine(names).slice(0, -1))).toEqual(names)
      }),
    )
  })
})
