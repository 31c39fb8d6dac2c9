// Splines of order 1 to 3 into one or two outputs. Outputs side by side would leave most lanes empty: here four samples lie
// side by side instead, and each takes the polynomial of its interval. No sorting, no records; all is made again on the way
// back, which costs less than keeping it.
import { base } from './base.as'
import { addRangeFlow, CHUNK, edgeOffset, isInputAlive, Layer, RANGE_BYTES, roundUp4, rowBytes, scratch, slotOffset, VALUE_COLUMN } from './layer.as'
import { locate } from './locate.as'
import { add, fma, ld, lowHalves, highHalves, lowPairs, highPairs, mul, sign, splat, st, sumLanes } from './simd.as'

@inline function entries(l: Layer): usize { return <usize>(l.intervals + 1) }
// Floats of an interval's entry in `table`, and where the powers begin: see basis.as.ts.
@inline function tableEntry(l: Layer): usize { return <usize>(16 + ((l.order + 1) << 4)) }
// Bytes to an edge's first row in `effective` and `gradient`.
@inline export function edgeAt(l: Layer, input: i32, output: i32): usize {
  return edgeOffset(l, output / l.lanes, input) + (<usize>(output % l.lanes) << 2)
}
@inline function polynomialsAt(l: Layer, input: i32, output: i32): usize {
  return l.polynomials + ((<usize>(output * l.inputs + input) * entries(l)) << 4)
}

@inline export function scoreSlopeAt(l: Layer, input: i32, output: i32): usize {
  return l.scoreSlopes + <usize>((output / l.lanes) * l.inputs + input) * rowBytes(l) + (<usize>(output % l.lanes) << 2)
}

// The polynomials of all edges, after the effective weights have changed.
export function polynomials(l: Layer): void {
  const row = rowBytes(l), order = l.order, bytes = tableEntry(l), weights = scratch.phi
  memory.fill(weights, 0, <usize>(l.size + order + 4) << 2)
  for (let i = 0; i < l.inputs; i++) {
    for (let j = 0; j < l.outputs; j++) {
      const e = l.effective + edgeAt(l, i, j) + row
      for (let m = 0; m < l.size; m++) store<f32>(weights + (<usize>(m + order) << 2), load<f32>(e + <usize>m * row))
      let p = polynomialsAt(l, i, j), t = l.table + <usize>i * entries(l) * bytes + 16, w = weights
      for (let g = 0; g < l.intervals; g++) {
        const w4 = ld(w), none = splat(0)
        const a = mul(w4, ld(t)), b = mul(w4, v128.load(t, 16))
        const c = order > 1 ? mul(w4, v128.load(t, 32)) : none, d = order > 2 ? mul(w4, v128.load(t, 48)) : none
        const s = add(lowHalves(a, b), highHalves(a, b)), u = add(lowHalves(c, d), highHalves(c, d))
        st(p, add(lowPairs(s, u), highPairs(s, u)))
        p += 16
        t += bytes
        w += 4
      }
      st(p, splat(0))
    }
  }
}

// Outputs begin at the biases; end: bytes of a column to fill.
export function biasColumns(l: Layer, output: usize, outputStride: usize, end: usize): void {
  for (let j = 0; j < l.outputs; j++) {
    const y = output + <usize>j * outputStride, bias = v128.load32_splat(l.bias + (<usize>j << 2))
    for (let q: usize = 0; q < end; q += 16) st(y + q, bias)
  }
}

