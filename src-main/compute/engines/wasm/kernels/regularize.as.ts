// better_kan's L1 and entropy of a layer, from what `sums` left of a batch, and its derivatives.
//
// l = sum |phi| / (rows * range), L = sum l, S = -sum (l / L) ln (l / L) = ln L - (sum l ln l) / L
// d S / d l = -(ln (l / L) + S) / L = -ln (l / still) / L, still = L e^-S. Sums and logarithms of S are f64: its two parts cancel
// where one edge is nearly all of L. Those of the slope cancel where all edges are alike, but a logarithm near 1 loses nothing.
import { endEdge, EDGES, firstEdge, layerOf } from './blocks.as'
import { log } from './elementary.as'
import { Layer, RANGE_BYTES, rowBytes, slotOffset } from './layer.as'
import { boundary, program } from './program.as'
import { fma, larger, ld, mul, splat, st, sumLanes } from './simd.as'
import { formulaScore } from './symbolic.as'
import { reduceEdge } from './adam.as'

const SMALLEST: f32 = 1e-30

// Joins the ranges of the slots and completes them for a batch. A range below 1e-12 counts as 1.
export function joinRanges(l: Layer, slots: i32, rows: i32): void {
  for (let i = 0; i < l.inputs; i++) {
    const range = l.ranges + <usize>i * RANGE_BYTES
    for (let s = 1; s < slots; s++) {
      const other = range + slotOffset(l, s)
      if (load<f32>(other) < load<f32>(range)) { store<f32>(range, load<f32>(other)); store<i32>(range, load<i32>(other, 8), 8) }
      if (load<f32>(other, 4) > load<f32>(range, 4)) { store<f32>(range, load<f32>(other, 4), 4); store<i32>(range, load<i32>(other, 12), 12) }
    }
    const width = load<f32>(range, 4) - load<f32>(range)
    store<f32>(range, <f32>(1 / (<f64>rows * (width >= 1e-12 ? <f64>width : 1))), 20)
  }
}

// Joins the slots' sums of a block of edges. The sum of |phi| of an edge is there (narrow.as.ts), or is that of its weights
// times sums of sign(phi) x basis values (forward.as.ts). Leaves L and the sum of l ln l of the block in `partials`.
export function score(block: i32): void {
  const l = layerOf(block), first = firstEdge(block), end = endEdge(l, first), row = rowBytes(l), rows = l.size + 1
  let total: f64 = 0, logs: f64 = 0
  for (let e = first; e < end; e++) {
    const at = <usize>(e * rows) * row, inverse = v128.load32_splat(l.ranges + <usize>(e % l.inputs) * RANGE_BYTES, 20)
    reduceEdge(l, at)
    for (let h: usize = 0; h < row; h += 16) {
      const sum = l.narrow ? ld(l.gradient + at + h) : product(l, at + h, row, rows)
      st(l.scores + <usize>e * row + h, sum)
      const scaled = mul(sum, inverse)
      const a = <f64>f32x4.extract_lane(scaled, 0), b = <f64>f32x4.extract_lane(scaled, 1)
      const c = <f64>f32x4.extract_lane(scaled, 2), d = <f64>f32x4.extract_lane(scaled, 3)
      total += a + b + (c + d)
      logs += timesLog(a) + timesLog(b) + timesLog(c) + timesLog(d)
    }
  }
  const partial = program.partials + (<usize>block << 4)
  store<f64>(partial, total)
  store<f64>(partial, logs, 8)
}

@inline function timesLog(v: f64): f64 { return v > 0 ? v * Math.log(v) : 0 }

// Weights times sums of sign(phi) x basis values, of four edges.
@inline function product(l: Layer, at: usize, row: usize, rows: i32): v128 {
  let w = l.effective + at, s = l.gradient + at, sum = mul(ld(w), ld(s))
  for (let r = 1; r < rows; r++) {
    w += row
    s += row
    sum = fma(ld(w), ld(s), sum)
  }
  return larger(sum, splat(0))
}

// The penalty of a layer, l1 * L + entropy * S, whose blocks begin at `block`. Leaves what `slope` needs.
export function total(layer: i32, block: i32, lambda: f64, l1: f64, entropy: f64): f64 {
  const l = boundary(layer).layer
  let total: f64 = 0, logs: f64 = 0
  for (let edge = 0; edge < l.tiles * l.inputs; edge += EDGES) {
    const partial = program.partials + (<usize>block << 4)
    total += load<f64>(partial)
    logs += load<f64>(partial, 8)
    block++
  }
  for (let k = 0; k < l.formulaCount; k++) {
    const score = formulaScore(l, k)
    total += score
    logs += timesLog(score)
  }
  const logTotal = total > 0 ? Math.log(total) : 0, disorder = total > 0 ? logTotal - logs / total : 0
  const share = total > 0 ? lambda * entropy / total : 0
  l.flat = <f32>(lambda * l1)
  l.perLog = <f32>-share
  l.still = <f32>(total > 0 ? total * Math.exp(-disorder) : 1)
  return l1 * total + entropy * disorder
}

// Turns a block's sums into their part of the gradient: times lambda * d penalty / d |phi|, which stays in `scoreSlopes`.
// An edge of size 0 takes none: its |phi| has slope 0 there.
export function slope(block: i32): void {
  const l = layerOf(block), first = firstEdge(block), end = endEdge(l, first), row = rowBytes(l), rows = l.size + 1
  const flat = splat(l.flat), perLog = splat(l.perLog), still = splat(l.still)
  for (let e = first; e < end; e++) {
    const inverse = v128.load32_splat(l.ranges + <usize>(e % l.inputs) * RANGE_BYTES, 20)
    for (let h: usize = 0; h < row; h += 16) {
      const score = mul(ld(l.scores + <usize>e * row + h), inverse)
      const each = fma(log(larger(f32x4.div(score, still), splat(SMALLEST))), perLog, flat)
      const slope = v128.and(mul(each, inverse), f32x4.gt(score, splat(0)))
      st(l.scoreSlopes + <usize>e * row + h, slope)
      let s = l.gradient + <usize>(e * rows) * row + h
      if (l.narrow) st(s, splat(0))
      else for (let r = 0; r < rows; r++, s += row) st(s, mul(slope, ld(s)))
    }
  }
}

// Derivatives of the penalty by the inputs' ranges; 0 for a range that counts as 1.
export function rangeSlopes(l: Layer): void {
  const row = rowBytes(l)
  for (let i = 0; i < l.inputs; i++) {
    const range = l.ranges + <usize>i * RANGE_BYTES, width = load<f32>(range, 4) - load<f32>(range)
    let flow: f64 = 0
    for (let t = 0; t < l.tiles; t++) {
      const at = <usize>(t * l.inputs + i) * row
      for (let h: usize = 0; h < row; h += 16) flow += <f64>sumLanes(mul(ld(l.scoreSlopes + at + h), ld(l.scores + at + h)))
    }
    store<f32>(range, width >= 1e-12 ? <f32>(flow / width) : 0, 16)
  }
}
