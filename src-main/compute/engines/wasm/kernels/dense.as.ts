// The dense product C += A B, a panel of 8 columns at a time: for networks and bases whose every number takes part.
//
// A [m][k] lies in strips of 6 rows, [strip][k][6], so that a step along k reads neighbours; B in panels [k][8]; C in
// panels [m][8]. Twelve sums of 4 numbers, two vectors of B and one of A: all but one of the 16 registers of SSE and AVX.
// A strip of 4 rows, or panels of 12 columns by 4 rows, measured 53 to 54 GFLOP/s where 6 by 8 measured 62.
import { isAlive, Layer } from './layer.as'
import { add, fma, ld, splat, st } from './simd.as'

// Rows of a strip.
export const STRIP: i32 = 6

// Whether every basis function of a layer takes part, in so many tiles of 8 that it pays to lay the values of the inputs from
// `from` to `to` in strips.
const WORTH_STRIPS: i32 = 4
export function isDense(l: Layer, from: i32, to: i32): bool {
  if (l.intervals > 0 || l.lanes != 8) return false
  let tiles = 0
  for (let t = 0; t < l.tiles && tiles < WORTH_STRIPS; t++) if (isDenseTile(l, t, from, to)) tiles++
  return tiles >= WORTH_STRIPS
}

// Whether a product over all of these inputs is quicker than one input after the other without those that are pruned.
export function isDenseTile(l: Layer, tile: i32, from: i32, to: i32): bool {
  if (l.tilesAlive == 0) return true
  let alive = 0
  for (let i = from; i < to; i++) if (isAlive(l, tile, i)) alive++
  return 10 * alive >= 9 * (to - from)
}

// Bytes of A [m][k] in strips.
@inline export function stripBytes(m: i32, k: i32): usize { return <usize>((m + STRIP - 1) / STRIP) * <usize>k * 24 }

// c [m][8] += a b: a in strips, b [k][8]. Reads zeros or whatever stands behind the last row of a strip; writes m rows.
export function multiply(a: usize, m: i32, k: i32, b: usize, c: usize): void {
  const bytes = <usize>k * 24, end = b + (<usize>k << 5)
  for (; m >= STRIP; m -= STRIP) {
    strip(6, a, b, end, c)
    a += bytes
    c += 192
  }
  if (m == 5) strip(5, a, b, end, c)
  else if (m == 4) strip(4, a, b, end, c)
  else if (m == 3) strip(3, a, b, end, c)
  else if (m == 2) strip(2, a, b, end, c)
  else if (m == 1) strip(1, a, b, end, c)
}

// A out of k columns of m numbers, `stride` bytes apart, into strips.
export function stripColumns(from: usize, stride: usize, m: i32, k: i32, to: usize): void {
  for (let row = 0; row < m; row += STRIP, from += 24) {
    const rows = min(STRIP, m - row)
    for (let n = 0, column = from; n < k; n++, column += stride, to += 24) {
      for (let r: usize = 0; r < <usize>STRIP << 2; r += 4) store<f32>(to + r, r < <usize>rows << 2 ? load<f32>(column + r) : 0)
    }
  }
}

// A out of m columns of k numbers, which become its rows, into strips.
export function stripRows(from: usize, stride: usize, m: i32, k: i32, to: usize): void {
  for (let row = 0; row < m; row += STRIP, from += <usize>STRIP * stride) {
    const rows = min(STRIP, m - row)
    for (let r = 0; r < STRIP; r++) {
      let source = from + <usize>r * stride, target = to + (<usize>r << 2)
      for (let n = 0; n < k; n++, source += 4, target += 24) store<f32>(target, r < rows ? load<f32>(source) : 0)
    }
    to += <usize>k * 24
  }
}

// `rows` is a constant at every place of use: the compiler leaves one loop for each, without branches.
@inline function strip(rows: i32, a: usize, b: usize, end: usize, c: usize): void {
  const none = splat(0)
  let a0 = none, a1 = none, a2 = none, a3 = none, a4 = none, a5 = none
  let b0 = none, b1 = none, b2 = none, b3 = none, b4 = none, b5 = none
  for (let q = b; q < end; q += 32, a += 24) {
    const left = ld(q), right = v128.load(q, 16)
    let s = v128.load32_splat(a); a0 = fma(s, left, a0); b0 = fma(s, right, b0)
    if (rows > 1) { s = v128.load32_splat(a, 4); a1 = fma(s, left, a1); b1 = fma(s, right, b1) }
    if (rows > 2) { s = v128.load32_splat(a, 8); a2 = fma(s, left, a2); b2 = fma(s, right, b2) }
    if (rows > 3) { s = v128.load32_splat(a, 12); a3 = fma(s, left, a3); b3 = fma(s, right, b3) }
    if (rows > 4) { s = v128.load32_splat(a, 16); a4 = fma(s, left, a4); b4 = fma(s, right, b4) }
    if (rows > 5) { s = v128.load32_splat(a, 20); a5 = fma(s, left, a5); b5 = fma(s, right, b5) }
  }
  added(c, a0, b0)
  if (rows > 1) added(c + 32, a1, b1)
  if (rows > 2) added(c + 64, a2, b2)
  if (rows > 3) added(c + 96, a3, b3)
  if (rows > 4) added(c + 128, a4, b4)
  if (rows > 5) added(c + 160, a5, b5)
}

// A sum of parts keeps more digits than one long one.
@inline function added(c: usize, left: v128, right: v128): void {
  st(c, add(ld(c), left))
  v128.store(c, add(v128.load(c, 16), right), 16)
}