// x and output as in forward.as.ts. With a gradient, adds the sum of |phi| of each edge to
// its first row: what that means for the weights is left to the way back, which computes phi anyway.
// keeps: whether the way back follows at once, so that base values and slopes are worth keeping.
export function narrowForward(l: Layer, x: usize, xStride: usize, n: i32, output: usize, outputStride: usize, gradient: usize,
  keeps: bool): void {
  const end = <usize>roundUp4(n) << 2, entry = scratch.interval, local = scratch.local, values = scratch.base
  const slope = scratch.baseSlope, perLength = scratch.perLength
  biasColumns(l, output, outputStride, end)
  for (let i = 0; i < l.inputs; i++) {
    if (!isInputAlive(l, i)) continue
    const column = x + <usize>i * xStride
    base(l.base, column, n, keeps)
    locate(l, i, column, n)
    if (keeps) memory.copy(keptBase(l, i), scratch.base, end)
    for (let j = 0; j < l.outputs; j++) {
      const y = output + <usize>j * outputStride, p = polynomialsAt(l, i, j)
      const scaler = v128.load32_splat(l.effective + edgeAt(l, i, j))
      if (gradient == 0 && keeps) {
        const slopes = keptSlopes(l, i, j)
        for (let q: usize = 0; q < end; q += 16) {
          const u = ld(local + q)
          const a = ld(p + load<u32>(entry + q)), b = ld(p + load<u32>(entry + q, 4)), c = ld(p + load<u32>(entry + q, 8)), d = ld(p + load<u32>(entry + q, 12))
          const ab = lowHalves(a, b), cd = lowHalves(c, d), ef = highHalves(a, b), gh = highHalves(c, d)
          const p1 = highPairs(ab, cd), p2 = lowPairs(ef, gh), p3 = highPairs(ef, gh)
          const phi = fma(fma(fma(p3, u, p2), u, p1), u, lowPairs(ab, cd))
          st(y + q, add(ld(y + q), fma(scaler, ld(values + q), phi)))
          const along = mul(fma(fma(mul(p3, splat(3)), u, add(p2, p2)), u, p1), ld(perLength + q))
          st(slopes + q, fma(scaler, ld(slope + q), along))
        }
      } else if (gradient == 0) {
        for (let q: usize = 0; q < end; q += 16) {
          const u = ld(local + q)
          const a = ld(p + load<u32>(entry + q)), b = ld(p + load<u32>(entry + q, 4)), c = ld(p + load<u32>(entry + q, 8)), d = ld(p + load<u32>(entry + q, 12))
          const ab = lowHalves(a, b), cd = lowHalves(c, d), ef = highHalves(a, b), gh = highHalves(c, d)
          let phi = fma(fma(highPairs(ef, gh), u, lowPairs(ef, gh)), u, highPairs(ab, cd))
          phi = fma(phi, u, lowPairs(ab, cd))
          st(y + q, add(ld(y + q), fma(scaler, ld(values + q), phi)))
        }
      } else {
        let sum = splat(0)
        for (let q: usize = 0; q < end; q += 16) {
          const u = ld(local + q), v = ld(values + q)
          const a = ld(p + load<u32>(entry + q)), b = ld(p + load<u32>(entry + q, 4)), c = ld(p + load<u32>(entry + q, 8)), d = ld(p + load<u32>(entry + q, 12))
          const ab = lowHalves(a, b), cd = lowHalves(c, d), ef = highHalves(a, b), gh = highHalves(c, d)
          let phi = fma(fma(highPairs(ef, gh), u, lowPairs(ef, gh)), u, highPairs(ab, cd))
          phi = fma(scaler, v, fma(phi, u, lowPairs(ab, cd)))
          st(y + q, add(ld(y + q), phi))
          sum = add(sum, f32x4.abs(v128.and(phi, within(q, n))))
        }
        const total = gradient + edgeAt(l, i, j)
        store<f32>(total, load<f32>(total) + sumLanes(sum))
      }
    }
  }
}

