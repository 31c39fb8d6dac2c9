/** How many different numbers are there? Counted by hashing, in parts that stay in the processor's cache. */

/** Numbers of a part, about: its table of hashes then takes 128 kB. */
const PART = 8192
const EMPTY = 0

/** Counts the different finite numbers; 0 and −0 are one. */
export function countDistinct(values: Float64Array): number {
  const words = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
  const bits = Math.max(0, Math.ceil(Math.log2(values.length / PART)))
  const shift = 31 - bits
  const ends = new Uint32Array(2 ** bits)
  let hasZero = false
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number
    if (value === 0) hasZero = true
    // Infinity minus itself is no number.
    else if (value - value === 0) {
      const part = (hash(words[2 * k] as number, words[2 * k + 1] as number) >>> shift) >>> 1
      ends[part] = (ends[part] as number) + 1
    }
  }
  let length = 0
  let longest = 0
  for (let part = 0; part < ends.length; part++) {
    const own = ends[part] as number
    ends[part] = length
    length += own
    if (own > longest) longest = own
  }
  const sorted = new Float64Array(length)
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number
    if (value === 0 || value - value !== 0) continue
    const part = (hash(words[2 * k] as number, words[2 * k + 1] as number) >>> shift) >>> 1
    const place = ends[part] as number
    sorted[place] = value
    ends[part] = place + 1
  }
  const table = new Float64Array(sizeFor(longest))
  let distinct = hasZero ? 1 : 0
  let from = 0
  for (const end of ends) {
    distinct += countPart(sorted, from, end, table)
    from = end
  }
  return distinct
}

/** Numbers that are neither 0 nor infinite. `table` is empty before and after. */
function countPart(sorted: Float64Array, from: number, end: number, table: Float64Array): number {
  const words = new Uint32Array(sorted.buffer)
  const size = sizeFor(end - from)
  let distinct = 0
  for (let k = from; k < end; k++) {
    const value = sorted[k] as number
    let at = hash(words[2 * k] as number, words[2 * k + 1] as number) & (size - 1)
    for (;;) {
      const other = table[at] as number
      if (other === value) break
      if (other === EMPTY) {
        table[at] = value
        distinct++
        break
      }
      at = (at + 1) & (size - 1)
    }
  }
  table.fill(EMPTY, 0, size)
  return distinct
}

/** A power of two that leaves half of the table empty. */
function sizeFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(2 * count + 2))
}

/** Mixes both halves of a number into all bits: the parts go by the highest, the places in a table by the lowest. */
function hash(low: number, high: number): number {
  let mixed = Math.imul(low ^ Math.imul(high, 0x9e3779b1), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35)
  return mixed ^ (mixed >>> 13)
}
