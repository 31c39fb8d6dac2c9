import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readDecimal } from './decimal'

const POINT = 46
const COMMA = 44

/** With something on both sides that is no part of it. */
const read = (text: string, point = POINT) => readDecimal(Buffer.from(`7${text}7`), 1, 1 + text.length, point)

describe('a decimal number in bytes', () => {
  it.each([
    '0',
    '-0',
    '+12',
    '007',
    '.5',
    '-.5',
    '5.',
    '0.1',
    '0.30000000000000004',
    '123456789012345',
    '9007199254740993',
    '9007199254740993.0000000000000001',
    '1.00000000000000011102230246251565404',
    '0.1234567890123456789',
    '1.234567890123456789e-01',
    '0.000000000000000000000000000000000001',
    '1e5',
    '1.E-5',
    '4.9e-324',
    '1.7976931348623159e308',
    '1e999',
  ])('is what Number says: %s', (text) => {
    expect(read(text)).toBe(Number(text))
  })

  it.each(['', '-', '.', '-.', '1.2.3', '1-2', '--1', '1e', '1e+', 'e5', '1e5.0', ' 1', '1 ', '0x10', 'nan', '1,5'])(
    'is not %j',
    (text) => {
      expect(read(text)).toBeNaN()
    },
  )

  it('has the decimal sign that it is told', () => {
    expect(read('-1,25', COMMA)).toBe(-1.25)
    expect(read('1,2345678901234567e-3', COMMA)).toBe(1.2345678901234567e-3)
    expect(read('1.5', COMMA)).toBeNaN()
  })

  it('is the nearest float64, however many digits it has', () => {
    const digits = (maxLength: number) => fc.stringMatching(/^[0-9]*$/, { maxLength })
    fc.assert(
      fc.property(fc.constantFrom('', '-', '+'), digits(18), digits(18), (sign, whole, decimals) => {
        const text = `${sign}${whole}.${decimals}`
        expect(read(text)).toBe(whole + decimals === '' ? Number.NaN : Number(text))
      }),
    )
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(read(String(value))).toBe(Number(String(value)))
      }),
    )
  })
})
