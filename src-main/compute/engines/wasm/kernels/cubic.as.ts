// The products of products.as.ts for splines of order 3 and tiles of 8, whose records have five rows: all of them at once. And
// the signs of phi that L1 asks for.
import { Layer, scratch } from './layer.as'
import { accumulate, phiRows, weights } from './rows.as'
import { add, fma, larger, ld, mul, sign, smaller, splat, st } from './simd.as'

// Bytes of a record of splines of order 3.
const CUBIC: i32 = 24
@inline export function isCubic(l: Layer): bool { return l.stride == CUBIC && l.lanes == 8 && l.intervals > 0 }

// As addPhi. From one interval to the next three of four rows go on.
//
// The second half of a sample is stored amid the next one. No load may move over a store, and so the compilers leave the loads
// of the values beside their uses: all five at once beside ten rows of weights are more than there are registers.
export function addCubicPhi(l: Layer, tile: usize, records: usize, runs: usize, output: usize): void {
  const a0 = ld(tile), a1 = v128.load(tile, 16)
  let at = load<i32>(runs, 4), from = records, w = splineWeights(l, tile, at)
  let p0 = ld(w), p1 = v128.load(w, 16)
  w = splineWeights(l, tile, at + 1)
  let q0 = ld(w), q1 = v128.load(w, 16)
  w = splineWeights(l, tile, at + 2)
  let r0 = ld(w), r1 = v128.load(w, 16)
  w = splineWeights(l, tile, at + 3)
  let s0 = ld(w), s1 = v128.load(w, 16)
  let last = output + load<u32>(records), right = v128.load(last, 16)
  for (let run = runs + 4, end = run + (<usize>load<i32>(runs) << 3); run < end; run += 8) {
    const start = load<i32>(run), to = records + load<i32>(run, 4)
    while (at < start) {
      at++
      w = splineWeights(l, tile, at + 3)
      p0 = q0; p1 = q1; q0 = r0; q1 = r1; r0 = s0; r1 = s1; s0 = ld(w); s1 = v128.load(w, 16)
    }
    for (; from < to; from += <usize>CUBIC) {
      const y = output + load<u32>(from)
      let v = v128.load32_splat(from, 4), y0 = fma(a0, v, ld(y)), y1 = fma(a1, v, v128.load(y, 16))
      v = v128.load32_splat(from, 8); y0 = fma(p0, v, y0); y1 = fma(p1, v, y1)
      v128.store(last, right, 16)
      v = v128.load32_splat(from, 12); y0 = fma(q0, v, y0); y1 = fma(q1, v, y1)
      v = v128.load32_splat(from, 16); y0 = fma(r0, v, y0); y1 = fma(r1, v, y1)
      v = v128.load32_splat(from, 20); y0 = fma(s0, v, y0); y1 = fma(s1, v, y1)
      st(y, y0)
      last = y
      right = y1
    }
  }
  v128.store(last, right, 16)
}
@inline function splineWeights(l: Layer, tile: usize, m: i32): usize {
  return <u32>m < <u32>l.size ? tile + (<usize>(m + 1) << 5) : scratch.zero
}

// As addWeightGradients. From one interval to the next three of four rows go on: their sums stay where they are,
// and each row is stored once.
export function addCubicGradients(l: Layer, gradient: usize, records: usize, runs: usize, flow: usize): void {
  const none = splat(0)
  let a0 = none, a1 = none, p0 = none, p1 = none, q0 = none, q1 = none, r0 = none, r1 = none, s0 = none, s1 = none
  let from = records, at = load<i32>(runs, 4)
  for (let run = runs + 4, end = run + (<usize>load<i32>(runs) << 3); run < end; run += 8) {
    const start = load<i32>(run), to = records + load<i32>(run, 4)
    for (let moved = 0; at < start; at++, moved++) {
      // Beyond four rows there is nothing to store.
      if (moved == 4) {
        at = start
        break
      }
      accumulate(true, splineRow(l, gradient, at), p0, p1)
      p0 = q0; p1 = q1; q0 = r0; q1 = r1; r0 = s0; r1 = s1; s0 = none; s1 = none
    }
    for (; from < to; from += <usize>CUBIC) {
      const y = flow + load<u32>(from), d0 = ld(y), d1 = v128.load(y, 16)
      let v = v128.load32_splat(from, 4); a0 = fma(d0, v, a0); a1 = fma(d1, v, a1)
      v = v128.load32_splat(from, 8); p0 = fma(d0, v, p0); p1 = fma(d1, v, p1)
      v = v128.load32_splat(from, 12); q0 = fma(d0, v, q0); q1 = fma(d1, v, q1)
      v = v128.load32_splat(from, 16); r0 = fma(d0, v, r0); r1 = fma(d1, v, r1)
      v = v128.load32_splat(from, 20); s0 = fma(d0, v, s0); s1 = fma(d1, v, s1)
    }
  }
  accumulate(true, gradient, a0, a1)
  accumulate(true, splineRow(l, gradient, at), p0, p1)
  accumulate(true, splineRow(l, gradient, at + 1), q0, q1)
  accumulate(true, splineRow(l, gradient, at + 2), r0, r1)
  accumulate(true, splineRow(l, gradient, at + 3), s0, s1)
}

