/** How many different numbers are there? Counted in a table of hashes: faster than sorting, in memory that is kept. */

const EMPTY = 0
let table = new Float64Array()
const number = new Float64Array(1)
const words = new Uint32Array(number.buffer)

/** Counts the different finite numbers; 0 and −0 are one. */
export function countDistinct(values: Float64Array): number {
  const size = 2 ** Math.ceil(Math.log2(2 * values.length + 2))
  if (table.length < size) table = new Float64Array(size)
  else table.fill(EMPTY, 0, size)
  let distinct = 0
  let hasZero = false
  for (let k = 0; k < values.length; k++) {
    const value = values[k] as number
    // Not finite, which no comparison with itself shows.
    if (value - value !== 0) continue
    if (value === EMPTY) {
      hasZero = true
      continue
    }
    number[0] = value
    let at =
      (Math.imul((words[0] as number) ^ Math.imul(words[1] as number, 0x9e3779b1), 0x85ebca6b) >>> 8) & (size - 1)
    at ^= (words[1] as number) & (size - 1)
    for (;;) {
      const other = table[at]
      if (other === value) break
      if (other === EMPTY) {
        table[at] = value
        distinct++
        break
      }
      at = (at + 1) & (size - 1)
    }
  }
  return distinct + (hasZero ? 1 : 0)
}