// Copies the derivatives by the outputs from scratch.flow to scratch.outputFlow, zeros beyond the rows, and adds them up
// for the biases.
export function biasFlow(l: Layer, n: i32, slot: i32): void {
  const end = <usize>roundUp4(n) << 2, flows = scratch.outputFlow
  for (let j = 0; j < l.outputs; j++) {
    let sum = splat(0)
    const from = scratch.flow + (<usize>(j * CHUNK) << 2), to = flows + (<usize>(j * CHUNK) << 2)
    for (let q: usize = 0; q < end; q += 16) {
      const d = v128.and(ld(from + q), within(q, n))
      st(to + q, d)
      sum = add(sum, d)
    }
    if (l.hasBias) {
      const bias = l.biasGradient + slotOffset(l, slot) + (<usize>j << 2)
      store<f32>(bias, load<f32>(bias) + sumLanes(sum))
    }
  }
}

// What stays of a chunk: the base values of each input, and the slopes of its edges.
@inline function keptBase(l: Layer, input: i32): usize {
  return l.columns + <usize>(input * (l.outputs + 1)) * VALUE_COLUMN + scratch.own
}
@inline function keptSlopes(l: Layer, input: i32, output: i32): usize { return keptBase(l, input) + <usize>(output + 1) * VALUE_COLUMN }

// scratch.flow holds the derivatives by the outputs, and afterwards those by the inputs, if they are passed on.
// slopes: whether the loss also depends on |phi| by `scoreSlopes`, and on the ranges.
export function narrowBackward(l: Layer, x: usize, xStride: usize, n: i32, passOn: bool, slopes: bool, slot: i32, firstRow: i32,
  kept: bool): void {
  const end = <usize>roundUp4(n) << 2, gradient = l.gradient + slotOffset(l, slot), flows = scratch.outputFlow
  const entry = scratch.interval, local = scratch.local, perLength = scratch.perLength, ofBase = scratch.base, ofBaseSlope = scratch.baseSlope
  const moments = scratch.moments, lane = entries(l) << 4
  const isKept = kept && passOn && !slopes && l.columns != 0
  biasFlow(l, n, slot)
  for (let i = 0; i < l.inputs; i++) {
    const column = x + <usize>i * xStride, dx = scratch.flow + (<usize>(i * CHUNK) << 2)
    if (!isInputAlive(l, i)) {
      if (passOn) memory.fill(dx, 0, <usize>CHUNK << 2)
      continue
    }
    if (!isKept) base(l.base, column, n, passOn)
    locate(l, i, column, n)
    for (let j = 0; j < l.outputs; j++) {
      const p = polynomialsAt(l, i, j), dy = flows + (<usize>(j * CHUNK) << 2), edge = edgeAt(l, i, j)
      const scaler = v128.load32_splat(l.effective + edge)
      clearMoments(l)
      let sum = splat(0)
      if (isKept) {
        const values = keptBase(l, i), along = keptSlopes(l, i, j)
        for (let q: usize = 0; q < end; q += 16) {
          const d = ld(dy + q), slope = ld(along + q)
          st(dx + q, j == 0 ? mul(slope, d) : fma(slope, d, ld(dx + q)))
          addMoments(moments, lane, entry + q, ld(local + q), d)
          sum = fma(d, ld(values + q), sum)
        }
      } else if (!passOn && !slopes) {
        for (let q: usize = 0; q < end; q += 16) {
          const d = ld(dy + q)
          addMoments(moments, lane, entry + q, ld(local + q), d)
          sum = fma(d, ld(ofBase + q), sum)
        }
      } else {
        const more = slopes ? v128.load32_splat(scoreSlopeAt(l, i, j)) : splat(0)
        for (let q: usize = 0; q < end; q += 16) {
          const u = ld(local + q), v = ld(ofBase + q)
          const a = ld(p + load<u32>(entry + q)), b = ld(p + load<u32>(entry + q, 4)), c = ld(p + load<u32>(entry + q, 8)), e = ld(p + load<u32>(entry + q, 12))
          const ab = lowHalves(a, b), ce = lowHalves(c, e), cd = highHalves(a, b), gh = highHalves(c, e)
          const p1 = highPairs(ab, ce), p2 = lowPairs(cd, gh), p3 = highPairs(cd, gh)
          let d = ld(dy + q)
          if (slopes) {
            const phi = fma(scaler, v, fma(fma(fma(p3, u, p2), u, p1), u, lowPairs(ab, ce)))
            d = fma(more, v128.and(sign(phi), within(q, n)), d)
          }
          if (passOn) {
            const along = mul(fma(fma(mul(p3, splat(3)), u, add(p2, p2)), u, p1), ld(perLength + q))
            const slope = fma(scaler, ld(ofBaseSlope + q), along)
            st(dx + q, j == 0 ? mul(slope, d) : fma(slope, d, ld(dx + q)))
          }
          addMoments(moments, lane, entry + q, u, d)
          sum = fma(d, v, sum)
        }
      }
      foldMoments(l, i, gradient + edge, sumLanes(sum))
    }
    if (passOn && slopes) addRangeFlow(l.ranges + <usize>i * RANGE_BYTES, dx, firstRow, n)
  }
}

