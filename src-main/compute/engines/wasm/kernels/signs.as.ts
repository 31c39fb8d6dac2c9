// The sums of sign(phi) x basis values that L1 asks for, of RBF and Chebyshev polynomials into many outputs.
//
// With the samples of an input in the order of x, the signs of its curves seldom change from one sample to the next. With R_s
// the sum of a function's values from sample s on, and sign_-1 = 1,
//   sum sign_s v_s = R_0 + sum (sign_s - sign_s-1) R_s,
// so that only samples where a sign changes have to be looked at. It holds in any order: a rough one will do, and where signs
// change from every sample to the next it takes about as long as the product.
import { STRIP } from './dense.as'
import { CHUNK, Layer, scratch } from './layer.as'
import { add, fma, ld, mul, sign, splat, st, sub } from './simd.as'

// Tiles from which on it pays to sort the samples.
const WORTH_SORTING: i32 = 3
@inline export function sortsSamples(l: Layer): bool { return l.intervals == 0 && l.lanes == 8 && l.tiles >= WORTH_SORTING }

// Values and their sums R lie as dense.as.ts has them, [strip of 6 samples][base and functions][6], an area for each input.
const COLUMN: usize = <usize>((CHUNK + STRIP - 1) / STRIP * STRIP) << 2
@inline function areaBytes(l: Layer): usize { return <usize>(l.size + 1) * COLUMN }
@inline function valuesAt(l: Layer, slot: i32): usize { return scratch.strips + <usize>slot * areaBytes(l) }
@inline function sumsAt(l: Layer, slot: i32): usize { return scratch.suffixes + <usize>slot * areaBytes(l) }
// Where the sorted samples' rows are in a tile of outputs.
@inline function rowsAt(slot: i32): usize { return scratch.sorted + <usize>slot * COLUMN }

// Into which sortRows deals the samples: two a sample.
const CELLS: i32 = 1024

// Puts an input's values in the order of x. slot: which area to fill.
export function sortSamples(l: Layer, slot: i32, records: usize, x: usize, n: i32): void {
  const rows = rowsAt(slot), strips = (n + STRIP - 1) / STRIP
  sortRows(x, n, rows)
  for (let s = n; s < strips * STRIP; s++) store<u32>(rows + (<usize>s << 2), 0)
  const values = valuesAt(l, slot), sums = sumsAt(l, slot), bytes = <usize>(l.size + 1) * 24, totals = scratch.phi
  memory.fill(totals, 0, <usize>(l.size + 1) << 3)
  for (let strip = strips - 1; strip >= 0; strip--) {
    const to = values + <usize>strip * bytes, sum = sums + <usize>strip * bytes, first = strip * STRIP
    for (let r = 0; r < STRIP; r++) {
      const at = to + (<usize>r << 2)
      if (first + r >= n) {
        for (let k: usize = 0; k < bytes; k += 24) store<f32>(at + k, 0)
        continue
      }
      let v = records + <usize>(load<u32>(rows + (<usize>(first + r) << 2)) >> 5) * <usize>l.stride + 4
      for (let k: usize = 0; k < bytes; k += 24, v += 4) store<f32>(at + k, load<f32>(v))
    }
    let total = totals
    for (let k: usize = 0; k < bytes; k += 24, total += 8) {
      let t = load<f64>(total)
      t += <f64>load<f32>(to + k, 20); store<f32>(sum + k, <f32>t, 20)
      t += <f64>load<f32>(to + k, 16); store<f32>(sum + k, <f32>t, 16)
      t += <f64>load<f32>(to + k, 12); store<f32>(sum + k, <f32>t, 12)
      t += <f64>load<f32>(to + k, 8); store<f32>(sum + k, <f32>t, 8)
      t += <f64>load<f32>(to + k, 4); store<f32>(sum + k, <f32>t, 4)
      t += <f64>load<f32>(to + k); store<f32>(sum + k, <f32>t)
      store<f64>(total, t)
    }
  }
}

// Rows by x, as far as cells of one width tell them apart.
function sortRows(x: usize, n: i32, rows: usize): void {
  const counts = scratch.phi, cells = scratch.interval, end = <usize>n << 2
  let low = <f32>Infinity, high = -low
  for (let q: usize = 0; q < end; q += 4) {
    const v = load<f32>(x + q)
    low = min(low, v)
    high = max(high, v)
  }
  const perCell = <f32>(CELLS - 1) / (high - low)
  memory.fill(counts, 0, <usize>CELLS << 2)
  for (let q: usize = 0; q < end; q += 4) {
    // Not a number: cell 0.
    const at = (load<f32>(x + q) - low) * perCell, cell = at >= 0 && at < <f32>CELLS ? <i32>at : 0
    store<i32>(cells + q, cell)
    const c = counts + (<usize>cell << 2)
    store<i32>(c, load<i32>(c) + 1)
  }
  let sum = 0
  for (let c = counts, last = counts + (<usize>CELLS << 2); c < last; c += 4) {
    const count = load<i32>(c)
    store<i32>(c, sum)
    sum += count
  }
  for (let q = 0; q < n; q++) {
    const c = counts + (<usize>load<i32>(cells + (<usize>q << 2)) << 2), place = load<i32>(c)
    store<i32>(c, place + 1)
    store<u32>(rows + (<usize>place << 2), <u32>q << 5)
  }
}

