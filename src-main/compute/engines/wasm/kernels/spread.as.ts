// What an input's functions, the base and its basis, come to over the rows of a column: sums of their products, from which
// the host knows how much every edge spreads, and the derivatives by the input of what the edges feel of it.
import { basis, recordArea, runsAt } from './basis.as'
import { CHUNK, Layer, scratch } from './layer.as'

@inline function addTo(at: usize, v: f64): void { store<f64>(at, load<f64>(at) + v) }

// products: f64 [1 + size][1 + size], of which the lower triangle is added to, then [1 + size] sums of the functions.
export function addProducts(l: Layer, input: i32, x: usize, rows: i32, products: usize): void {
  for (let q = 0; q < rows; q += CHUNK) addChunk(l, input, x + (<usize>q << 2), min(CHUNK, rows - q), products)
}

function addChunk(l: Layer, input: i32, x: usize, n: i32, products: usize): void {
  scratch.held = scratch.own
  basis(l, input, x, n, 0, false)
  const bytes = <usize>(l.size + 1) << 3, sums = products + bytes * <usize>(l.size + 1), stride = <usize>l.stride
  const records = l.records + recordArea(l, 0), runs = runsAt(l, 0)
  let r = records
  for (let run = runs + 4, last = run + (<usize>load<i32>(runs) << 3); run < last; run += 8) {
    const start = load<i32>(run), end = records + load<i32>(run, 4)
    // Functions that do not exist are in the records too.
    const first = max(0, -start), stop = min(l.support, l.size - start)
    for (; r < end; r += stride) {
      const base = <f64>load<f32>(r, 4), values = r + 8
      addTo(products, base * base)
      addTo(sums, base)
      for (let s = first; s < stop; s++) {
        const v = <f64>load<f32>(values + (<usize>s << 2)), a = <usize>(1 + start + s), row = products + a * bytes
        addTo(row, v * base)
        addTo(sums + (a << 3), v)
        for (let t = first; t <= s; t++) addTo(row + (<usize>(1 + start + t) << 3), v * <f64>load<f32>(values + (<usize>t << 2)))
      }
    }
  }
}

// flow: receives for each row the sum over a of f'_a (form f - centre)_a, and slope x (x - mean).
// form: f64 [1 + size][1 + size], then [1 + size] the centre.
export function spreadFlow(l: Layer, input: i32, x: usize, rows: i32, form: usize, slope: f64, mean: f64, flow: usize): void {
  for (let q = 0; q < rows; q += CHUNK) {
    const at = <usize>q << 2
    flowOfChunk(l, input, x + at, min(CHUNK, rows - q), form, slope, mean, flow + at)
  }
}

function flowOfChunk(l: Layer, input: i32, x: usize, n: i32, form: usize, slope: f64, mean: f64, flow: usize): void {
  scratch.held = scratch.own
  basis(l, input, x, n, 0, true)
  const bytes = <usize>(l.size + 1) << 3, centre = form + bytes * <usize>(l.size + 1), stride = <usize>l.stride
  const area = recordArea(l, 0), records = l.records + area, toSlopes = l.slopes - l.records, runs = runsAt(l, 0)
  const shift = l.lanes == 8 ? 3 : 2
  let r = records
  for (let run = runs + 4, last = run + (<usize>load<i32>(runs) << 3); run < last; run += 8) {
    const start = load<i32>(run), end = records + load<i32>(run, 4)
    const first = max(0, -start), stop = min(l.support, l.size - start)
    for (; r < end; r += stride) {
      const at = <usize>(load<u32>(r) >> shift), slopes = r + toSlopes
      let sum = slope * (<f64>load<f32>(x + at) - mean) + <f64>load<f32>(slopes, 4) * rowOf(form, centre, r, start, first, stop)
      for (let s = first; s < stop; s++) {
        const a = <usize>(1 + start + s)
        sum += <f64>load<f32>(slopes + 8 + (<usize>s << 2)) * rowOf(form + a * bytes, centre + (a << 3), r, start, first, stop)
      }
      store<f32>(flow + at, <f32>sum)
    }
  }
}

@inline function rowOf(row: usize, centre: usize, r: usize, start: i32, first: i32, stop: i32): f64 {
  let sum = load<f64>(row) * <f64>load<f32>(r, 4) - load<f64>(centre)
  for (let t = first; t < stop; t++) sum += load<f64>(row + (<usize>(1 + start + t) << 3)) * <f64>load<f32>(r + 8 + (<usize>t << 2))
  return sum
}
