// The ten radial kernels K(|d|) and their slopes by d, four distances at a time. The formulas: docs/numerics.md.
//
// `kernel` is a constant at every place of use: the compiler leaves one formula of each `if`. Values that float32 holds are
// finite, however large d is, and no denormal numbers arise: they would slow down every product that follows.
import { expNegative, log } from './elementary.as'
import {
  GAUSSIAN, INVERSE_MULTIQUADRIC, INVERSE_QUADRATIC, MATERN32, MATERN52, MULTIQUADRIC, POISSON_ONE, POISSON_TWO, QUADRATIC,
} from './layer.as'
import { add, clear, fma, ld, mul, splat, st, sub } from './simd.as'

const ROOT3: f32 = 1.7320508, ROOT5: f32 = 2.2360680
const SMALLEST: f32 = 1.17549435e-38

// `scale`: derivatives of d by x. Writes values at `value` and, unless it is 0, derivatives by x at `slope`.
@inline export function radial(kernel: i32, d: v128, scale: v128, value: usize, slope: usize): void {
  if (kernel == GAUSSIAN) {
    const e = expNegative(mul(d, d))
    st(value, e)
    // Far away 0, whatever d: infinity times 0 would be NaN.
    if (slope != 0) st(slope, clear(mul(mul(splat(-2), mul(d, scale)), e), f32x4.eq(e, splat(0))))
    return
  }
  const a = f32x4.abs(d)
  if (kernel == QUADRATIC) {
    st(value, mul(d, d))
    if (slope != 0) st(slope, mul(add(d, d), scale))
  } else if (kernel == INVERSE_QUADRATIC) {
    const v = flushed(f32x4.div(splat(1), fma(d, d, splat(1))))
    st(value, v)
    if (slope != 0) st(slope, flushed(mul(mul(splat(-2), mul(mul(within(d), v), v)), scale)))
  } else if (kernel == MULTIQUADRIC) {
    const r = hypotenuse(a)
    st(value, r)
    if (slope != 0) st(slope, mul(f32x4.div(d, r), scale))
  } else if (kernel == INVERSE_MULTIQUADRIC) {
    const v = flushed(f32x4.div(splat(1), hypotenuse(a)))
    st(value, v)
    if (slope != 0) st(slope, flushed(mul(mul(mul(f32x4.neg(mul(within(d), v)), v), v), scale)))
  } else if (kernel == POISSON_ONE) {
    const b = near(a), e = expNegative(b)
    st(value, mul(sub(b, splat(1)), e))
    if (slope != 0) st(slope, kinked(mul(sub(splat(2), b), e), d, scale))
  } else if (kernel == POISSON_TWO) {
    const b = near(a), e = expNegative(b), half = mul(b, splat(0.5))
    st(value, mul(mul(half, sub(b, splat(2))), e))
    if (slope != 0) st(slope, kinked(mul(sub(mul(b, sub(splat(2), half)), splat(1)), e), d, scale))
  } else if (kernel == MATERN32) {
    const b = near(a), z = mul(b, splat(ROOT3)), e = expNegative(z)
    st(value, mul(add(splat(1), z), e))
    if (slope != 0) st(slope, signed(mul(mul(b, splat(-3)), e), d, scale))
  } else if (kernel == MATERN52) {
    const b = near(a), z = mul(b, splat(ROOT5)), e = expNegative(z), t = mul(b, splat(<f32>(5.0 / 3.0)))
    st(value, mul(add(fma(t, b, z), splat(1)), e))
    if (slope != 0) st(slope, signed(mul(f32x4.neg(mul(t, add(splat(1), z))), e), d, scale))
  } else {
    const ln = logOfOneMore(a)
    st(value, mul(mul(a, a), ln))
    if (slope != 0) st(slope, signed(mul(a, add(add(ln, ln), f32x4.div(a, add(splat(1), a)))), d, scale))
  }
}

// Beyond 87 the exponentials are 0; here the factors before them stay finite.
@inline function near(a: v128): v128 { return f32x4.min(a, splat(100)) }

// Finite where d overflowed: what decays is 0 there.
@inline function within(d: v128): v128 { return f32x4.max(f32x4.min(d, splat(f32.MAX_VALUE)), splat(-f32.MAX_VALUE)) }

@inline function flushed(v: v128): v128 { return clear(v, f32x4.lt(f32x4.abs(v), splat(SMALLEST))) }

// From a derivative by |d| to one by x.
@inline function signed(slope: v128, d: v128, scale: v128): v128 {
  return mul(v128.xor(slope, v128.and(d, splat(-0.0))), scale)
}

// The same for a kernel with a kink at its centre, where the slope is 0.
@inline function kinked(slope: v128, d: v128, scale: v128): v128 {
  return clear(signed(slope, d, scale), f32x4.eq(d, splat(0)))
}

// sqrt(1 + a^2), which is a where the square could overflow.
@inline function hypotenuse(a: v128): v128 {
  return v128.bitselect(a, f32x4.sqrt(fma(a, a, splat(1))), f32x4.gt(a, splat(1e9)))
}

// ln(1 + a), a >= 0: what rounding 1 + a loses comes back as the ratio of a to what is left of it (Kahan).
@inline function logOfOneMore(a: v128): v128 {
  const u = add(splat(1), a), m = sub(u, splat(1)), none = f32x4.eq(m, splat(0))
  return v128.bitselect(a, f32x4.div(mul(log(u), a), m), none)
}
