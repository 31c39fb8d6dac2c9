// Short names for the vector instructions that every kernel uses.
@inline export function fma(a: v128, b: v128, c: v128): v128 { return v128.relaxed_madd<f32>(a, b, c) }
@inline export function add(a: v128, b: v128): v128 { return f32x4.add(a, b) }
@inline export function sub(a: v128, b: v128): v128 { return f32x4.sub(a, b) }
@inline export function mul(a: v128, b: v128): v128 { return f32x4.mul(a, b) }
@inline export function splat(x: f32): v128 { return f32x4.splat(x) }
@inline export function ld(p: usize): v128 { return v128.load(p) }
@inline export function st(p: usize, v: v128): void { v128.store(p, v) }
@inline export function clear(v: v128, where: v128): v128 { return v128.andnot(v, where) }

@inline export function sumLanes(v: v128): f32 {
  return (f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1)) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
}

@inline function low(a: v128, b: v128): v128 { return v128.shuffle<f32>(a, b, 0, 4, 1, 5) }
@inline function high(a: v128, b: v128): v128 { return v128.shuffle<f32>(a, b, 2, 6, 3, 7) }
@inline function lowPair(a: v128, b: v128): v128 { return v128.shuffle<f64>(a, b, 0, 2) }
@inline function highPair(a: v128, b: v128): v128 { return v128.shuffle<f64>(a, b, 1, 3) }

// Transposes 4 x 4 numbers from rows `fromStride` bytes apart to rows `toStride` bytes apart.
@inline export function transpose4(from: usize, fromStride: usize, to: usize, toStride: usize): void {
  const a = ld(from), b = ld(from + fromStride), c = ld(from + 2 * fromStride), d = ld(from + 3 * fromStride)
  const p = low(a, b), q = low(c, d), r = high(a, b), s = high(c, d)
  st(to, lowPair(p, q))
  st(to + toStride, highPair(p, q))
  st(to + 2 * toStride, lowPair(r, s))
  st(to + 3 * toStride, highPair(r, s))
}
