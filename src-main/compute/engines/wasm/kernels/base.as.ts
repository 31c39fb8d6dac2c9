// The fixed function that every edge adds to its basis: values and slopes of one column, into the scratch memory.
import { IDENTITY, roundUp4, scratch, SILU, TANH } from './layer.as'
import { add, fma, ld, mul, splat, st, sub } from './simd.as'
import { expNegative, tanh, tanhSlope } from './elementary.as'

// Inputs that are not finite give values that are not finite, whatever the base, so that a divergence is never hidden.
export function base(kind: i32, x: usize, n: i32, withSlopes: bool): void {
  const values = scratch.base, slopes = scratch.baseSlope
  for (let at: usize = 0; at < <usize>roundUp4(n) << 2; at += 16) {
    const v = ld(x + at)
    if (kind == SILU) {
      // Both branches of x / (1 + e^-x) by the exponential that cannot overflow.
      const e = expNegative(f32x4.abs(v)), near = f32x4.div(splat(1), add(splat(1), e)), far = mul(e, near)
      const positive = f32x4.gt(v, splat(0))
      st(values + at, mul(v, v128.bitselect(near, far, positive)))
      if (withSlopes) {
        const one = splat(1)
        st(slopes + at, v128.bitselect(mul(near, fma(v, far, one)), mul(far, fma(v, near, one)), positive))
      }
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