@inline export function within(q: usize, n: i32): v128 {
  return i32x4.lt_s(i32x4.add(i32x4.splat(<i32>(q >> 2)), i32x4(0, 1, 2, 3)), i32x4.splat(n))
}

@inline function clearMoments(l: Layer): void { memory.fill(scratch.moments, 0, entries(l) << 6) }

// Adds d, d u, d u^2, d u^3 of four samples to their intervals, whose entries `entry` names. Each lane has sums of its own: samples of one interval do
// not wait for one another.
@inline function addMoments(at: usize, lane: usize, entry: usize, u: v128, d: v128): void {
  const d1 = mul(d, u), d2 = mul(d1, u), d3 = mul(d2, u)
  const ab = lowHalves(d, d1), cd = lowHalves(d2, d3), ef = highHalves(d, d1), gh = highHalves(d2, d3)
  const m0 = at + load<u32>(entry), m1 = at + lane + load<u32>(entry, 4)
  const m2 = at + 2 * lane + load<u32>(entry, 8), m3 = at + 3 * lane + load<u32>(entry, 12)
  st(m0, add(ld(m0), lowPairs(ab, cd)))
  st(m1, add(ld(m1), highPairs(ab, cd)))
  st(m2, add(ld(m2), lowPairs(ef, gh)))
  st(m3, add(ld(m3), highPairs(ef, gh)))
}

// Adds what the moments mean for the weights to an edge's gradient.
function foldMoments(l: Layer, input: i32, gradient: usize, ofBase: f32): void {
  const bytes = tableEntry(l), lane = entries(l) << 4, order = l.order, sums = scratch.phi
  memory.fill(sums, 0, <usize>(l.intervals + 4) << 2)
  let m = scratch.moments, t = l.table + <usize>input * entries(l) * bytes + 16, to = sums
  for (let g = 0; g < l.intervals; g++) {
    const s = add(add(ld(m), ld(m + lane)), add(ld(m + 2 * lane), ld(m + 3 * lane)))
    let part = fma(v128.shuffle<f32>(s, s, 1, 1, 1, 1), v128.load(t, 16), mul(v128.shuffle<f32>(s, s, 0, 0, 0, 0), ld(t)))
    if (order > 1) part = fma(v128.shuffle<f32>(s, s, 2, 2, 2, 2), v128.load(t, 32), part)
    if (order > 2) part = fma(v128.shuffle<f32>(s, s, 3, 3, 3, 3), v128.load(t, 48), part)
    st(to, add(ld(to), part))
    m += 16
    t += bytes
    to += 4
  }
  const row = rowBytes(l)
  store<f32>(gradient, load<f32>(gradient) + ofBase)
  for (let k = 0; k < l.size; k++) {
    const at = gradient + <usize>(k + 1) * row
    store<f32>(at, load<f32>(at) + load<f32>(sums + (<usize>(k + order) << 2)))
  }
}
