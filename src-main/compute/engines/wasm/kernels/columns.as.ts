// Columns [column][row] and tiles [tile][row][lanes]: picking rows, and turning the one into the other.
import { CHUNK, Layer, RANGE_BYTES, roundUp4, rowBytes, scratch } from './layer.as'
import { transpose4 } from './simd.as'

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
  const row = rowBytes(l)
  for (let place = 0; place < l.outputs; place += 4) {
    const from = quarter(l, tiles, place)
    const a = columnOf(l, place, columns, stride), b = columnOf(l, place + 1, columns, stride)
    const c = columnOf(l, place + 2, columns, stride), d = columnOf(l, place + 3, columns, stride)
    for (let q: usize = 0, end = <usize>n << 2; q < end; q += 16) {
      const at = from + (q >> 2) * row
      transpose4(at, at + row, at + 2 * row, at + 3 * row, a + q, b + q, c + q, d + q)
    }
  }
}

// Derivatives by the outputs of a tile, out of scratch.flow; lanes beyond the outputs become 0.
export function flowToTile(l: Layer, tile: i32, n: i32): void {
  const row = rowBytes(l), stride = <usize>CHUNK << 2, first = tile * l.lanes
  if (first + l.lanes > l.outputs) memory.fill(scratch.phi, 0, stride)
  for (let place = first; place < first + l.lanes; place += 4) {
    const to = quarter(l, scratch.outputFlow, place)
    const a = columnOf(l, place, scratch.flow, stride), b = columnOf(l, place + 1, scratch.flow, stride)
    const c = columnOf(l, place + 2, scratch.flow, stride), d = columnOf(l, place + 3, scratch.flow, stride)
    for (let q: usize = 0, end = <usize>n << 2; q < end; q += 16) {
      const at = to + (q >> 2) * row
      transpose4(a + q, b + q, c + q, d + q, at, at + row, at + 2 * row, at + 3 * row)
    }
  }
}

// Where four lanes begin in tiles.
@inline function quarter(l: Layer, tiles: usize, place: i32): usize {
  return tiles + <usize>(place / l.lanes) * <usize>CHUNK * rowBytes(l) + (<usize>(place % l.lanes) << 2)
}

// The column of the output of a lane. scratch.phi stands for those of lanes beyond the outputs.
@inline function columnOf(l: Layer, place: i32, columns: usize, stride: usize): usize {
  return place < l.outputs ? columns + <usize>load<i32>(l.outputAt + (<usize>place << 2)) * stride : scratch.phi
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
