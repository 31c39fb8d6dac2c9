// Adam's update fused with what follows from it, the effective weights; PyTorch's formula, betas 0.9 and 0.999, epsilon 1e-8.
import { endEdge, firstEdge, layerOf } from './blocks.as'
import { isEdgeAlive, Layer, rowBytes, slotOffset } from './layer.as'
import { program } from './program.as'
import { add, fma, ld, mul, splat, st, sub } from './simd.as'

let stepSize: v128 = f32x4.splat(0), correction: v128 = f32x4.splat(0)

// Moves a block of edges, and with a layer's first block its biases.
export function update(block: i32): void {
  const l = layerOf(block), first = firstEdge(block), end = endEdge(l, first)
  stepSize = splat(program.stepSize)
  correction = splat(program.correction)
  const row = rowBytes(l), rows = l.size, parameterBytes = <usize>(rows + 2) * row, effectiveBytes = <usize>(rows + 1) * row
  let p = <usize>first * parameterBytes, e = <usize>first * effectiveBytes, mask = <usize>first * row
  for (let n = first; n < end; n++) {
    if (isEdgeAlive(l, n)) {
      if (!program.reduced) reduceEdge(l, e)
      for (let h: usize = 0; h < row; h += 16) {
        if (l.trains == 0) edge(l, p + h, e + h, row, rows)
        else edgeMasked(l, p + h, e + h, row, rows, ld(l.trains + mask + h), ld(l.live + mask + h))
      }
    }
    p += parameterBytes
    e += effectiveBytes
    mask += row
  }
  if (first > 0 || !l.hasBias) return
  if (!program.reduced) reduceBias(l)
  for (let h: usize = 0; h < <usize>l.tiles * row; h += 16) {
    moved(l.bias + h, l.biasFirst + h, l.biasSecond + h, ld(l.biasGradient + h))
  }
}

// Adds the gradients of the other slots to those of the first, for a block of edges and, with a layer's first, its biases.
export function reduce(block: i32): void {
  const l = layerOf(block), first = firstEdge(block), end = endEdge(l, first), bytes = <usize>(l.size + 1) * rowBytes(l)
  for (let n = first; n < end; n++) reduceEdge(l, <usize>n * bytes)
  if (first == 0) reduceBias(l)
}

// at: bytes from `gradient` to the edge tile.
@inline export function reduceEdge(l: Layer, at: usize): void {
  if (program.slots > 1) addSlots(l, l.gradient + at, <usize>(l.size + 1) * rowBytes(l))
}
function reduceBias(l: Layer): void {
  if (program.slots > 1) addSlots(l, l.biasGradient, <usize>l.tiles * rowBytes(l))
}
function addSlots(l: Layer, from: usize, bytes: usize): void {
  for (let s = 1; s < program.slots; s++) {
    const other = slotOffset(l, s)
    for (let at = from, end = from + bytes; at < end; at += 16) st(at, add(ld(at), ld(at + other)))
  }
}

// Numbers side by side that stand for themselves; bytes: a multiple of 16.
export function updateAll(p: usize, m: usize, v: usize, g: usize, bytes: usize, size: f64, inverse: f64): void {
  stepSize = splat(<f32>size)
  correction = splat(<f32>inverse)
  for (let h: usize = 0; h < bytes; h += 16) moved(p + h, m + h, v + h, ld(g + h))
}

// The effective weights of an edge tile, tile * inputs + input, after parameters or masks were written.
export function effective(l: Layer, edge: i32): void {
  const row = rowBytes(l), rows = <usize>l.size, n = <usize>edge
  const p = l.parameters + n * (rows + 2) * row, e = l.effective + n * (rows + 1) * row, mask = n * row
  for (let h: usize = 0; h < row; h += 16) {
    const live = l.live ? ld(l.live + mask + h) : i32x4.splat(-1), scaler = ld(p + row + h)
    st(e + h, v128.and(ld(p + h), live))
    for (let m: usize = 1; m <= rows; m++) st(e + m * row + h, v128.and(mul(scaler, ld(p + (m + 1) * row + h)), live))
  }
}

