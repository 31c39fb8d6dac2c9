// Rows of plain cells: where their cells end, which signs these have, and which numbers they are. A cell is plain that is
// empty, or begins with neither a quote nor a blank; a row that has another, too few or too many, is left to csv-scanner.ts.
// What is said of columns lies in memory one column behind the other, at addresses that plain-rows.ts asks for once.

const ZERO: u32 = 48
const SPACE: u32 = 32
const LF: u32 = 10
const CR: u32 = 13
const PLUS: u32 = 43
const MINUS: u32 = 45
const EXPONENT: u32 = 101
// Makes a letter small.
const SMALL: u32 = 32

// As decimal.ts, whose results these are to the last bit: NaN is what that one must be asked for.
const EXACT: usize = 15
const LARGEST: i32 = 22
const SPLIT: f64 = 134217729
const ERROR: f64 = 3.1554436208840472e-30
const POWERS: StaticArray<f64> = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]

// A cell that tells how numbers are written, and one that is none written plainly: its number, or NaN where it is none at all.
@external('env', 'weigh') declare function weigh(column: i32, found: u32, from: usize, end: usize): void
@external('env', 'readOther') declare function readOther(column: i32, from: usize, end: usize): f64

let columns: i32 = 0
let delimiter: u32 = 0
let comment: u32 = 0
let quote: u32 = 0
let point: u32 = 0
let stop: u32 = 0
let telling: u32 = 0
let silent: u32 = 0

// u16 of each byte; of each column: u16, f64, u8, u8, u8, f64.
let table: usize = 0
let signs: usize = 0
let longest: usize = 0
let leadingZeros: usize = 0
let settled: usize = 0
let wanted: usize = 0
let missing: usize = 0
// Of the row being read: u32 of each column, where its cell ends and which signs it has.
let ends: usize = 0
let found: usize = 0
// Of the rows taken: f64 of each column, then of the next; u32 of where each begins.
let values: usize = 0
let starts: usize = 0
let room: i32 = 0

let next: usize = 0
let longestRow: usize = 0

export function allocate(bytes: usize): usize {
  return heap.alloc(bytes)
}

export function describe(columnsOf: i32, delimiterOf: u32, commentOf: u32, quoteOf: u32, pointOf: u32, stopOf: u32, tellingOf: u32, silentOf: u32): void {
  columns = columnsOf
  delimiter = delimiterOf
  comment = commentOf
  quote = quoteOf
  point = pointOf
  stop = stopOf
  telling = tellingOf
  silent = silentOf
}

export function place(tableAt: usize, signsAt: usize, longestAt: usize, zerosAt: usize, settledAt: usize, wantedAt: usize, missingAt: usize): void {
  table = tableAt
  signs = signsAt
  longest = longestAt
  leadingZeros = zerosAt
  settled = settledAt
  wanted = wantedAt
  missing = missingAt
}

export function placeRows(roomOf: i32, endsAt: usize, foundAt: usize, valuesAt: usize, startsAt: usize): void {
  room = roomOf
  ends = endsAt
  found = foundAt
  values = valuesAt
  starts = startsAt
}

// Behind the last row that was taken, and the bytes of the longest one.
export function nextAt(): usize { return next }
export function longestOf(): usize { return longestRow }

// Takes rows from the beginning of one, as many as are plain and whole and have room. Returns how many.
export function take(from: usize, end: usize): i32 {
  longestRow = 0
  next = from
  let rows: i32 = 0
  while (rows < room) {
    const at = endOfRow(next, end)
    if (at == 0) break
    takeRow(rows, next)
    store<u32>(starts + (<usize>rows << 2), <u32>(next - from))
    rows++
    if (at - next > longestRow) longestRow = at - next
    next = at + (load<u8>(at) == CR ? 2 : 1)
  }
  return rows
}

// Where the row's line break is, if all of its cells are plain and some is not empty; else 0. Nothing is counted yet.
function endOfRow(from: usize, end: usize): usize {
  if (from >= end || (comment != 0 && load<u8>(from) == comment)) return 0
  let at = from
  let isBlank = true
  for (let column: i32 = 0; column < columns; column++) {
    const begin = at
    let all: u32 = 0
    let sign: u32 = 0
    for (; at < end; at++) {
      sign = load<u16>(table + (<usize>load<u8>(at) << 1))
      if (sign & stop) break
      all |= sign
    }
    if (at == end) return 0
    if (at > begin) {
      const first: u32 = load<u8>(begin)
      if (first <= SPACE || first == quote) return 0
      isBlank = false
    }
    store<u32>(ends + (<usize>column << 2), <u32>at)
    store<u32>(found + (<usize>column << 2), all)
    const byte: u32 = load<u8>(at)
    if (byte == delimiter) {
      at++
      continue
    }
    if (column + 1 < columns || isBlank) return 0
    if (byte == LF) return at
    return at + 1 < end && load<u8>(at + 1) == LF ? at : 0
  }
  return 0
}

