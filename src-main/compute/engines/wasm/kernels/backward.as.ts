// The way back through one layer, for one chunk of samples.
import { basis, firstSlot, recordArea, runsAt } from './basis.as'
import { flowToTile } from './columns.as'
import { isDense, isDenseTile, multiply, STRIP } from './dense.as'
import { clearIfPruned, phiOf } from './forward.as'
import { addRangeFlow, CHUNK, edgeOffset, isAlive, isInputAlive, Layer, RANGE_BYTES, rowBytes, scratch, slotOffset } from './layer.as'
import { narrowBackward } from './narrow.as'
import { narrowDenseBackward } from './narrow-dense.as'
import { addInputFlow, addWeightGradients } from './products.as'
import { add, fma, ld, sign, splat, st, sumLanes } from './simd.as'

// Adds to the slot's gradients. scratch.flow holds the derivatives by the outputs; with `passOn` it holds those by the
// inputs afterwards. slopes: the loss also depends on the sums of |phi| by `scoreSlopes` and on the inputs' ranges; the
// weights' part of it is in the gradients already. kept: whether nothing went forward since `forward` on these samples.
export function backward(l: Layer, x: usize, xStride: usize, n: i32, passOn: bool, slopes: bool, slot: i32, firstRow: i32,
  kept: bool): void {
  if (l.narrow == 2) {
    narrowDenseBackward(l, x, xStride, n, passOn, slopes, slot, firstRow, kept)
    return
  }
  if (l.narrow) {
    narrowBackward(l, x, xStride, n, passOn, slopes, slot, firstRow, kept)
    return
  }
  const row = rowBytes(l), gradient = l.gradient + slotOffset(l, slot)
  for (let from = 0; from < l.inputs; from += l.block) {
    const to = min(from + l.block, l.inputs), first = firstSlot(l, from)
    if (!l.keeps) for (let i = from; i < to; i++) if (isInputAlive(l, i)) basis(l, i, x + <usize>i * xStride, n, i - first, passOn)
    // A tile's derivatives stay in the first cache while the records of all inputs stream by.
    const dense = isDense(l, from, to)
    if (dense) fillStrips(l, from, to, first, n)
    for (let t = 0; t < l.tiles; t++) {
      const flow = scratch.outputFlow + <usize>(t * CHUNK) * row
      if (from == 0) {
        flowToTile(l, t, n)
        if (l.hasBias) addBiasGradient(l, t, n, slot)
      }
      if (dense && isDenseTile(l, t, from, to)) {
        multiply(scratch.strips, (to - from) * (l.size + 1), n, flow, gradient + edgeOffset(l, t, from))
        continue
      }
      for (let i = from; i < to; i++) {
        if (!isAlive(l, t, i)) continue
        addWeightGradients(l, gradient + edgeOffset(l, t, i), l.records + recordArea(l, i - first), runsAt(l, i - first), flow)
      }
    }
    if (!passOn) continue
    // Here an input's slopes stay, and its sums, while the derivatives stream by.
    for (let i = from; i < to; i++) {
      if (!isInputAlive(l, i)) {
        memory.fill(scratch.flow + (<usize>(i * CHUNK) << 2), 0, <usize>CHUNK << 2)
        continue
      }
      const records = l.records + recordArea(l, i - first), along = l.slopes + recordArea(l, i - first), runs = runsAt(l, i - first)
      memory.fill(scratch.inputFlow, 0, <usize>n << 4)
      for (let t = 0; t < l.tiles; t++) {
        if (!isAlive(l, t, i)) continue
        const offset = edgeOffset(l, t, i)
        let flow = scratch.outputFlow + <usize>(t * CHUNK) * row
        if (slopes) {
          phiOf(l, l.effective + offset, records, runs, n)
          addScoreFlow(scratch.phi, flow, n, row, l.scoreSlopes + <usize>(t * l.inputs + i) * row)
          flow = scratch.phi
        }
        addInputFlow(l, l.effective + offset, along, runs, flow)
      }
      const column = scratch.flow + (<usize>(i * CHUNK) << 2)
      finishInputFlow(l, along, n, column)
      if (slopes) addRangeFlow(l.ranges + <usize>i * RANGE_BYTES, column, firstRow, n)
    }
  }
}

// The values of the inputs of a block as that product takes them (dense.as.ts): [base and functions of all inputs][row].
function fillStrips(l: Layer, from: i32, to: i32, first: i32, n: i32): void {
  const stride = <usize>l.stride, strip = <usize>n * (<usize>STRIP << 2)
  let column = 0
  for (let i = from; i < to; i++) {
    clearIfPruned(l, i, i - first, n)
    const records = l.records + recordArea(l, i - first) + 4
    for (let m = 0; m <= l.size; m++, column++) {
      let value = records + (<usize>m << 2), at = scratch.strips + <usize>(column / STRIP) * strip + (<usize>(column % STRIP) << 2)
      for (let q = 0; q < n; q++, value += stride, at += <usize>STRIP << 2) store<f32>(at, load<f32>(value))
    }
  }
}

function addBiasGradient(l: Layer, tile: i32, n: i32, slot: i32): void {
  const row = rowBytes(l), flow = scratch.outputFlow + <usize>(tile * CHUNK) * row
  const gradient = l.biasGradient + slotOffset(l, slot) + <usize>tile * row
  for (let h: usize = 0; h < row; h += 16) {
    let sum = splat(0)
    for (let q = h, end = <usize>n * row; q < end; q += row) sum = add(sum, ld(flow + q))
    st(gradient + h, add(ld(gradient + h), sum))
  }
}

// Turns phi in place into the derivative by it: what flows from the outputs, and slope * sign(phi).
@inline function addScoreFlow(phi: usize, flow: usize, n: i32, row: usize, slopes: usize): void {
  for (let h: usize = 0; h < row; h += 16) {
    const slope = ld(slopes + h)
    for (let q = h, end = <usize>n * row; q < end; q += row) st(phi + q, fma(slope, sign(ld(phi + q)), ld(flow + q)))
  }
}

// From the order of the records back to the order of the samples.
function finishInputFlow(l: Layer, slopes: usize, n: i32, column: usize): void {
  const shift = l.lanes == 8 ? 3 : 2
  for (let q = 0; q < n; q++) {
    store<f32>(column + <usize>(load<u32>(slopes + <usize>(q * l.stride)) >> shift), sumLanes(ld(scratch.inputFlow + (<usize>q << 4))))
  }
}
