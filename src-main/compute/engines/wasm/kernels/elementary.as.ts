// Elementary functions of four numbers at a time; errors are relative, about 2e-7.
import { add, clear, fma, larger, mul, splat, sub } from './simd.as'

// Constants of the exponential, which loops load: those that code names, V8 makes anew in every turn of a loop, by several
// instructions each.
const EXPONENTIAL = memory.data<f32>([
  -1.44269504, -126, 87, 12582912,
  1.535336188e-4, 1.339887440e-3, 9.618437358e-3, 5.550332471e-2, 2.402264791e-1, 6.931472029e-1, 1,
])
@inline export function one(): v128 { return constant(10) }
@inline function constant(n: usize): v128 { return v128.load32_splat(EXPONENTIAL + (n << 2)) }

// e^-a for a >= 0; exactly 0 beyond 87, so that no denormal numbers arise.
@inline export function expNegative(a: v128): v128 {
  return clear(powerOfTwo(larger(mul(a, constant(0)), constant(1))), f32x4.gt(a, constant(2)))
}

// 2^t, -126 <= t <= 126.
@inline function powerOfTwo(t: v128): v128 {
  const shifted = add(t, constant(3)), f = sub(t, sub(shifted, constant(3)))
  let p = fma(constant(4), f, constant(5))
  p = fma(p, f, constant(6))
  p = fma(p, f, constant(7))
  p = fma(p, f, constant(8))
  p = fma(p, f, constant(9))
  p = fma(p, f, constant(10))
  return i32x4.add(p, i32x4.shl(shifted, 23))
}

// tanh x: a polynomial near 0, where 1 - 2 / (e^2x + 1) would lose its digits. Source: Cephes, tanhf.
@inline export function tanh(x: v128): v128 {
  const a = f32x4.abs(x), z = mul(x, x)
  let p = fma(splat(-5.70498872745e-3), z, splat(2.06390887954e-2))
  p = fma(p, z, splat(-5.37397155531e-2))
  p = fma(p, z, splat(1.33314422036e-1))
  p = fma(p, z, splat(-3.33332819422e-1))
  p = fma(mul(p, z), x, x)
  const e = expNegative(add(a, a))
  const far = f32x4.div(sub(splat(1), e), add(splat(1), e))
  const signed = v128.or(far, v128.and(x, splat(-0.0)))
  return v128.bitselect(p, signed, f32x4.lt(a, splat(0.625)))
}

// 1 - tanh^2 x as 4e / (1 + e)^2, e = e^-2|x|, which keeps its digits far from 0.
@inline export function tanhSlope(x: v128): v128 {
  const a = f32x4.abs(x), e = expNegative(add(a, a)), d = add(splat(1), e)
  return f32x4.div(mul(splat(4), e), mul(d, d))
}

// ln x for normal x > 0. Source: Cephes, logf.
@inline export function log(x: v128): v128 {
  const e0 = i32x4.sub(i32x4.shr_s(x, 23), i32x4.splat(126))
  const m0 = v128.or(v128.and(x, i32x4.splat(0x7fffff)), splat(0.5))
  const small = f32x4.lt(m0, splat(0.70710678))
  const e = f32x4.convert_i32x4_s(i32x4.add(e0, small))
  const m = sub(add(m0, v128.and(m0, small)), splat(1)), z = mul(m, m)
  let p = fma(splat(7.0376836292e-2), m, splat(-1.1514610310e-1))
  p = fma(p, m, splat(1.1676998740e-1))
  p = fma(p, m, splat(-1.2420140846e-1))
  p = fma(p, m, splat(1.4249322787e-1))
  p = fma(p, m, splat(-1.6668057665e-1))
  p = fma(p, m, splat(2.0000714765e-1))
  p = fma(p, m, splat(-2.4999993993e-1))
  p = fma(p, m, splat(3.3333331174e-1))
  return add(m, fma(e, splat(0.693147181), fma(mul(m, z), p, mul(z, splat(-0.5)))))
}
