// The way forward through one layer, for one chunk of samples.
import { basis, firstSlot, isHeld, recordArea, runsAt, totalsAt } from './basis.as'
import { extendRanges, tilesToColumns } from './columns.as'
import { addCubicSigns, isCubic, sumRuns } from './cubic.as'
import { isDense, isDenseTile, multiply } from './dense.as'
import { CHUNK, edgeOffset, isAlive, isInputAlive, Layer, roundUp4, rowBytes, scratch, slotOffset } from './layer.as'
import { narrowForward } from './narrow.as'
import { narrowDenseForward } from './narrow-dense.as'
import { addPhi, addWeightGradients } from './products.as'
import { addSigned, sortSamples, sortsSamples } from './signs.as'
import { add, ld, sign, st } from './simd.as'

// What is summed of phi on the way forward: nothing, or sign(phi) x basis values, into the slot's gradient. Those sums
// are the derivatives of the sum of |phi| by the weights; times the weights they are that sum itself. (Narrow layers sum
// |phi| itself.)
export const NOTHING: i32 = 0, SIGNS: i32 = 1

// x: [input][row], output: [output][row], strides in bytes; `n` rows, the first of them being row `firstRow` of the batch.
// withSlopes: whether the way back follows at once, so that slopes are worth keeping.
export function forward(l: Layer, x: usize, xStride: usize, n: i32, output: usize, outputStride: usize,
  withSlopes: bool, scoring: i32, slot: i32, firstRow: i32): void {
  const gradient = l.gradient + slotOffset(l, slot)
  if (scoring != NOTHING) extendRanges(l, l.ranges + slotOffset(l, slot), x, xStride, n, firstRow)
  if (l.narrow == 2) {
    narrowDenseForward(l, x, xStride, n, output, outputStride, scoring == SIGNS ? gradient : 0)
    return
  }
  if (l.narrow) {
    narrowForward(l, x, xStride, n, output, outputStride, scoring == SIGNS ? gradient : 0,
      withSlopes && scoring == NOTHING && l.columns != 0)
    return
  }
  fillBias(l, n)
  const sorts = scoring != NOTHING && sortsSamples(l)
  for (let from = 0; from < l.inputs; from += l.block) {
    const to = min(from + l.block, l.inputs), first = firstSlot(l, from)
    for (let i = from; i < to && !isHeld(l); i++) {
      if (isInputAlive(l, i)) basis(l, i, x + <usize>i * xStride, n, i - first, withSlopes && l.keeps != 0)
    }
    if (scoring != NOTHING && isCubic(l)) {
      for (let i = from; i < to; i++) {
        if (isInputAlive(l, i)) sumRuns(l.records + recordArea(l, i - first), runsAt(l, i - first), totalsAt(l, i - first))
      }
    }
    if (sorts) {
      for (let i = from; i < to; i++) {
        if (isInputAlive(l, i)) sortSamples(l, i - from, l.records + recordArea(l, i - first), x + <usize>i * xStride, n)
      }
    }
    const dense = scoring == NOTHING && isDense(l, from, to)
    if (dense) fillRowStrips(l, from, to, first, n)
    for (let t = 0; t < l.tiles; t++) {
      const y = scratch.output + <usize>(t * CHUNK) * rowBytes(l)
      if (dense && isDenseTile(l, t, from, to)) {
        multiply(scratch.strips, n, (to - from) * (l.size + 1), l.effective + edgeOffset(l, t, from), y)
        continue
      }
      for (let i = from; i < to; i++) {
        if (!isAlive(l, t, i)) continue
        const slot = i - first, records = l.records + recordArea(l, slot), runs = runsAt(l, slot), edge = edgeOffset(l, t, i)
        if (scoring == NOTHING) addPhi(l, l.effective + edge, records, runs, y)
        else if (isCubic(l)) addCubicSigns(l, l.effective + edge, gradient + edge, records, runs, totalsAt(l, slot), y)
        else if (sorts) addSigned(l, i - from, l.effective + edge, gradient + edge, n, y)
        else {
          phiOf(l, l.effective + edge, records, runs, n)
          addAndSign(y, n, rowBytes(l))
          addWeightGradients(l, gradient + edge, records, runs, scratch.phi)
        }
      }
    }
  }
  tilesToColumns(l, scratch.output, output, outputStride, n)
}

// Makes the records that `backward` expects of a layer that keeps them, where `forward` was longer ago.
export function basisOnly(l: Layer, x: usize, xStride: usize, n: i32, withSlopes: bool): void {
  if (!l.keeps || l.narrow || isHeld(l)) return
  for (let i = 0; i < l.inputs; i++) if (isInputAlive(l, i)) basis(l, i, x + <usize>i * xStride, n, i, withSlopes)
}

function fillBias(l: Layer, n: i32): void {
  const row = rowBytes(l)
  for (let t = 0; t < l.tiles; t++) {
    const bias = l.bias + <usize>t * row
    let y = scratch.output + <usize>(t * CHUNK) * row
    for (const end = y + <usize>roundUp4(n) * row; y < end; y += row) {
      for (let h: usize = 0; h < row; h += 16) st(y + h, ld(bias + h))
    }
  }
}

// The values of the inputs of a block as the product takes them (dense.as.ts): [row][base and functions of all inputs].
function fillRowStrips(l: Layer, from: i32, to: i32, first: i32, n: i32): void {
  const rows = <usize>(l.size + 1) * 24, strip = <usize>(to - from) * rows
  let at = scratch.strips
  for (let i = from; i < to; i++, at += rows) {
    clearIfPruned(l, i, i - first, n)
    let record = l.records + recordArea(l, i - first) + 4, r: usize = 0, a = at
    for (let q = 0; q < n; q++, record += l.stride) {
      for (let k: usize = 0, v = record; k < rows; k += 24, v += 4) store<f32>(a + k + r, load<f32>(v))
      r += 4
      if (r == 24) { r = 0; a += strip }
    }
  }
}

// An input without edges has no records: zeros stand in for them where others' values lie around it.
export function clearIfPruned(l: Layer, input: i32, slot: i32, n: i32): void {
  if (!isInputAlive(l, input)) memory.fill(l.records + recordArea(l, slot), 0, <usize>(n * l.stride))
}

// phi of one edge tile on its own, in the order of the samples: scratch.phi.
export function phiOf(l: Layer, tile: usize, records: usize, runs: usize, n: i32): void {
  memory.fill(scratch.phi, 0, <usize>n * rowBytes(l))
  addPhi(l, tile, records, runs, scratch.phi)
}

// Adds phi to the outputs, and leaves its signs in its place.
function addAndSign(y: usize, n: i32, row: usize): void {
  const phi = scratch.phi
  for (let q: usize = 0, end = <usize>n * row; q < end; q += 16) {
    const v = ld(phi + q)
    st(y + q, add(ld(y + q), v))
    st(phi + q, sign(v))
  }
}
