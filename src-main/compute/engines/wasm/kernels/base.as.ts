// The fixed function that every edge adds to its basis: values and slopes of one column, into the scratch memory.
import { IDENTITY, roundUp4, scratch, SILU, TANH } from './layer.as'
import { add, fma, ld, mul, splat, st, sub } from './simd.as'
import { expNegative, one, tanh, tanhSlope } from './elementary.as'

// Inputs that are not finite give values that are not finite, whatever the base, so that a divergence is never hidden.
export function base(kind: i32, x: usize, n: i32, withSlopes: bool): void {
  const values = scratch.base, slopes = scratch.baseSlope
  for (let at: usize = 0; at < <usize>roundUp4(n) << 2; at += 16) {
    const v = ld(x + at)
    if (kind == SILU) {
      // Both branches of x / (1 + e^-x) by the exponential that cannot overflow.
      const e = expNegative(f32x4.abs(v)), near = f32x4.div(one(), add(one(), e)), far = mul(e, near)
      // The sign bit of -0 chooses far, which is as good.
      const negative = i32x4.shr_s(v, 31), sigma = v128.bitselect(far, near, negative), value = mul(v, sigma)
      st(values + at, value)
      // 1 - sigma is the other branch.
      if (withSlopes) st(slopes + at, mul(sigma, fma(v, v128.bitselect(near, far, negative), one())))
    } else if (kind == IDENTITY) {
      st(values + at, v)
      st(slopes + at, splat(1))
    } else {
      const nothing = sub(v, v)
      st(values + at, kind == TANH ? add(tanh(v), nothing) : nothing)
      st(slopes + at, kind == TANH ? tanhSlope(v) : splat(0))
    }
  }
}
