// In which interval between the knots of an input does each sample lie, and where in it?
import { Layer, roundUp4, scratch } from './layer.as'
import { highPairs, ld, lowHalves, lowPairs, mul, splat, st, sub, truncate } from './simd.as'

// An interval of a sample, `intervals` outside all of them. Cells divide the knots' whole range evenly and name an interval
// near by: on a uniform grid the right one.
@inline export function intervalOf(v: f32, knots: usize, intervals: i32, from: f32, to: f32, cells: usize, lastCell: i32, perCell: f32): i32 {
  if (!(v >= from && v < to)) return intervals
  let g = load<i32>(cells + (<usize>min(<i32>((v - from) * perCell), lastCell) << 2))
  while (v < load<f32>(knots + (<usize>g << 2))) g--
  while (v >= load<f32>(knots + (<usize>g << 2), 4)) g++
  return g
}

// Leaves intervals, as bytes to entries of 16, places in them from 0 to 1, and 1 / lengths in the scratch memory. For orders above 0 only: between
// uniform knots a sample on a knot may fall to either side.
export function locate(l: Layer, input: i32, x: usize, n: i32): void {
  const intervals = l.intervals, end = <usize>roundUp4(n) << 2
  const entries = scratch.interval, local = scratch.local, perLength = scratch.perLength
  const step = l.steps + (<usize>input << 3), perStep = load<f32>(step, 4)
  if (perStep > 0) {
    const first = v128.load32_splat(step), scale = splat(perStep), last = splat(<f32>intervals)
    for (let q: usize = 0; q < end; q += 16) {
      const s = mul(sub(ld(x + q), first), scale), inside = v128.and(f32x4.ge(s, splat(0)), f32x4.lt(s, last)), whole = f32x4.floor(s)
      st(entries + q, i32x4.shl(truncate(v128.bitselect(whole, last, inside)), 4))
      st(local + q, v128.and(sub(s, whole), inside))
      st(perLength + q, scale)
    }
    return
  }
  const knots = l.grid + (<usize>(input * (intervals + 1)) << 2)
  if (intervals <= FEW_INTERVALS) return compareAll(l, input, x, end, knots)
  const from = load<f32>(knots), to = load<f32>(knots + (<usize>intervals << 2))
  const cells = l.cells + (<usize>(input * (l.cellCount + 1)) << 2), perCell = load<f32>(cells), lastCell = l.cellCount - 1
  const bytes = <usize>(16 + ((l.order + 1) << 4)), table = l.table + <usize>(input * (intervals + 1)) * bytes
  for (let q: usize = 0; q < end; q += 4) {
    const v = load<f32>(x + q), g = intervalOf(v, knots, intervals, from, to, cells + 4, lastCell, perCell)
    const entry = table + <usize>g * bytes, inverse = load<f32>(entry, 4)
    store<i32>(entries + q, g << 4)
    store<f32>(local + q, g == intervals ? 0 : (v - load<f32>(entry)) * inverse)
    store<f32>(perLength + q, inverse)
  }
}

// Comparing with so many knots, four samples at a time, costs less than looking one sample after the other up.
const FEW_INTERVALS: i32 = 24

function compareAll(l: Layer, input: i32, x: usize, end: usize, knots: usize): void {
  const intervals = l.intervals, outside = i32x4.splat(intervals), lastKnot = knots + (<usize>intervals << 2)
  const bytes = <usize>(16 + ((l.order + 1) << 4)), table = l.table + <usize>(input * (intervals + 1)) * bytes
  for (let q: usize = 0; q < end; q += 16) {
    const v = ld(x + q)
    let g = i32x4.splat(-1)
    for (let knot = knots; knot <= lastKnot; knot += 4) g = i32x4.sub(g, f32x4.ge(v, v128.load32_splat(knot)))
    const inside = v128.and(i32x4.ge_s(g, i32x4.splat(0)), i32x4.lt_s(g, outside))
    g = v128.bitselect(g, outside, inside)
    const a = entryOf(table, bytes, i32x4.extract_lane(g, 0)), b = entryOf(table, bytes, i32x4.extract_lane(g, 1))
    const c = entryOf(table, bytes, i32x4.extract_lane(g, 2)), d = entryOf(table, bytes, i32x4.extract_lane(g, 3))
    const ab = lowHalves(a, b), cd = lowHalves(c, d), inverse = highPairs(ab, cd)
    st(scratch.interval + q, i32x4.shl(g, 4))
    st(scratch.local + q, v128.and(mul(sub(v, lowPairs(ab, cd)), inverse), inside))
    st(scratch.perLength + q, inverse)
  }
}

// {start, 1 / length, 0, 0}
@inline function entryOf(table: usize, bytes: usize, interval: i32): v128 { return ld(table + <usize>interval * bytes) }