function takeRow(row: i32, from: usize): void {
  let begin = from
  for (let column: i32 = 0; column < columns; column++) {
    const k = <usize>column
    const end = <usize>load<u32>(ends + (k << 2))
    const asks = load<u8>(wanted + k) != 0
    let value: f64 = NaN
    if (end > begin) {
      const all = load<u32>(found + (k << 2))
      const signsAt = signs + (k << 1)
      store<u16>(signsAt, <u16>(<u32>load<u16>(signsAt) | all))
      const length = <f64>(end - begin)
      if (length > load<f64>(longest + (k << 3))) store<f64>(longest + (k << 3), length)
      if (load<u8>(begin) == ZERO && end > begin + 1 && digitAt(begin + 1) <= 9) store<u8>(leadingZeros + k, 1)
      if ((all & telling) != 0 && (all & silent) == 0 && load<u8>(settled + k) == 0) weigh(column, all, begin, end)
      if (asks) {
        value = readDecimal(begin, end)
        if (value != value) value = readOther(column, begin, end)
      }
    } else store<f64>(missing + (k << 3), load<f64>(missing + (k << 3)) + 1)
    if (asks) store<f64>(values + ((k * <usize>room + <usize>row) << 3), value)
    begin = end + 1
  }
}

@inline function digitAt(at: usize): u32 { return <u32>load<u8>(at) - ZERO }

@inline function power(exponent: i32): f64 { return unchecked(POWERS[exponent]) }

function readDecimal(from: usize, end: usize): f64 {
  const sign: u32 = load<u8>(from)
  let at = sign == MINUS || sign == PLUS ? from + 1 : from
  const start = at
  let value: u64 = 0
  for (; at < end; at++) {
    const digit = digitAt(at)
    if (digit > 9) break
    value = value * 10 + digit
  }
  const whole = at - start
  if (whole > EXACT) return NaN
  let digits = whole
  // Those beyond fifteen.
  let more: i32 = 0
  let rest: u64 = 0
  if (at < end && load<u8>(at) == point) {
    const begin = ++at
    const limit = min(end, begin + EXACT - whole)
    if (at + 8 <= limit && areDigits(load<u64>(at))) {
      value = value * 100000000 + eightDigits(load<u64>(at))
      at += 8
    }
    for (; at < limit; at++) {
      const digit = digitAt(at)
      if (digit > 9) break
      value = value * 10 + digit
    }
    if (at == limit) {
      for (; at < end; at++) {
        const digit = digitAt(at)
        if (digit > 9) break
        if (++more > <i32>EXACT) return NaN
        rest = rest * 10 + digit
      }
    }
    digits += at - begin
  }
  if (digits == 0) return NaN
  let scale = <i32>whole - <i32>digits
  if (at < end) {
    const exponent = readExponent(at, end)
    if (exponent == i32.MIN_VALUE) return NaN
    scale += exponent
  }
  if (scale > 0 || scale < -LARGEST) return NaN
  const size = more == 0 ? <f64>value / power(-scale) : longQuotient(<f64>value, power(more), <f64>rest, power(-scale))
  return sign == MINUS ? -size : size
}

// The smallest integer where the rest of a number is no exponent of up to four digits.
function readExponent(from: usize, end: usize): i32 {
  if ((<u32>load<u8>(from) | SMALL) != EXPONENT || from + 1 == end) return i32.MIN_VALUE
  const sign: u32 = load<u8>(from + 1)
  let at = sign == MINUS || sign == PLUS ? from + 2 : from + 1
  if (at == end || end - at > 4) return i32.MIN_VALUE
  let exponent: i32 = 0
  for (; at < end; at++) {
    const digit = digitAt(at)
    if (digit > 9) return i32.MIN_VALUE
    exponent = exponent * 10 + <i32>digit
  }
  return sign == MINUS ? -exponent : exponent
}

@inline function areDigits(bytes: u64): bool {
  return ((bytes & 0xf0f0f0f0f0f0f0f0) | (((bytes + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >> 4)) == 0x3333333333333333
}

// Neighbours are joined: pairs, then fours, then all eight, each by one product.
@inline function eightDigits(bytes: u64): u64 {
  let all = bytes - 0x3030303030303030
  all = all * 10 + (all >> 8)
  return ((all & 0x000000ff000000ff) * 0x000f424000000064 + ((all >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >> 32
}

function longQuotient(leading: f64, shift: f64, trailing: f64, divisor: f64): f64 {
  const product = leading * shift
  const sum = product + trailing
  const lost = productError(leading, shift, product) + (trailing - (sum - product))
  const quotient = sum / divisor
  const back = quotient * divisor
  const rest = (sum - back - productError(quotient, divisor, back) + lost) / divisor
  const error = quotient * ERROR
  const nearest = quotient + (rest - error)
  return nearest == quotient + (rest + error) ? nearest : NaN
}

@inline function productError(a: f64, b: f64, product: f64): f64 {
  const aHigh = SPLIT * a - (SPLIT * a - a)
  const bHigh = SPLIT * b - (SPLIT * b - b)
  const aLow = a - aHigh
  const bLow = b - bHigh
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}
