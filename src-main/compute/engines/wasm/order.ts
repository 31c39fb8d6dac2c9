/**
 * In which order do the outputs of a layer lie in its tiles? In their own, unless edges are pruned: a tile and an input cost
 * nothing once all of their edges are gone, so outputs that have lost the same inputs share tiles, and those that have lost
 * all come last.
 */
import type { LayerLayout } from './layout'

/** Outputs that are looked at for the next place of a tile: the order of many takes no more than in proportion. */
const CANDIDATES = 256

/** Places among the lanes of all tiles, by output. */
export type Places = Int32Array

export function ownOrder(outputs: number): Places {
  return Int32Array.from({ length: outputs }, (_, output) => output)
}

/**
 * Whether enough edges went or came for another order to be worth the move of all numbers.
 *
 * @param before [O, I], 1 where there was no curve when the order was chosen
 */
export function isOutdated(before: Uint8Array, now: Uint8Array): boolean {
  let changed = 0
  for (let edge = 0; edge < now.length; edge++) changed += before[edge] === now[edge] ? 0 : 1
  return 8 * changed > now.length
}

/** @param curveless [O, I], 1 where an edge has no curve to compute */
export function orderFor({ inputs, outputs, lanes }: LayerLayout, curveless: Uint8Array): Places {
  const own = ownOrder(outputs)
  if (outputs <= lanes || !curveless.includes(1)) return own
  const outputAt = grouped(outputs, lanes, rowsOf(curveless, inputs, outputs))
  if (tilesLeft(outputAt, curveless, inputs, lanes) >= tilesLeft(own, curveless, inputs, lanes)) return own
  const places = new Int32Array(outputs)
  outputAt.forEach((output, place) => {
    places[output] = place
  })
  return places
}

/** The inputs that reach an output, a bit each. */
interface Row {
  readonly output: number
  readonly bits: Uint32Array
  readonly count: number
}

function rowsOf(curveless: Uint8Array, inputs: number, outputs: number): Row[] {
  return Array.from({ length: outputs }, (_, output) => {
    const bits = new Uint32Array(Math.ceil(inputs / 32))
    let count = 0
    for (let i = 0; i < inputs; i++) {
      if (curveless[output * inputs + i] === 1) continue
      bits[i >> 5] = (bits[i >> 5] as number) | (1 << (i & 31))
      count++
    }
    return { output, bits, count }
  })
}

/** Tile by tile: the output with most edges that is left, then again and again the one that adds fewest inputs. */
function grouped(outputs: number, lanes: number, rows: readonly Row[]): Int32Array {
  const left = [...rows].sort(densestFirst)
  const outputAt = new Int32Array(outputs)
  const union = new Uint32Array(left[0]?.bits.length ?? 0)
  for (let place = 0; place < outputs; place++) {
    if (place % lanes === 0) union.fill(0)
    const [row] = left.splice(place % lanes === 0 ? 0 : closest(left, union), 1)
    if (row === undefined) throw new RangeError('more places than outputs')
    outputAt[place] = row.output
    for (let w = 0; w < union.length; w++) union[w] = (union[w] as number) | (row.bits[w] as number)
  }
  return outputAt
}

/** Outputs of the same inputs lie side by side. */
function densestFirst(a: Row, b: Row): number {
  if (a.count !== b.count) return b.count - a.count
  const w = a.bits.findIndex((word, k) => word !== b.bits[k])
  return w < 0 ? a.output - b.output : (b.bits[w] as number) - (a.bits[w] as number)
}

function closest(rows: readonly Row[], union: Uint32Array): number {
  let best = 0
  let fewest = Number.POSITIVE_INFINITY
  for (let k = 0; k < Math.min(rows.length, CANDIDATES) && fewest > 0; k++) {
    const added = bitsBeyond((rows[k] as Row).bits, union, fewest)
    if (added >= fewest) continue
    best = k
    fewest = added
  }
  return best
}

/** How many of the bits are not in `union`, counted no further than `enough`. */
function bitsBeyond(bits: Uint32Array, union: Uint32Array, enough: number): number {
  let count = 0
  for (let w = 0; w < bits.length && count < enough; w++) count += bitCount((bits[w] as number) & ~(union[w] as number))
  return count
}

function bitCount(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Pairs of a tile and an input with a curve to compute. */
function tilesLeft(outputAt: Int32Array, curveless: Uint8Array, inputs: number, lanes: number): number {
  let count = 0
  const alive = new Uint8Array(inputs)
  outputAt.forEach((output, place) => {
    if (place % lanes === 0) alive.fill(0)
    for (let i = 0; i < inputs; i++) {
      if (curveless[output * inputs + i] === 1 || alive[i] === 1) continue
      alive[i] = 1
      count++
    }
  })
  return count
}