// Gives every slot of a tie the sum of the slots' gradients. `ties`: {count, then for each tie: members, byte offsets...}
export function pool(l: Layer): void {
  if (l.ties == 0) return
  let at = l.ties + 4
  for (let n = load<i32>(l.ties); n > 0; n--) {
    const members = <usize>load<i32>(at) << 2, first = at + 4
    for (let r: usize = 0; r < <usize>(l.size + 1) * rowBytes(l); r += rowBytes(l)) {
      let sum: f64 = 0
      for (let m: usize = 0; m < members; m += 4) sum += <f64>load<f32>(l.gradient + load<u32>(first + m) + r)
      for (let m: usize = 0; m < members; m += 4) store<f32>(l.gradient + load<u32>(first + m) + r, <f32>sum)
    }
    at = first + members
  }
}

// Moments are cut off where they no longer matter, long before they would become denormal and slow.
@inline function firstMoment(m: v128, g: v128): v128 {
  const next = fma(sub(g, m), splat(0.1), m)
  return v128.and(next, f32x4.gt(f32x4.abs(next), splat(1e-30)))
}
@inline function secondMoment(v: v128, g: v128): v128 {
  const next = fma(mul(g, splat(0.001)), g, mul(v, splat(0.999)))
  return v128.and(next, f32x4.gt(next, splat(1e-36)))
}
@inline function step(p: v128, m: v128, v: v128): v128 {
  return sub(p, f32x4.div(mul(m, stepSize), fma(f32x4.sqrt(v), correction, splat(1e-8))))
}

@inline function moved(p: usize, m: usize, v: usize, g: v128): v128 {
  const first = firstMoment(ld(m), g), second = secondMoment(ld(v), g), next = step(ld(p), first, second)
  st(m, first)
  st(v, second)
  st(p, next)
  return next
}
@inline function movedMasked(p: usize, m: usize, v: usize, g: v128, trains: v128): v128 {
  const m0 = ld(m), v0 = ld(v), p0 = ld(p), first = firstMoment(m0, g), second = secondMoment(v0, g)
  const next = v128.bitselect(step(p0, first, second), p0, trains)
  st(m, v128.bitselect(first, m0, trains))
  st(v, v128.bitselect(second, v0, trains))
  st(p, next)
  return next
}

// The scaler's gradient is the sum over m of weight x effective gradient; a weight's is scaler x effective gradient.
@inline function scalerGradient(p: usize, g: usize, row: usize, rows: i32): v128 {
  let sum = splat(0)
  for (let m = 0; m < rows; m++) sum = fma(ld(p + <usize>(m + 2) * row), ld(g + <usize>(m + 1) * row), sum)
  return sum
}

function edge(l: Layer, at: usize, effectiveAt: usize, row: usize, rows: i32): void {
  const p = l.parameters + at, m = l.first + at, v = l.second + at, g = l.gradient + effectiveAt, e = l.effective + effectiveAt
  const old = ld(p + row), scaler = moved(p + row, m + row, v + row, scalerGradient(p, g, row, rows))
  st(e, moved(p, m, v, ld(g)))
  for (let r = row, q = row + row, end = <usize>(rows + 1) * row; r < end; r += row, q += row) {
    st(e + r, mul(scaler, moved(p + q, m + q, v + q, mul(old, ld(g + r)))))
  }
}

function edgeMasked(l: Layer, at: usize, effectiveAt: usize, row: usize, rows: i32, trains: v128, live: v128): void {
  const p = l.parameters + at, m = l.first + at, v = l.second + at, g = l.gradient + effectiveAt, e = l.effective + effectiveAt
  const old = ld(p + row), scaler = movedMasked(p + row, m + row, v + row, scalerGradient(p, g, row, rows), trains)
  st(e, v128.and(movedMasked(p, m, v, ld(g), trains), live))
  for (let r = row, q = row + row, end = <usize>(rows + 1) * row; r < end; r += row, q += row) {
    st(e + r, v128.and(mul(scaler, movedMasked(p + q, m + q, v + q, mul(old, ld(g + r)), trains)), live))
  }
}
