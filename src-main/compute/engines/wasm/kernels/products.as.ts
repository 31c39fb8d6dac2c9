// The three products of one tile and one input: outputs += values x weights, weight gradients += values x flow, and
// input flow += slopes x weights x flow. Records come in runs of one interval, so that its weights (or its sums) stay in
// registers while the samples stream by; up to five rows at a time fit (rows.as.ts).
import { addCubicGradients, addCubicPhi, isCubic } from './cubic.as'
import { Layer, scratch } from './layer.as'
import { flowRows, gradientRows, phiRows, weights } from './rows.as'

// How many of the rest of the rows to take at a time: as many each time, so that there are always enough sums for one
// multiplication not to wait for the last.
@inline function share(rest: i32): i32 {
  const times = (rest + 4) / 5
  return (rest + times - 1) / times
}

// tile: the edge tile of `effective`; output: [CHUNK][lanes], where the rows are added.
export function addPhi(l: Layer, tile: usize, records: usize, runs: usize, output: usize): void {
  if (isCubic(l)) {
    addCubicPhi(l, tile, records, runs, output)
    return
  }
  const rows = l.support + 1, stride = <usize>l.stride, none = scratch.zero, wide = l.lanes == 8
  let from = records
  for (let run = runs + 4, end = run + (<usize>load<i32>(runs) << 3); run < end; run += 8) {
    const start = load<i32>(run), to = records + load<i32>(run, 4)
    for (let r = 0, count = 0; r < rows; r += count) {
      count = share(rows - r)
      const value: usize = (<usize>r << 2) + 4
      const w0 = weights(l, tile, start, r, none), w1 = weights(l, tile, start, r + 1, none)
      const w2 = weights(l, tile, start, r + 2, none), w3 = weights(l, tile, start, r + 3, none)
      const w4 = weights(l, tile, start, r + 4, none)
      if (wide) {
        if (count == 5) phiRows(true, 5, from, to, stride, value, output, w0, w1, w2, w3, w4)
        else if (count == 4) phiRows(true, 4, from, to, stride, value, output, w0, w1, w2, w3, w4)
        else if (count == 3) phiRows(true, 3, from, to, stride, value, output, w0, w1, w2, w3, w4)
        else if (count == 2) phiRows(true, 2, from, to, stride, value, output, w0, w1, w2, w3, w4)
        else phiRows(true, 1, from, to, stride, value, output, w0, w1, w2, w3, w4)
      } else if (count == 5) phiRows(false, 5, from, to, stride, value, output, w0, w1, w2, w3, w4)
      else if (count == 4) phiRows(false, 4, from, to, stride, value, output, w0, w1, w2, w3, w4)
      else if (count == 3) phiRows(false, 3, from, to, stride, value, output, w0, w1, w2, w3, w4)
      else if (count == 2) phiRows(false, 2, from, to, stride, value, output, w0, w1, w2, w3, w4)
      else phiRows(false, 1, from, to, stride, value, output, w0, w1, w2, w3, w4)
    }
    from = to
  }
}

// gradient: the edge tile of `gradient`; flow: [CHUNK][lanes], derivatives of the loss by this tile's phi.
export function addWeightGradients(l: Layer, gradient: usize, records: usize, runs: usize, flow: usize): void {
  if (isCubic(l)) {
    addCubicGradients(l, gradient, records, runs, flow)
    return
  }
  const rows = l.support + 1, stride = <usize>l.stride, none = scratch.spill, wide = l.lanes == 8
  let from = records
  for (let run = runs + 4, end = run + (<usize>load<i32>(runs) << 3); run < end; run += 8) {
    const start = load<i32>(run), to = records + load<i32>(run, 4)
    for (let r = 0, count = 0; r < rows; r += count) {
      count = share(rows - r)
      const value: usize = (<usize>r << 2) + 4
      const g0 = weights(l, gradient, start, r, none), g1 = weights(l, gradient, start, r + 1, none)
      const g2 = weights(l, gradient, start, r + 2, none), g3 = weights(l, gradient, start, r + 3, none)
      const g4 = weights(l, gradient, start, r + 4, none)
      if (wide) {
        if (count == 5) gradientRows(true, 5, from, to, stride, value, flow, g0, g1, g2, g3, g4)
        else if (count == 4) gradientRows(true, 4, from, to, stride, value, flow, g0, g1, g2, g3, g4)
        else if (count == 3) gradientRows(true, 3, from, to, stride, value, flow, g0, g1, g2, g3, g4)
        else if (count == 2) gradientRows(true, 2, from, to, stride, value, flow, g0, g1, g2, g3, g4)
        else gradientRows(true, 1, from, to, stride, value, flow, g0, g1, g2, g3, g4)
      } else if (count == 5) gradientRows(false, 5, from, to, stride, value, flow, g0, g1, g2, g3, g4)
      else if (count == 4) gradientRows(false, 4, from, to, stride, value, flow, g0, g1, g2, g3, g4)
      else if (count == 3) gradientRows(false, 3, from, to, stride, value, flow, g0, g1, g2, g3, g4)
      else if (count == 2) gradientRows(false, 2, from, to, stride, value, flow, g0, g1, g2, g3, g4)
      else gradientRows(false, 1, from, to, stride, value, flow, g0, g1, g2, g3, g4)
    }
    from = to
  }
}

// slopes: like records; adds to scratch.inputFlow, in the order of the records.
export function addInputFlow(l: Layer, tile: usize, slopes: usize, runs: usize, flow: usize): void {
  const rows = l.support + 1, stride = <usize>l.stride, none = scratch.zero, wide = l.lanes == 8
  let from = slopes, sums = scratch.inputFlow
  for (let run = runs + 4, end = run + (<usize>load<i32>(runs) << 3); run < end; run += 8) {
    const start = load<i32>(run), to = slopes + load<i32>(run, 4)
    let next = sums
    for (let r = 0, count = 0; r < rows; r += count) {
      count = share(rows - r)
      const value: usize = (<usize>r << 2) + 4
      const w0 = weights(l, tile, start, r, none), w1 = weights(l, tile, start, r + 1, none)
      const w2 = weights(l, tile, start, r + 2, none), w3 = weights(l, tile, start, r + 3, none)
      const w4 = weights(l, tile, start, r + 4, none)
      if (wide) {
        if (count == 5) next = flowRows(true, 5, from, to, stride, value, flow, sums, w0, w1, w2, w3, w4)
        else if (count == 4) next = flowRows(true, 4, from, to, stride, value, flow, sums, w0, w1, w2, w3, w4)
        else if (count == 3) next = flowRows(true, 3, from, to, stride, value, flow, sums, w0, w1, w2, w3, w4)
        else if (count == 2) next = flowRows(true, 2, from, to, stride, value, flow, sums, w0, w1, w2, w3, w4)
        else next = flowRows(true, 1, from, to, stride, value, flow, sums, w0, w1, w2, w3, w4)
      } else if (count == 5) next = flowRows(false, 5, from, to, stride, value, flow, sums, w0, w1, w2, w3, w4)
      else if (count == 4) next = flowRows(false, 4, from, to, stride, value, flow, sums, w0, w1, w2, w3, w4)
      else if (count == 3) next = flowRows(false, 3, from, to, stride, value, flow, sums, w0, w1, w2, w3, w4)
      else if (count == 2) next = flowRows(false, 2, from, to, stride, value, flow, sums, w0, w1, w2, w3, w4)
      else next = flowRows(false, 1, from, to, stride, value, flow, sums, w0, w1, w2, w3, w4)
    }
    from = to
    sums = next
  }
}
