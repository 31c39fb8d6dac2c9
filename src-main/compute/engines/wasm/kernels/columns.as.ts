// Columns [column][row] and tiles [tile][row][lanes]: picking rows, and turning the one into the other.
import { CHUNK, Layer, RANGE_BYTES, roundUp4, scratch } from './layer.as'
import { ld, splat, st, transpose4 } from './simd.as'

// Copies `n` rows of each column: the ones that `order` names. Strides in bytes. Zeros up to the next multiple of 4.
export function gather(from: usize, fromStride: usize, columns: i32, order: usize, n: i32, to: usize, toStride: usize): void {
  for (let c = 0; c < columns; c++) {
    for (let q: usize = 0; q < <usize>n << 2; q += 4) {
      store<f32>(to + q, load<f32>(from + (<usize>load<u32>(order + q) << 2)))
    }
    for (let q = n; q < roundUp4(n); q++) store<f32>(to + (<usize>q << 2), 0)
    from += fromStride
    to += toStride
  }
}

// The chunk's outputs, from tiles to columns. Rows up to the next multiple of 4 are written too.
export function tilesToColumns(l: Layer, tiles: usize, columns: usize, stride: usize, n: i32): void {
  const lanes = l.lanes, row = <usize>lanes << 2
  for (let j = 0; j < l.outputs; j += 4) {
    let from = tiles + <usize>(j / lanes) * <usize>CHUNK * row + (<usize>(j % lanes) << 2), to = columns + <usize>j * stride
    const whole = j + 4 <= l.outputs
    for (let q = 0; q < n; q += 4) {
      if (whole) transpose4(from, row, to, stride)
      else {
        transpose4(from, row, scratch.phi, 16)
        for (let r = 0; r < l.outputs - j; r++) st(to + <usize>r * stride, ld(scratch.phi + (<usize>r << 4)))
      }
      from += 4 * row
      to += 16
    }
  }
}

// Derivatives by the outputs, from scratch.flow to tiles; lanes beyond the outputs become 0.
export function flowToTiles(l: Layer, n: i32): void {
  const lanes = l.lanes, row = <usize>lanes << 2, stride = <usize>CHUNK << 2
  for (let j = 0; j < l.tiles * lanes; j += 4) {
    let to = scratch.outputFlow + <usize>(j / lanes) * <usize>CHUNK * row + (<usize>(j % lanes) << 2)
    let from = scratch.flow + <usize>j * stride
    for (let q = 0; q < n; q += 4) {
      if (j + 4 <= l.outputs) transpose4(from, stride, to, row)
      else {
        for (let r = 0; r < 4; r++) {
          st(scratch.phi + (<usize>r << 4), j + r < l.outputs ? ld(from + <usize>r * stride) : splat(0))
        }
        transpose4(scratch.phi, 16, to, row)
      }
      from += 16
      to += 4 * row
    }
  }
}

// Smallest and largest value of each input so far, and the first rows that hold them: the beginning of a slot's `ranges`.
export function extendRanges(l: Layer, ranges: usize, x: usize, stride: usize, n: i32, firstRow: i32): void {
  for (let i = 0; i < l.inputs; i++) {
    const range = ranges + <usize>i * RANGE_BYTES, column = x + <usize>i * stride
    let low = load<f32>(range), high = load<f32>(range, 4)
    for (let q = 0; q < n; q++) {
      const v = load<f32>(column + (<usize>q << 2))
      if (v < low) { low = v; store<f32>(range, v); store<i32>(range, firstRow + q, 8) }
      if (v > high) { high = v; store<f32>(range, v, 4); store<i32>(range, firstRow + q, 12) }
    }
  }
}
