// The way forward through one layer, for one chunk of samples.
import { basis, recordArea } from './basis.as'
import { extendRanges, tilesToColumns } from './columns.as'
import { CHUNK, edgeOffset, Layer, roundUp4, rowBytes, scratch } from './layer.as'
import { addPhi } from './products.as'
import { add, ld, splat, st } from './simd.as'

// x: [input][row], output: [output][row], strides in bytes; `n` rows, the first of them being row `firstRow` of the batch.
// withSlopes: whether the way back follows at once, so that slopes are worth keeping.
// withScores: adds sums of |phi| to `sums` and extends `ranges`.
export function forward(l: Layer, x: usize, xStride: usize, n: i32, output: usize, outputStride: usize,
  withSlopes: bool, withScores: bool, firstRow: i32): void {
  fillBias(l, n)
  for (let from = 0; from < l.inputs; from += l.block) {
    const to = min(from + l.block, l.inputs)
    for (let i = from; i < to; i++) {
      basis(l, i, x + <usize>i * xStride, n, l.keeps ? i : i - from, withSlopes && l.keeps != 0)
    }
    for (let t = 0; t < l.tiles; t++) {
      const y = scratch.output + <usize>(t * CHUNK) * rowBytes(l)
      for (let i = from; i < to; i++) {
        const slot = l.keeps ? i : i - from
        const records = l.records + recordArea(l, slot), runs = l.runs + <usize>slot * l.runStride
        const tile = l.effective + edgeOffset(l, t, i)
        if (withScores) addPhiAndScores(l, tile, records, runs, y, n, l.sums + <usize>(t * l.inputs + i) * rowBytes(l))
        else addPhi(l, tile, records, runs, y)
      }
    }
  }
  if (withScores) extendRanges(l, x, xStride, n, firstRow)
  tilesToColumns(l, scratch.output, output, outputStride, n)
}

// Makes the records that `backward` expects of a layer that keeps them, where `forward` was longer ago.
export function basisOnly(l: Layer, x: usize, xStride: usize, n: i32): void {
  if (l.keeps) for (let i = 0; i < l.inputs; i++) basis(l, i, x + <usize>i * xStride, n, i, true)
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

// phi of one edge tile on its own, in the order of the samples: scratch.phi.
export function phiOf(l: Layer, tile: usize, records: usize, runs: usize, n: i32): void {
  memory.fill(scratch.phi, 0, <usize>n * rowBytes(l))
  addPhi(l, tile, records, runs, scratch.phi)
}

function addPhiAndScores(l: Layer, tile: usize, records: usize, runs: usize, y: usize, n: i32, sums: usize): void {
  phiOf(l, tile, records, runs, n)
  const row = rowBytes(l), phi = scratch.phi
  for (let h: usize = 0; h < row; h += 16) {
    let sum = splat(0)
    for (let q = h, end = <usize>n * row; q < end; q += row) {
      const v = ld(phi + q)
      sum = add(sum, f32x4.abs(v))
      st(y + q, add(ld(y + q), v))
    }
    st(sums + h, add(ld(sums + h), sum))
  }
}
