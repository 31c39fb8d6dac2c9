// Figures of a column's finite numbers, which come block by block and more than once: first their least, greatest and sum and
// how many fall into each part of the hashes; then each group of parts, sorted by part, in whose small tables different
// numbers are counted; and how many lie in each bin. figures.ts leads.

// Numbers of a block, at a fixed place.
const BLOCK: i32 = 65536
const values: usize = heap.alloc(<usize>BLOCK << 3)

const EMPTY: u64 = 0
// 2^64 / golden ratio: neighbours come far apart (Knuth, volume 3, section 6.4).
const SPREAD: u64 = 0x9e3779b97f4a7c15

let bits: u64 = 0
let parts: i32 = 0
// u32 of each part: how many numbers it has, then where the next one goes.
let counts: usize = 0
// u64 of each number of a group; of each place of the table, which is empty between two parts.
let sorted: usize = 0
let table: usize = 0

let least: f64 = Infinity
let greatest: f64 = -Infinity
let sum: f64 = 0
let lost: f64 = 0
let finite: f64 = 0
let hasZero: f64 = 0
let group: i32 = 0

const BINS: i32 = 32
const bins: usize = heap.alloc(<usize>BINS << 3)
const base: usize = heap.alloc(8)

export function valuesAt(): usize { return values }
export function binsAt(): usize { return bins }
export function leastOf(): f64 { return least }
export function greatestOf(): f64 { return greatest }
// Beyond the largest number there are no rounding errors.
export function sumOf(): f64 { return lost - lost == 0 ? sum + lost : sum }
export function finiteOf(): f64 { return finite }
export function zeros(): f64 { return hasZero }

// A new column, whose hashes come in 2^bits parts.
export function begin(bitsOf: i32): void {
  bits = <u64>bitsOf
  parts = 1 << bitsOf
  counts = base + 8
  sorted = counts + (<usize>parts << 2) + 8 & ~7
  reach(sorted)
  memory.fill(counts, 0, <usize>parts << 2)
  memory.fill(bins, 0, <usize>BINS << 3)
  least = Infinity
  greatest = -Infinity
  sum = 0
  lost = 0
  finite = 0
  hasZero = 0
}

export function look(count: i32): void {
  for (let k: i32 = 0; k < count; k++) {
    const at = values + (<usize>k << 3)
    const value = load<f64>(at)
    // Infinity minus itself is no number.
    if (value - value != 0) continue
    finite += 1
    if (value < least) least = value
    if (value > greatest) greatest = value
    // Neumaier's sum, as in column-summary.ts.
    const next = sum + value
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum
    sum = next
    if (value == 0) hasZero = 1
    else {
      const own = counts + (<usize>partOf(hash(load<u64>(at))) << 2)
      store<u32>(own, load<u32>(own) + 1)
    }
  }
}

// Makes room for a group of parts from this one on, of not more numbers than told, if it is not one part alone. Returns the part behind it.
export function beginGroup(first: i32, most: u32): i32 {
  let length: u32 = 0
  let longest: u32 = 0
  let last = first
  for (; last < parts; last++) {
    const own = load<u32>(counts + (<usize>last << 2))
    if (last > first && length + own > most) break
    store<u32>(counts + (<usize>last << 2), length)
    length += own
    if (own > longest) longest = own
  }
  group = last
  table = sorted + (<usize>length << 3)
  const end = table + (<usize>sizeFor(longest) << 3)
  reach(end)
  memory.fill(table, 0, end - table)
  return last
}

export function scatter(count: i32, first: i32): void {
  for (let k: i32 = 0; k < count; k++) {
    const at = values + (<usize>k << 3)
    const value = load<f64>(at)
    if (value - value != 0 || value == 0) continue
    const number = load<u64>(at)
    const part = partOf(hash(number))
    if (part < first || part >= group) continue
    const own = counts + (<usize>part << 2)
    const place = load<u32>(own)
    store<u64>(sorted + (<usize>place << 3), number)
    store<u32>(own, place + 1)
  }
}

export function different(first: i32): f64 {
  let distinct: f64 = 0
  let from: u32 = 0
  for (let part = first; part < group; part++) {
    const end = load<u32>(counts + (<usize>part << 2))
    distinct += countPart(from, end)
    from = end
  }
  return distinct
}

function countPart(from: u32, end: u32): f64 {
  const size = sizeFor(end - from)
  const shift = 64 - <u64>(31 - clz<u32>(size))
  let distinct: f64 = 0
  for (let k = from; k < end; k++) {
    const number = load<u64>(sorted + (<usize>k << 3))
    let place = <u32>((hash(number) << bits) >> shift)
    for (;;) {
      const at = table + (<usize>place << 3)
      const other = load<u64>(at)
      if (other == number) break
      if (other == EMPTY) {
        store<u64>(at, number)
        distinct += 1
        break
      }
      place = (place + 1) & (size - 1)
    }
  }
  memory.fill(table, 0, <usize>size << 3)
  return distinct
}

// Halves, so that a range wider than the largest number stays finite.
export function bin(count: i32): void {
  const width = greatest / 2 - least / 2
  for (let k: i32 = 0; k < count; k++) {
    const value = load<f64>(values + (<usize>k << 3))
    if (value - value != 0) continue
    const own = bins + (<usize>min<i32>(BINS - 1, <i32>(((value / 2 - least / 2) / width) * BINS)) << 3)
    store<f64>(own, load<f64>(own) + 1)
  }
}

@inline function hash(number: u64): u64 { return (number ^ (number >> 32)) * SPREAD }

@inline function partOf(hashed: u64): i32 { return bits == 0 ? 0 : <i32>(hashed >> (64 - bits)) }

// A power of two that leaves half of the table empty.
function sizeFor(count: u32): u32 { return 1 << (32 - clz<u32>(2 * count + 1)) }

function reach(end: usize): void {
  const pages = <i32>((end + 0xffff) >> 16) - memory.size()
  if (pages > 0) memory.grow(pages)
}
