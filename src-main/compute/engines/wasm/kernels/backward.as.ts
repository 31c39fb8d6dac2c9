// The way back through one layer, for one chunk of samples.
import { basis, recordArea } from './basis.as'
import { flowToTiles } from './columns.as'
import { phiOf } from './forward.as'
import { CHUNK, edgeOffset, Layer, RANGE_BYTES, rowBytes, scratch } from './layer.as'
import { addInputFlow, addWeightGradients } from './products.as'
import { add, ld, splat, st, sumLanes } from './simd.as'

// Adds to the layer's gradients. scratch.flow holds the derivatives by the outputs; with `passOn` it holds those by the
// inputs afterwards. withScores: the loss also depends on the sums of |phi| by `scoreSlopes` and on the inputs' ranges.
export function backward(l: Layer, x: usize, xStride: usize, n: i32, passOn: bool, withScores: bool, firstRow: i32): void {
  const row = rowBytes(l)
  flowToTiles(l, n)
  if (l.hasBias) for (let t = 0; t < l.tiles; t++) addBiasGradient(l, t, n)
  for (let i = 0; i < l.inputs; i++) {
    const slot = l.keeps ? i : 0
    if (!l.keeps) basis(l, i, x + <usize>i * xStride, n, 0, passOn)
    const records = l.records + recordArea(l, slot), slopes = l.slopes + recordArea(l, slot)
    const runs = l.runs + <usize>slot * l.runStride
    if (passOn) memory.fill(scratch.inputFlow, 0, <usize>n << 4)
    for (let t = 0; t < l.tiles; t++) {
      const offset = edgeOffset(l, t, i)
      let flow = scratch.outputFlow + <usize>(t * CHUNK) * row
      if (withScores) {
        phiOf(l, l.effective + offset, records, runs, n)
        addScoreFlow(scratch.phi, flow, n, row, l.scoreSlopes + <usize>(t * l.inputs + i) * row)
        flow = scratch.phi
      }
      addWeightGradients(l, l.gradient + offset, records, runs, flow)
      if (passOn) addInputFlow(l, l.effective + offset, slopes, runs, flow)
    }
    if (passOn) {
      const column = scratch.flow + (<usize>(i * CHUNK) << 2)
      finishInputFlow(l, slopes, n, column)
      if (withScores) addRangeFlow(l.ranges + <usize>i * RANGE_BYTES, column, firstRow, n)
    }
  }
}

function addBiasGradient(l: Layer, tile: i32, n: i32): void {
  const row = rowBytes(l), flow = scratch.outputFlow + <usize>(tile * CHUNK) * row, gradient = l.biasGradient + <usize>tile * row
  for (let h: usize = 0; h < row; h += 16) {
    let sum = splat(0)
    for (let q = h, end = <usize>n * row; q < end; q += row) sum = add(sum, ld(flow + q))
    st(gradient + h, add(ld(gradient + h), sum))
  }
}

// Turns phi in place into the derivative by it: what flows from the outputs, and slope * sign(phi), sign(0) = 0.
@inline function addScoreFlow(phi: usize, flow: usize, n: i32, row: usize, slopes: usize): void {
  for (let h: usize = 0; h < row; h += 16) {
    const up = ld(slopes + h), down = f32x4.neg(up), none = splat(0)
    for (let q = h, end = <usize>n * row; q < end; q += row) {
      const v = ld(phi + q)
      const slope = v128.or(v128.and(up, f32x4.gt(v, none)), v128.and(down, f32x4.lt(v, none)))
      st(phi + q, add(ld(flow + q), slope))
    }
  }
}

// From the order of the records back to the order of the samples.
function finishInputFlow(l: Layer, slopes: usize, n: i32, column: usize): void {
  const shift = l.lanes == 8 ? 3 : 2
  for (let q = 0; q < n; q++) {
    store<f32>(column + <usize>(load<u32>(slopes + <usize>(q * l.stride)) >> shift), sumLanes(ld(scratch.inputFlow + (<usize>q << 4))))
  }
}

function addRangeFlow(range: usize, column: usize, firstRow: i32, n: i32): void {
  const slope = load<f32>(range, 16), low = load<i32>(range, 8) - firstRow, high = load<i32>(range, 12) - firstRow
  if (<u32>low < <u32>n) store<f32>(column + (<usize>low << 2), load<f32>(column + (<usize>low << 2)) + slope)
  if (<u32>high < <u32>n) store<f32>(column + (<usize>high << 2), load<f32>(column + (<usize>high << 2)) - slope)
}
