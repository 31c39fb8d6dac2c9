/** Which float64 do the bytes of a plainly written decimal number stand for? The nearest one, as Number() says. */

const ZERO = 48
const PLUS = 43
const MINUS = 45
const COMMA = 44
const EXPONENT = 101
/** Makes a letter small. */
const SMALL = 32

/** Digits that a float64 holds exactly, whatever they are. */
const EXACT = 15
/** Powers of ten that a float64 holds exactly. */
const POWERS = Float64Array.from({ length: 23 }, (_, k) => Number(`1e${k}`))
const LARGEST = POWERS.length - 1
/** Splits a float64 into two halves whose products are exact (Dekker 1971). */
const SPLIT = 2 ** 27 + 1
/** More than the relative error of all steps of a long number together, some 2⁻¹⁰². */
const ERROR = 2 ** -98

/**
 * A sign, digits, a decimal sign and an exponent, as far as they are there; at least one digit. NaN where the bytes are
 * anything else.
 *
 * @param point the byte of the decimal sign
 */
export function readDecimal(bytes: Buffer, from: number, end: number, point: number): number {
  const sign = bytes[from]
  const start = sign === MINUS || sign === PLUS ? from + 1 : from
  let value = 0
  let at = start
  for (; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (digit < 0 || digit > 9) break
    value = value * 10 + digit
  }
  const whole = at - start
  let digits = whole
  // Those that the value has no room for.
  let more = 0
  let rest = 0
  if (at < end && bytes[at] === point) {
    const begin = ++at
    const room = Math.min(end, begin + Math.max(0, EXACT - whole))
    // Three at a time, as a multiplication waits for the one before.
    for (; at + 2 < room; at += 3) {
      const first = (bytes[at] as number) - ZERO
      const second = (bytes[at + 1] as number) - ZERO
      const third = (bytes[at + 2] as number) - ZERO
      if (first < 0 || first > 9 || second < 0 || second > 9 || third < 0 || third > 9) break
      value = value * 1000 + (100 * first + 10 * second + third)
    }
    for (; at < room; at++) {
      const digit = (bytes[at] as number) - ZERO
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    if (at === room) {
      for (; at < end; at++) {
        const digit = (bytes[at] as number) - ZERO
        if (digit < 0 || digit > 9) break
        rest = rest * 10 + digit
        more++
      }
    }
    digits += at - begin
  }
  if (digits === 0) return Number.NaN
  const exponent = at < end ? readExponent(bytes, at, end) : 0
  if (Number.isNaN(exponent)) return exponent
  const scale = exponent - (digits - whole)
  let size = Number.NaN
  if (whole <= EXACT && more <= EXACT && scale <= 0 && scale >= -LARGEST) {
    // A quotient of exact numbers is rounded once.
    const power = POWERS[-scale] as number
    size = more === 0 ? value / power : longQuotient(value, POWERS[more] as number, rest, power)
  }
  if (!Number.isNaN(size)) return sign === MINUS ? -size : size
  const text = bytes.toString('latin1', from, end)
  return Number(point === COMMA ? text.replace(',', '.') : text)
}

/** NaN where the rest of a number is no exponent. */
function readExponent(bytes: Uint8Array, from: number, end: number): number {
  if (((bytes[from] as number) | SMALL) !== EXPONENT) return Number.NaN
  const sign = bytes[from + 1]
  const first = sign === MINUS || sign === PLUS ? from + 2 : from + 1
  if (first >= end) return Number.NaN
  let exponent = 0
  for (let at = first; at < end; at++) {
    const digit = (bytes[at] as number) - ZERO
    if (digit < 0 || digit > 9) return Number.NaN
    exponent = exponent * 10 + digit
  }
  return sign === MINUS ? -exponent : exponent
}

/**
 * (leading · shift + trailing) / power in pairs of float64, which hold twice the bits. NaN where even these cannot tell which
 * float64 is nearest, as good as in the middle between two.
 */
function longQuotient(leading: number, shift: number, trailing: number, power: number): number {
  const product = leading * shift
  const sum = product + trailing
  const lost = productError(leading, shift, product) + (trailing - (sum - product))
  const quotient = sum / power
  const back = quotient * power
  const rest = (sum - back - productError(quotient, power, back) + lost) / power
  const error = quotient * ERROR
  const nearest = quotient + (rest - error)
  return nearest === quotient + (rest + error) ? nearest : Number.NaN
}

/** What rounding took from a product: a · b is exactly it and the product. */
function productError(a: number, b: number, product: number): number {
  const aHigh = SPLIT * a - (SPLIT * a - a)
  const bHigh = SPLIT * b - (SPLIT * b - b)
  const aLow = a - aHigh
  const bLow = b - bHigh
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}
