// better_kan's L1 and entropy of one layer, from the sums of |phi| over a batch, and its derivatives.
//
// l = sum |phi| / (rows * range), L = sum l, S = -sum (l / L) ln (l / L) = ln L - (sum l ln l) / L
import { log } from './elementary.as'
import { Layer, RANGE_BYTES, rowBytes } from './layer.as'
import { add, ld, mul, splat, st, sub, sumLanes } from './simd.as'

const SMALLEST: f32 = 1e-30

// Returns l1 * L + entropy * S. Leaves in `scoreSlopes` lambda * d (that) / d phi at phi > 0, and completes `ranges`.
// A range below 1e-12 counts as 1, and has no derivative.
export function regularize(l: Layer, rows: i32, lambda: f64, l1: f64, entropy: f64): f64 {
  const row = rowBytes(l)
  let total: f64 = 0, logs: f64 = 0
  for (let i = 0; i < l.inputs; i++) {
    const range = l.ranges + <usize>i * RANGE_BYTES, width = load<f32>(range, 4) - load<f32>(range)
    store<f32>(range, <f32>(1 / (<f64>rows * (width >= 1e-12 ? <f64>width : 1))), 20)
  }
  for (let t = 0; t < l.tiles; t++) {
    for (let i = 0; i < l.inputs; i++) {
      const sums = l.sums + <usize>(t * l.inputs + i) * row, inverse = v128.load32_splat(l.ranges + <usize>i * RANGE_BYTES, 20)
      for (let h: usize = 0; h < row; h += 16) {
        const score = mul(ld(sums + h), inverse)
        total += <f64>sumLanes(score)
        logs += <f64>sumLanes(mul(score, log(f32x4.max(score, splat(SMALLEST)))))
      }
    }
  }
  const disorder = total > 0 ? Math.log(total) - logs / total : 0
  const scale = total > 0 ? entropy / total : 0, logTotal = total > 0 ? Math.log(total) : 0
  for (let i = 0; i < l.inputs; i++) {
    const range = l.ranges + <usize>i * RANGE_BYTES, inverse = v128.load32_splat(range, 20)
    const width = load<f32>(range, 4) - load<f32>(range)
    let flow: f64 = 0
    for (let t = 0; t < l.tiles; t++) {
      const at = <usize>(t * l.inputs + i) * row
      for (let h: usize = 0; h < row; h += 16) {
        const score = mul(ld(l.sums + at + h), inverse), lnP = sub(log(f32x4.max(score, splat(SMALLEST))), splat(<f32>logTotal))
        // An edge of size 0 takes no entropy gradient: its |phi| has slope 0 there anyway.
        const takes = f32x4.gt(score, splat(0))
        const change = v128.and(mul(add(lnP, splat(<f32>disorder)), splat(<f32>(-lambda * scale))), takes)
        const slope = add(change, splat(<f32>(lambda * l1)))
        st(l.scoreSlopes + at + h, mul(slope, inverse))
        flow += <f64>sumLanes(mul(slope, score))
      }
    }
    store<f32>(range, width >= 1e-12 ? <f32>(flow / width) : 0, 16)
  }
  return l1 * total + entropy * disorder
}
