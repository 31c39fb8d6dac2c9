// Short names for the vector instructions that every kernel uses. Relaxed ones where the build has them: they may round
// once less, or take either of two numbers where one is NaN.
@inline export function fma(a: v128, b: v128, c: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? v128.relaxed_madd<f32>(a, b, c) : f32x4.add(f32x4.mul(a, b), c)
}
@inline export function larger(a: v128, b: v128): v128 { return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_max(a, b) : f32x4.pmax(a, b) }
@inline export function smaller(a: v128, b: v128): v128 { return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_min(a, b) : f32x4.pmin(a, b) }
// Integers from whole numbers.
@inline export function truncate(v: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? i32x4.relaxed_trunc_f32x4_s(v) : i32x4.trunc_sat_f32x4_s(v)
}
@inline export function add(a: v128, b: v128): v128 { return f32x4.add(a, b) }
@inline export function sub(a: v128, b: v128): v128 { return f32x4.sub(a, b) }
@inline export function mul(a: v128, b: v128): v128 { return f32x4.mul(a, b) }
@inline export function splat(x: f32): v128 { return f32x4.splat(x) }
@inline export function ld(p: usize): v128 { return v128.load(p) }
@inline export function st(p: usize, v: v128): void { v128.store(p, v) }
@inline export function clear(v: v128, where: v128): v128 { return v128.andnot(v, where) }

// 1 or -1; for 0 whichever, where nothing depends on it.
@inline export function sign(v: v128): v128 { return v128.or(v128.and(v, splat(-0.0)), splat(1)) }

@inline export function sumLanes(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
}

// a0 b0 a1 b1, a2 b2 a3 b3; a0 a1 b0 b1, a2 a3 b2 b3: two of each transpose four vectors.
@inline export function lowHalves(a: v128, b: v128): v128 { return v128.shuffle<f32>(a, b, 0, 4, 1, 5) }
@inline export function highHalves(a: v128, b: v128): v128 { return v128.shuffle<f32>(a, b, 2, 6, 3, 7) }
@inline export function lowPairs(a: v128, b: v128): v128 { return v128.shuffle<f64>(a, b, 0, 2) }
@inline export function highPairs(a: v128, b: v128): v128 { return v128.shuffle<f64>(a, b, 1, 3) }

// Transposes 4 x 4 numbers: four rows at addresses a to d become rows at addresses ta to td.
@inline export function transpose4(a: usize, b: usize, c: usize, d: usize, ta: usize, tb: usize, tc: usize, td: usize): void {
  const va = ld(a), vb = ld(b), vc = ld(c), vd = ld(d)
  const p = lowHalves(va, vb), q = lowHalves(vc, vd), r = highHalves(va, vb), s = highHalves(vc, vd)
  st(ta, lowPairs(p, q))
  st(tb, highPairs(p, q))
  st(tc, lowPairs(r, s))
  st(td, highPairs(r, s))
}
