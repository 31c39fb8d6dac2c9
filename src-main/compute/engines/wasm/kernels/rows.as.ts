// The inner loops of products.as.ts: up to five rows of weights (or of their sums) stay in registers while the records of a
// run stream by.
import { Layer } from './layer.as'
import { add, fma, ld, mul, splat, st } from './simd.as'

// Row r of a record is the base (0) or basis function start + r - 1; what does not exist is a row of zeros.
@inline export function weights(l: Layer, tile: usize, start: i32, r: i32, none: usize): usize {
  const m = start + r - 1
  return r == 0 ? tile : <u32>m < <u32>l.size ? tile + (<usize>(m + 1) << (l.lanes == 8 ? 5 : 4)) : none
}

// `wide` and `count` are constants at every place of use: the compiler leaves one loop for each, without branches.
@inline export function phiRows(wide: bool, count: i32, from: usize, to: usize, stride: usize, value: usize, output: usize,
  w0: usize, w1: usize, w2: usize, w3: usize, w4: usize): void {
  const none = splat(0)
  const a0 = ld(w0), a1 = count > 1 ? ld(w1) : none, a2 = count > 2 ? ld(w2) : none
  const a3 = count > 3 ? ld(w3) : none, a4 = count > 4 ? ld(w4) : none
  const b0 = wide ? v128.load(w0, 16) : none, b1 = wide && count > 1 ? v128.load(w1, 16) : none
  const b2 = wide && count > 2 ? v128.load(w2, 16) : none, b3 = wide && count > 3 ? v128.load(w3, 16) : none
  const b4 = wide && count > 4 ? v128.load(w4, 16) : none
  for (let p = from; p < to; p += stride) {
    const y = output + load<u32>(p), v = p + value
    let q = v128.load32_splat(v), y0 = fma(a0, q, ld(y)), y1 = wide ? fma(b0, q, v128.load(y, 16)) : none
    if (count > 1) { q = v128.load32_splat(v, 4); y0 = fma(a1, q, y0); if (wide) y1 = fma(b1, q, y1) }
    if (count > 2) { q = v128.load32_splat(v, 8); y0 = fma(a2, q, y0); if (wide) y1 = fma(b2, q, y1) }
    if (count > 3) { q = v128.load32_splat(v, 12); y0 = fma(a3, q, y0); if (wide) y1 = fma(b3, q, y1) }
    if (count > 4) { q = v128.load32_splat(v, 16); y0 = fma(a4, q, y0); if (wide) y1 = fma(b4, q, y1) }
    st(y, y0)
    if (wide) v128.store(y, y1, 16)
  }
}

// Sums start from 0 in every run and are added at its end: a sum of parts keeps more digits than one long one.
@inline export function gradientRows(wide: bool, count: i32, from: usize, to: usize, stride: usize, value: usize, flow: usize,
  g0: usize, g1: usize, g2: usize, g3: usize, g4: usize): void {
  const none = splat(0)
  let a0 = none, a1 = none, a2 = none, a3 = none, a4 = none, b0 = none, b1 = none, b2 = none, b3 = none, b4 = none
  for (let p = from; p < to; p += stride) {
    const y = flow + load<u32>(p), v = p + value, d0 = ld(y), d1 = wide ? v128.load(y, 16) : none
    let q = v128.load32_splat(v); a0 = fma(d0, q, a0); if (wide) b0 = fma(d1, q, b0)
    if (count > 1) { q = v128.load32_splat(v, 4); a1 = fma(d0, q, a1); if (wide) b1 = fma(d1, q, b1) }
    if (count > 2) { q = v128.load32_splat(v, 8); a2 = fma(d0, q, a2); if (wide) b2 = fma(d1, q, b2) }
    if (count > 3) { q = v128.load32_splat(v, 12); a3 = fma(d0, q, a3); if (wide) b3 = fma(d1, q, b3) }
    if (count > 4) { q = v128.load32_splat(v, 16); a4 = fma(d0, q, a4); if (wide) b4 = fma(d1, q, b4) }
  }
  accumulate(wide, g0, a0, b0)
  if (count > 1) accumulate(wide, g1, a1, b1)
  if (count > 2) accumulate(wide, g2, a2, b2)
  if (count > 3) accumulate(wide, g3, a3, b3)
  if (count > 4) accumulate(wide, g4, a4, b4)
}

@inline export function accumulate(wide: bool, g: usize, a: v128, b: v128): void {
  st(g, add(ld(g), a))
  if (wide) v128.store(g, add(v128.load(g, 16), b), 16)
}

// Returns where the next run's sums begin.
@inline export function flowRows(wide: bool, count: i32, from: usize, to: usize, stride: usize, value: usize, flow: usize,
  sums: usize, w0: usize, w1: usize, w2: usize, w3: usize, w4: usize): usize {
  const none = splat(0)
  const a0 = ld(w0), a1 = count > 1 ? ld(w1) : none, a2 = count > 2 ? ld(w2) : none
  const a3 = count > 3 ? ld(w3) : none, a4 = count > 4 ? ld(w4) : none
  const b0 = wide ? v128.load(w0, 16) : none, b1 = wide && count > 1 ? v128.load(w1, 16) : none
  const b2 = wide && count > 2 ? v128.load(w2, 16) : none, b3 = wide && count > 3 ? v128.load(w3, 16) : none
  const b4 = wide && count > 4 ? v128.load(w4, 16) : none
  // Where registers are scarce a sum is stored amid the next one: see addCubicPhi.
  const late = wide && count == 5
  let s = sums, last = s, held = late ? ld(s) : none
  for (let p = from; p < to; p += stride) {
    const y = flow + load<u32>(p), v = p + value
    let q = v128.load32_splat(v), z0 = mul(a0, q), z1 = wide ? mul(b0, q) : none
    if (count > 1) { q = v128.load32_splat(v, 4); z0 = fma(a1, q, z0); if (wide) z1 = fma(b1, q, z1) }
    if (late) st(last, held)
    if (count > 2) { q = v128.load32_splat(v, 8); z0 = fma(a2, q, z0); if (wide) z1 = fma(b2, q, z1) }
    if (count > 3) { q = v128.load32_splat(v, 12); z0 = fma(a3, q, z0); if (wide) z1 = fma(b3, q, z1) }
    if (count > 4) { q = v128.load32_splat(v, 16); z0 = fma(a4, q, z0); if (wide) z1 = fma(b4, q, z1) }
    let sum = fma(z0, ld(y), ld(s))
    if (wide) sum = fma(z1, v128.load(y, 16), sum)
    if (late) { last = s; held = sum }
    else st(s, sum)
    s += 16
  }
  if (late) st(last, held)
  return s
}
