// How long is a layer's gradient, and what makes it shorter? Both of the joined gradient, see steps.as.ts.
import { edgeOffset, Layer, rowBytes } from './layer.as'
import { fma, ld, mul, splat, st } from './simd.as'

// Sum of the squares of all gradients by what trains; a tie counts once.
export function squaredNorm(l: Layer): f64 {
  const row = rowBytes(l)
  let sum = f64x2.splat(0)
  for (let edge = 0; edge < l.tiles * l.inputs; edge++) {
    for (let h: usize = 0; h < row; h += 16) sum = f64x2.add(sum, ofEdges(l, edge, h, i32x4.splat(-1)))
  }
  if (l.ties != 0) {
    let at = l.ties + 4
    for (let n = load<i32>(l.ties); n > 0; n--) {
      const members = load<i32>(at), slot = load<u32>(at + 4), bytes = <u32>edgeOffset(l, 0, 1)
      const lane = (slot % bytes) >> 2, only = i32x4.eq(i32x4(0, 1, 2, 3), i32x4.splat(lane & 3))
      const once = ofEdges(l, slot / bytes, <usize>(lane & ~3) << 2, only)
      sum = f64x2.sub(sum, f64x2.mul(once, f64x2.splat(members - 1)))
      at += <usize>(members + 1) << 2
    }
  }
  if (l.hasBias) for (let q: usize = 0; q < <usize>l.tiles * row; q += 16) sum = f64x2.add(sum, squares(ld(l.biasGradient + q)))
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}

export function scaleGradient(l: Layer, factor: f64): void {
  const row = rowBytes(l), by = splat(<f32>factor)
  for (let q: usize = 0, end = edgeOffset(l, l.tiles, 0); q < end; q += 16) st(l.gradient + q, mul(ld(l.gradient + q), by))
  for (let q: usize = 0; q < <usize>l.tiles * row; q += 16) st(l.biasGradient + q, mul(ld(l.biasGradient + q), by))
}

// Squares of the gradients by base scaler, scaler and weights of four edges side by side, out of those by the effective
// weights: a weight's is the scaler's value times it, the scaler's is the sum over the weights.
function ofEdges(l: Layer, edge: i32, h: usize, which: v128): v128 {
  const row = rowBytes(l), counts = l.trains == 0 ? which : v128.and(which, ld(l.trains + <usize>edge * row + h))
  let p = l.parameters + <usize>(edge * (l.size + 2)) * row + row + h, g = l.gradient + <usize>(edge * (l.size + 1)) * row + h
  const scaler = ld(p)
  let sum = squares(v128.and(ld(g), counts)), byScaler = splat(0)
  for (let m = 0; m < l.size; m++) {
    p += row
    g += row
    const by = ld(g)
    byScaler = fma(ld(p), by, byScaler)
    sum = f64x2.add(sum, squares(v128.and(mul(scaler, by), counts)))
  }
  return f64x2.add(sum, squares(v128.and(byScaler, counts)))
}

// In f64, where nothing overflows: the first and the third, and the second and the fourth, added up.
@inline function squares(v: v128): v128 {
  const low = f64x2.promote_low_f32x4(v), high = f64x2.promote_low_f32x4(v128.shuffle<f64>(v, v, 1, 0))
  return f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high))
}
