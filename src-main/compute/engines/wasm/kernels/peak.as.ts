// What does a core do at most? Multiply-adds on registers, in more sums than the units have stages, so that none waits for
// another. Factors come from outside: those that are known when the loop is compiled are made anew in each turn, at four times the cost.
import { add, fma, splat, sumLanes } from './simd.as'

export function multiplyAdds(turns: i32, a: f32, b: f32): f32 {
  const x = splat(a), y = splat(b)
  let s0 = splat(0), s1 = splat(1), s2 = splat(2), s3 = splat(3), s4 = splat(4), s5 = splat(5)
  let s6 = splat(6), s7 = splat(7), s8 = splat(8), s9 = splat(9), s10 = splat(10), s11 = splat(11)
  for (; turns > 0; turns--) {
    s0 = fma(x, y, s0); s1 = fma(x, y, s1); s2 = fma(x, y, s2); s3 = fma(x, y, s3); s4 = fma(x, y, s4); s5 = fma(x, y, s5)
    s6 = fma(x, y, s6); s7 = fma(x, y, s7); s8 = fma(x, y, s8); s9 = fma(x, y, s9); s10 = fma(x, y, s10); s11 = fma(x, y, s11)
  }
  s0 = add(add(add(s0, s1), add(s2, s3)), add(add(s4, s5), add(s6, s7)))
  return sumLanes(add(s0, add(add(s8, s9), add(s10, s11))))
}
