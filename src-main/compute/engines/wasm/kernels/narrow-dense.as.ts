// RBF and Chebyshev polynomials into one or two outputs: four samples lie side by side, as in narrow.as.ts, and all basis
// functions of an input are columns over the samples, made again on the way back but for some Gaussians.
import { base } from './base.as'
import { basisColumns, gaussianFactors, gaussianSlopes } from './basis.as'
import {
  addRangeFlow, CHUNK, GAUSSIAN, isInputAlive, Layer, RANGE_BYTES, RBF, roundUp4, rowBytes, scratch, slotOffset, VALUE_COLUMN,
} from './layer.as'
import { biasColumns, biasFlow, edgeAt, scoreSlopeAt, within } from './narrow.as'
import { add, fma, ld, mul, sign, splat, st, sumLanes } from './simd.as'

const COLUMN: usize = <usize>CHUNK << 2

// As narrowForward.
export function narrowDenseForward(l: Layer, x: usize, xStride: usize, n: i32, output: usize, outputStride: usize, gradient: usize): void {
  const end = <usize>roundUp4(n) << 2
  biasColumns(l, output, outputStride, end)
  for (let i = 0; i < l.inputs; i++) {
    if (!isInputAlive(l, i)) continue
    const column = x + <usize>i * xStride
    base(l.base, column, n, false)
    const values = valuesOf(l, i)
    basisColumns(l, i, column, n, values, 0)
    for (let j = 0; j < l.outputs; j++) {
      const y = output + <usize>j * outputStride, edge = edgeAt(l, i, j)
      let sum = splat(0)
      for (let q: usize = 0; q < end; q += 16) {
        const phi = productAt(l, edge, scratch.base + q, values + q)
        st(y + q, add(ld(y + q), phi))
        if (gradient != 0) sum = add(sum, f32x4.abs(v128.and(phi, within(q, n))))
      }
      if (gradient != 0) store<f32>(gradient + edge, load<f32>(gradient + edge) + sumLanes(sum))
    }
  }
}

// As narrowBackward. kept: whether nothing went forward since `narrowDenseForward` on these samples.
export function narrowDenseBackward(l: Layer, x: usize, xStride: usize, n: i32, passOn: bool, slopes: bool, slot: i32, firstRow: i32, kept: bool): void {
  const end = <usize>roundUp4(n) << 2, gradient = l.gradient + slotOffset(l, slot), row = rowBytes(l)
  const gaussian = l.kind == RBF && l.kernel == GAUSSIAN
  biasFlow(l, n, slot)
  for (let i = 0; i < l.inputs; i++) {
    const column = x + <usize>i * xStride, dx = scratch.flow + <usize>i * COLUMN
    if (!isInputAlive(l, i)) {
      if (passOn) memory.fill(dx, 0, <usize>CHUNK << 2)
      continue
    }
    base(l.base, column, n, passOn)
    const values = valuesOf(l, i)
    if (!kept || l.columns == 0) basisColumns(l, i, column, n, values, passOn && !gaussian ? scratch.valueSlopes : 0)
    for (let j = 0; j < l.outputs; j++) {
      const dy = scratch.outputFlow + <usize>j * COLUMN, edge = edgeAt(l, i, j)
      let flow = dy
      if (slopes) {
        const more = v128.load32_splat(scoreSlopeAt(l, i, j))
        flow = scratch.phi
        for (let q: usize = 0; q < end; q += 16) {
          st(flow + q, fma(more, v128.and(sign(productAt(l, edge, scratch.base + q, values + q)), within(q, n)), ld(dy + q)))
        }
      }
      let at = gradient + edge
      addDot(at, flow, scratch.base, end)
      for (let value = values, last = values + <usize>l.size * VALUE_COLUMN; value < last; value += VALUE_COLUMN) {
        at += row
        addDot(at, flow, value, end)
      }
      if (!passOn) continue
      if (gaussian) {
        const weight = v128.load32_splat(l.effective + edge), factors = scratch.valueSlopes
        gaussianFactors(l, i, l.effective + edge + row, row, factors)
        for (let q: usize = 0; q < end; q += 16) {
          const slope = gaussianSlopes(l, i, ld(column + q), values + q, factors, mul(weight, ld(scratch.baseSlope + q)))
          flowBack(dx + q, j, slope, ld(flow + q))
        }
      } else {
        for (let q: usize = 0; q < end; q += 16) {
          flowBack(dx + q, j, productAt(l, edge, scratch.baseSlope + q, scratch.valueSlopes + q), ld(flow + q))
        }
      }
    }
    if (passOn && slopes) addRangeFlow(l.ranges + <usize>i * RANGE_BYTES, dx, firstRow, n)
  }
}

@inline function flowBack(dx: usize, output: i32, slope: v128, flow: v128): void {
  const part = mul(slope, flow)
  st(dx, output == 0 ? part : add(ld(dx), part))
}

// Where the columns of an input are: the Gaussians of a layer that is not too large stay there until the way back.
@inline function valuesOf(l: Layer, input: i32): usize {
  return l.columns == 0 ? scratch.values : l.columns + scratch.own + <usize>(input * l.size) * VALUE_COLUMN
}

// An edge's weights times values, or slopes, at four samples.
@inline function productAt(l: Layer, edge: usize, first: usize, columns: usize): v128 {
  const row = rowBytes(l)
  let w = l.effective + edge, sum = mul(v128.load32_splat(w), ld(first))
  for (let at = columns, last = columns + <usize>l.size * VALUE_COLUMN; at < last; at += VALUE_COLUMN) {
    w += row
    sum = fma(v128.load32_splat(w), ld(at), sum)
  }
  return sum
}

// Two sums, so that one addition does not wait for the other.
@inline function addDot(at: usize, a: usize, b: usize, end: usize): void {
  let even = splat(0), odd = splat(0), q: usize = 0
  for (; q + 16 < end; q += 32) {
    even = fma(ld(a + q), ld(b + q), even)
    odd = fma(v128.load(a + q, 16), v128.load(b + q, 16), odd)
  }
  if (q < end) even = fma(ld(a + q), ld(b + q), even)
  store<f32>(at, load<f32>(at) + sumLanes(add(even, odd)))
}