// Outputs += phi and gradient += sums of sign(phi) x values, for a tile and an input. As `strip` in dense.as.ts, with
// functions in the place of rows.
export function addSigned(l: Layer, slot: i32, tile: usize, gradient: usize, n: i32, y: usize): void {
  const bytes = <usize>(l.size + 1) * 24, end = tile + (<usize>(l.size + 1) << 5), none = splat(0)
  let v = valuesAt(l, slot), sums = sumsAt(l, slot), row = rowsAt(slot), last = none, lastRight = none
  addFirst(gradient, sums, bytes)
  for (const stop = row + (<usize>n << 2); row < stop; row += 24, sums += bytes) {
    let a0 = none, a1 = none, a2 = none, a3 = none, a4 = none, a5 = none
    let b0 = none, b1 = none, b2 = none, b3 = none, b4 = none, b5 = none
    for (let w = tile; w < end; w += 32, v += 24) {
      const left = ld(w), right = v128.load(w, 16)
      let s = v128.load32_splat(v); a0 = fma(s, left, a0); b0 = fma(s, right, b0)
      s = v128.load32_splat(v, 4); a1 = fma(s, left, a1); b1 = fma(s, right, b1)
      s = v128.load32_splat(v, 8); a2 = fma(s, left, a2); b2 = fma(s, right, b2)
      s = v128.load32_splat(v, 12); a3 = fma(s, left, a3); b3 = fma(s, right, b3)
      s = v128.load32_splat(v, 16); a4 = fma(s, left, a4); b4 = fma(s, right, b4)
      s = v128.load32_splat(v, 20); a5 = fma(s, left, a5); b5 = fma(s, right, b5)
    }
    added(y + load<u32>(row), a0, b0)
    added(y + load<u32>(row, 4), a1, b1)
    added(y + load<u32>(row, 8), a2, b2)
    added(y + load<u32>(row, 12), a3, b3)
    added(y + load<u32>(row, 16), a4, b4)
    added(y + load<u32>(row, 20), a5, b5)
    const changes = i32x4.bitmask(changed(last, a0, a1, a2, a3, a4, a5)) != 0
    if (changes) addChanges(gradient, sums, bytes, last, a0, a1, a2, a3, a4, a5)
    const changesRight = i32x4.bitmask(changed(lastRight, b0, b1, b2, b3, b4, b5)) != 0
    if (changesRight) addChanges(gradient + 16, sums, bytes, lastRight, b0, b1, b2, b3, b4, b5)
    last = a5
    lastRight = b5
  }
}

@inline function added(y: usize, left: v128, right: v128): void {
  st(y, add(ld(y), left))
  v128.store(y, add(v128.load(y, 16), right), 16)
}

@inline function changed(last: v128, a: v128, b: v128, c: v128, d: v128, e: v128, f: v128): v128 {
  const first = v128.or(v128.xor(last, a), v128.xor(a, b)), second = v128.or(v128.xor(b, c), v128.xor(c, d))
  return v128.or(v128.or(first, second), v128.or(v128.xor(d, e), v128.xor(e, f)))
}

function addFirst(gradient: usize, sums: usize, bytes: usize): void {
  for (let k: usize = 0; k < bytes; k += 24, gradient += 32) {
    const s = v128.load32_splat(sums + k)
    st(gradient, add(ld(gradient), s))
    v128.store(gradient, add(v128.load(gradient, 16), s), 16)
  }
}

// Four outputs, six samples.
function addChanges(gradient: usize, sums: usize, bytes: usize, last: v128, a: v128, b: v128, c: v128, d: v128, e: v128, f: v128): void {
  const s0 = sign(a), s1 = sign(b), s2 = sign(c), s3 = sign(d), s4 = sign(e)
  const d0 = sub(s0, sign(last)), d1 = sub(s1, s0), d2 = sub(s2, s1), d3 = sub(s3, s2), d4 = sub(s4, s3), d5 = sub(sign(f), s4)
  for (let k: usize = 0; k < bytes; k += 24, gradient += 32) {
    const at = sums + k
    let g = fma(d0, v128.load32_splat(at), ld(gradient)), h = mul(d1, v128.load32_splat(at, 4))
    g = fma(d2, v128.load32_splat(at, 8), g); h = fma(d3, v128.load32_splat(at, 12), h)
    g = fma(d4, v128.load32_splat(at, 16), g); h = fma(d5, v128.load32_splat(at, 20), h)
    st(gradient, add(g, h))
  }
}