// Outputs += phi and gradient += sign(phi) x values, four outputs at a time.
//
// Where phi of four edges cannot change its sign within a run, its sign times the run's sums of values will do: an interval's
// splines are positive and add up to 1 at most, so that phi lies between its smallest and its largest weight there, plus the
// base's part. totals: see `sumRuns`.
export function addCubicSigns(l: Layer, tile: usize, gradient: usize, records: usize, runs: usize, totals: usize, output: usize): void {
  const none = scratch.zero
  let from = records
  for (let run = runs + 4, end = run + (<usize>load<i32>(runs) << 3); run < end; run += 8, totals += 32) {
    const start = load<i32>(run), to = records + load<i32>(run, 4)
    const w1 = weights(l, tile, start, 1, none), w2 = weights(l, tile, start, 2, none)
    const w3 = weights(l, tile, start, 3, none), w4 = weights(l, tile, start, 4, none)
    const first = knownSign(tile, w1, w2, w3, w4, totals, 0), second = knownSign(tile, w1, w2, w3, w4, totals, 16)
    const isFirst = isKnown(first), isSecond = isKnown(second)
    if (isFirst) addTotals(l, gradient, start, totals, first, 0)
    if (isSecond) addTotals(l, gradient, start, totals, second, 16)
    if (isFirst && isSecond) phiRows(true, 5, from, to, <usize>CUBIC, 4, output, tile, w1, w2, w3, w4)
    else {
      if (isFirst) phiRows(false, 5, from, to, <usize>CUBIC, 4, output, tile, w1, w2, w3, w4)
      else signRows(tile, l, start, gradient, from, to, output, 0)
      if (isSecond) phiRows(false, 5, from, to, <usize>CUBIC, 4, output + 16, tile + 16, w1 + 16, w2 + 16, w3 + 16, w4 + 16)
      else signRows(tile, l, start, gradient, from, to, output, 16)
    }
    from = to
  }
}

// For each run of records of order 3: sums of the base and of the four splines, smallest and largest base, nothing.
export function sumRuns(records: usize, runs: usize, totals: usize): void {
  let p = records
  for (let run = runs + 4, end = run + (<usize>load<i32>(runs) << 3); run < end; run += 8, totals += 32) {
    const to = records + load<i32>(run, 4)
    let base: f32 = 0, splines = splat(0), low = <f32>Infinity, high = -low
    for (; p < to; p += <usize>CUBIC) {
      const v = load<f32>(p, 4)
      base += v
      low = min(low, v)
      high = max(high, v)
      splines = add(splines, v128.load(p, 8))
    }
    store<f32>(totals, base)
    v128.store(totals, splines, 4)
    store<f32>(totals, low, 20)
    store<f32>(totals, high, 24)
  }
}

// 1 or -1 where phi has that sign in the whole run, else 0.
@inline function knownSign(tile: usize, w1: usize, w2: usize, w3: usize, w4: usize, totals: usize, half: usize): v128 {
  const a = ld(w1 + half), b = ld(w2 + half), c = ld(w3 + half), d = ld(w4 + half), w0 = ld(tile + half)
  const e = mul(w0, v128.load32_splat(totals, 20)), f = mul(w0, v128.load32_splat(totals, 24))
  const lowest = add(smaller(smaller(a, b), smaller(c, d)), smaller(e, f))
  const highest = add(larger(larger(a, b), larger(c, d)), larger(e, f))
  const up = f32x4.ge(lowest, splat(0))
  return v128.or(v128.and(up, splat(1)), v128.andnot(v128.and(f32x4.le(highest, splat(0)), splat(-1)), up))
}
@inline function isKnown(signs: v128): bool { return i32x4.all_true(signs) }

@inline function addTotals(l: Layer, gradient: usize, start: i32, totals: usize, signs: v128, half: usize): void {
  let at = gradient + half
  st(at, fma(signs, v128.load32_splat(totals), ld(at)))
  for (let r = 0; r < 4; r++) {
    at = splineRow(l, gradient, start + r) + half
    st(at, fma(signs, v128.load32_splat(totals + (<usize>r << 2), 4), ld(at)))
  }
}

@inline function signRows(tile: usize, l: Layer, start: i32, gradient: usize, from: usize, to: usize, output: usize, half: usize): void {
  const none = scratch.zero
  const w0 = ld(tile + half), w1 = ld(weights(l, tile, start, 1, none) + half), w2 = ld(weights(l, tile, start, 2, none) + half)
  const w3 = ld(weights(l, tile, start, 3, none) + half), w4 = ld(weights(l, tile, start, 4, none) + half)
  let a0 = splat(0), a1 = a0, a2 = a0, a3 = a0, a4 = a0
  for (let p = from; p < to; p += <usize>CUBIC) {
    const y = output + load<u32>(p) + half
    const v0 = v128.load32_splat(p, 4), v1 = v128.load32_splat(p, 8), v2 = v128.load32_splat(p, 12)
    const v3 = v128.load32_splat(p, 16), v4 = v128.load32_splat(p, 20)
    const phi = fma(w4, v4, fma(w3, v3, fma(w2, v2, fma(w1, v1, mul(w0, v0))))), s = sign(phi)
    st(y, add(ld(y), phi))
    a0 = fma(s, v0, a0)
    a1 = fma(s, v1, a1)
    a2 = fma(s, v2, a2)
    a3 = fma(s, v3, a3)
    a4 = fma(s, v4, a4)
  }
  accumulate(false, gradient + half, a0, a0)
  accumulate(false, splineRow(l, gradient, start) + half, a1, a1)
  accumulate(false, splineRow(l, gradient, start + 1) + half, a2, a2)
  accumulate(false, splineRow(l, gradient, start + 2) + half, a3, a3)
  accumulate(false, splineRow(l, gradient, start + 3) + half, a4, a4)
}

// Row of a spline in a tile of 8; of one that does not exist where its gradients do no harm.
@inline function splineRow(l: Layer, tile: usize, m: i32): usize {
  return <u32>m < <u32>l.size ? tile + (<usize>(m + 1) << 5) : scratch.spill
}
