// Basis values of one input for a chunk of samples: writes records, slopes and runs (see layer.as.ts).
import { base } from './base.as'
import {
  CHEBYSHEV, CHUNK, GAUSSIAN, INVERSE_MULTIQUADRIC, INVERSE_QUADRATIC, Layer, MATERN32, MULTIQUADRIC, POISSON_ONE, POISSON_TWO,
  MATERN52, QUADRATIC, RBF, roundUp4, scratch, SPLINE, SPLINE_RECURSION, VALUE_COLUMN,
} from './layer.as'
import { intervalOf } from './locate.as'
import { radial } from './radial.as'
import { add, clear, fma, ld, mul, splat, st, sub } from './simd.as'
import { expNegative } from './elementary.as'

// x: the chunk's column, `n` samples, readable up to a multiple of 4. slot: which of the layer's record areas to fill.
export function basis(l: Layer, input: i32, x: usize, n: i32, slot: i32, withSlopes: bool): void {
  const area = recordArea(l, slot)
  const records = l.records + area, slopes: usize = withSlopes ? l.slopes + area : 0, runs = runsAt(l, slot)
  base(l.base, x, n, withSlopes)
  if (l.kind == RBF) {
    oneRun(l, n, runs)
    rbf(l, input, x, n, true, records, slopes)
  } else if (l.kind == CHEBYSHEV) {
    oneRun(l, n, runs)
    chebyshev(l, x, n, records, slopes)
  } else {
    sortByInterval(l, input, x, n, runs)
    if (l.kind == SPLINE_RECURSION) recursiveSplines(l, input, x, n, records, slopes)
    else if (l.order == 3) cubicSplines(l, input, x, n, records, slopes)
    else tabledSplines(l, input, x, n, records, slopes)
  }
}

// The input whose records are in the first area while a block is computed that begins with `from`.
@inline export function firstSlot(l: Layer, from: i32): i32 { return l.keeps ? 0 : from }
// From the first thread's records to those that are meant.
@inline function home(l: Layer): usize { return l.keeps == 2 ? scratch.held : scratch.own }
// Whether a layer's records are there already.
@inline export function isHeld(l: Layer): bool { return l.keeps == 2 && scratch.isHeld != 0 }
// From `records` or `slopes` to an area of this thread.
@inline export function recordArea(l: Layer, slot: i32): usize { return <usize>slot * <usize>(CHUNK * l.stride) + home(l) }
@inline export function totalsAt(l: Layer, slot: i32): usize { return l.totals + (<usize>(slot * l.runStride) << 2) + home(l) }
@inline export function runsAt(l: Layer, slot: i32): usize { return l.runs + <usize>(slot * l.runStride) + home(l) }

function oneRun(l: Layer, n: i32, runs: usize): void {
  store<i32>(runs, 1)
  store<i32>(runs, 0, 4)
  store<i32>(runs, n * l.stride, 8)
}

@inline function rowShift(l: Layer): i32 { return l.lanes == 8 ? 5 : 4 }

// Finds each sample's interval and counts them; afterwards `counts` holds where each interval's next record goes.
function sortByInterval(l: Layer, input: i32, x: usize, n: i32, runs: usize): void {
  const intervals = l.intervals, counts = scratch.counts, interval = scratch.interval
  const knots = l.grid + (<usize>(input * (intervals + 1)) << 2)
  const cells = l.cells + (<usize>(input * (l.cellCount + 1)) << 2), lastCell = l.cellCount - 1
  const from = load<f32>(knots), to = load<f32>(knots + (<usize>intervals << 2)), perCell = load<f32>(cells)
  memory.fill(counts, 0, <usize>(intervals + 1) << 2)
  for (let q: usize = 0; q < <usize>n << 2; q += 4) {
    const g = intervalOf(load<f32>(x + q), knots, intervals, from, to, cells + 4, lastCell, perCell)
    store<i32>(interval + q, g)
    const c = counts + (<usize>g << 2)
    store<i32>(c, load<i32>(c) + 1)
  }
  let sum = 0, run = runs + 4
  for (let g = 0; g <= intervals; g++) {
    const c = counts + (<usize>g << 2), count = load<i32>(c)
    store<i32>(c, sum)
    if (count == 0) continue
    sum += count
    // Outside the knots every row of the weights is one that does not exist.
    store<i32>(run, g < intervals ? g - l.order : l.size)
    store<i32>(run, sum * l.stride, 4)
    run += 8
  }
  store<i32>(runs, <i32>((run - runs - 4) >> 3))
}

// On each interval a spline is a polynomial of the local coordinate u in [0, 1). The table holds for every input and
// interval {start, 1 / length, 0, 0} and then the coefficients of u^0 ... u^order, `padded` basis functions side by side.
// The interval after the last stands for "outside" and is all zeros.
@inline function nextPosition(g: i32): i32 {
  const c = scratch.counts + (<usize>g << 2), position = load<i32>(c)
  store<i32>(c, position + 1)
  return position
}

// Order 3, whose entries have 80 bytes and whose records 24: the most frequent case, without inner loops.
function cubicSplines(l: Layer, input: i32, x: usize, n: i32, records: usize, slopes: usize): void {
  const table = l.table + <usize>(input * (l.intervals + 1)) * 80, shift = rowShift(l)
  for (let q = 0; q < n; q++) {
    const at = <usize>q << 2, g = load<i32>(scratch.interval + at), entry = table + <usize>g * 80
    const area = <usize>nextPosition(g) * 24, inverse = load<f32>(entry, 4)
    const u = splat(g == l.intervals ? 0 : (load<f32>(x + at) - load<f32>(entry)) * inverse)
    const c1 = v128.load(entry, 32), c2 = v128.load(entry, 48), c3 = v128.load(entry, 64)
    let r = records + area
    store<i32>(r, q << shift)
    store<f32>(r, load<f32>(scratch.base + at), 4)
    v128.store(r, fma(fma(fma(c3, u, c2), u, c1), u, v128.load(entry, 16)), 8)
    if (slopes == 0) continue
    r = slopes + area
    store<i32>(r, q << shift)
    store<f32>(r, load<f32>(scratch.baseSlope + at), 4)
    const s = fma(fma(mul(c3, splat(3)), u, add(c2, c2)), u, c1)
    v128.store(r, mul(s, splat(inverse)), 8)
  }
}

function tabledSplines(l: Layer, input: i32, x: usize, n: i32, records: usize, slopes: usize): void {
  const padded = <usize>l.padded << 2, entryBytes: usize = 16 + padded * <usize>(l.order + 1), shift = rowShift(l)
  const table = l.table + <usize>(input * (l.intervals + 1)) * entryBytes
  for (let q = 0; q < n; q++) {
    const at = <usize>q << 2, g = load<i32>(scratch.interval + at), entry = table + <usize>g * entryBytes
    const area = <usize>(nextPosition(g) * l.stride), inverse = load<f32>(entry, 4)
    const u = splat(g == l.intervals ? 0 : (load<f32>(x + at) - load<f32>(entry)) * inverse)
    let r = records + area
    store<i32>(r, q << shift)
    store<f32>(r, load<f32>(scratch.base + at), 4)
    for (let m: usize = 0; m < padded; m += 16) {
      const c = entry + 16 + m
      let v = ld(c + <usize>l.order * padded)
      for (let d = l.order - 1; d >= 0; d--) v = fma(v, u, ld(c + <usize>d * padded))
      v128.store(r + m, v, 8)
    }
    if (slopes == 0) continue
    r = slopes + area
    store<i32>(r, q << shift)
    store<f32>(r, load<f32>(scratch.baseSlope + at), 4)
    for (let m: usize = 0; m < padded; m += 16) {
      const c = entry + 16 + m
      let v = splat(0)
      for (let d = l.order; d >= 1; d--) v = fma(v, u, mul(ld(c + <usize>d * padded), splat(<f32>d)))
      v128.store(r + m, mul(v, splat(inverse)), 8)
    }
  }
}

// Splines of high order, where the power basis would lose digits: the recursion of de Boor, ch. X, in f64.
// level[r] is the value of basis function first + r of the degree reached so far.
function recursiveSplines(l: Layer, input: i32, x: usize, n: i32, records: usize, slopes: usize): void {
  const order = l.order, level = scratch.recursion, count = <usize>l.padded << 2, shift = rowShift(l)
  const knots = l.grid + (<usize>(input * (l.intervals + 1)) << 2), last = l.intervals
  for (let q = 0; q < n; q++) {
    const at = <usize>q << 2, g = load<i32>(scratch.interval + at), area = <usize>(nextPosition(g) * l.stride)
    const r = records + area, s = slopes + area, v = <f64>load<f32>(x + at)
    memory.fill(r + 8, 0, count)
    store<i32>(r, q << shift)
    store<f32>(r, load<f32>(scratch.base + at), 4)
    if (slopes) {
      memory.fill(s + 8, 0, count)
      store<i32>(s, q << shift)
      store<f32>(s, load<f32>(scratch.baseSlope + at), 4)
    }
    if (g == l.intervals) continue
    const start = g - order
    memory.fill(level, 0, <usize>(order + 2) << 3)
    store<f64>(level + (<usize>order << 3), 1)
    for (let degree = 1; degree <= order; degree++) {
      const lowest = max(0, g - degree), highest = min(g, last - degree - 1)
      for (let m = lowest; m <= highest; m++) {
        const a = level + (<usize>(m - start) << 3), t = knots + (<usize>m << 2)
        const knot = <f64>load<f32>(t), right = <f64>load<f32>(t + (<usize>degree << 2), 4)
        const left = share(load<f64>(a), <f64>load<f32>(t + (<usize>degree << 2)) - knot)
        const next = share(load<f64>(a, 8), right - <f64>load<f32>(t, 4))
        store<f64>(a, (v - knot) * left + (right - v) * next)
        if (slopes != 0 && degree == order) store<f32>(s + (<usize>(m - start) << 2), <f32>(<f64>degree * (left - next)), 8)
      }
    }
    const highest = min(g, l.size - 1)
    for (let m = max(0, start); m <= highest; m++) {
      store<f32>(r + (<usize>(m - start) << 2), <f32>load<f64>(level + (<usize>(m - start) << 3)), 8)
    }
  }
}

@inline function share(value: f64, width: f64): f64 { return width > 0 ? value / width : 0 }

// K(|d|), d = (x - c) s, in records or in columns.
function rbf(l: Layer, input: i32, x: usize, n: i32, inRecords: bool, values: usize, slopes: usize): void {
  const kernel = l.kernel
  if (kernel == GAUSSIAN) rbfOf(GAUSSIAN, l, input, x, n, inRecords, values, slopes)
  else if (kernel == QUADRATIC) rbfOf(QUADRATIC, l, input, x, n, inRecords, values, slopes)
  else if (kernel == INVERSE_QUADRATIC) rbfOf(INVERSE_QUADRATIC, l, input, x, n, inRecords, values, slopes)
  else if (kernel == MULTIQUADRIC) rbfOf(MULTIQUADRIC, l, input, x, n, inRecords, values, slopes)
  else if (kernel == INVERSE_MULTIQUADRIC) rbfOf(INVERSE_MULTIQUADRIC, l, input, x, n, inRecords, values, slopes)
  else if (kernel == SPLINE) rbfOf(SPLINE, l, input, x, n, inRecords, values, slopes)
  else if (kernel == POISSON_ONE) rbfOf(POISSON_ONE, l, input, x, n, inRecords, values, slopes)
  else if (kernel == POISSON_TWO) rbfOf(POISSON_TWO, l, input, x, n, inRecords, values, slopes)
  else if (kernel == MATERN32) rbfOf(MATERN32, l, input, x, n, inRecords, values, slopes)
  else rbfOf(MATERN52, l, input, x, n, inRecords, values, slopes)
}

@inline function rbfOf(kernel: i32, l: Layer, input: i32, x: usize, n: i32, inRecords: bool, values: usize, slopes: usize): void {
  if (inRecords) rbfRows(kernel, l, input, x, n, values, slopes)
  else rbfColumns(kernel, l, input, x, n, values, slopes)
}

// `kernel` is a constant at every place of use: the compiler leaves one loop for each, without branches. Four centres at a
// time.
@inline function rbfRows(kernel: i32, l: Layer, input: i32, x: usize, n: i32, records: usize, slopes: usize): void {
  const bytes = <usize>l.padded << 2, centers = l.grid + <usize>input * bytes, scales = l.scale + <usize>input * bytes
  const shift = rowShift(l)
  let r = records, s = slopes
  for (let q = 0; q < n; q++) {
    const at = <usize>q << 2, v = v128.load32_splat(x + at)
    store<i32>(r, q << shift)
    store<f32>(r, load<f32>(scratch.base + at), 4)
    if (slopes != 0) {
      store<i32>(s, q << shift)
      store<f32>(s, load<f32>(scratch.baseSlope + at), 4)
    }
    for (let m: usize = 0; m < bytes; m += 16) {
      const scale = ld(scales + m), d = mul(sub(v, ld(centers + m)), scale)
      radial(kernel, d, scale, r + m + 8, slopes != 0 ? s + m + 8 : 0)
    }
    r += l.stride
    s += l.stride
  }
}

// T_m(tanh x) by Reinsch's form of the recurrence, T_m+1 - T_m = (T_m - T_m-1) - 2 d T_m with d = 1 - |tanh x|, which keeps
// its digits where tanh x is near 1; odd m take the sign of x. Slopes are m U_m-1 (1 - tanh^2 x), U likewise.
function chebyshev(l: Layer, x: usize, n: i32, records: usize, slopes: usize): void {
  const stride = <usize>l.stride, shift = rowShift(l)
  for (let q = 0; q < roundUp4(n); q += 4) {
    const at = <usize>q << 2, r = records + <usize>q * stride, s = slopes + <usize>q * stride
    heads(r, stride, q << shift, 1 << shift, ld(scratch.base + at))
    if (slopes != 0) heads(s, stride, q << shift, 1 << shift, ld(scratch.baseSlope + at))
    polynomialsAt(l, ld(x + at), true, r + 8, slopes != 0 ? s + 8 : 0, stride)
  }
}

function chebyshevColumns(l: Layer, x: usize, n: i32, values: usize, slopes: usize): void {
  for (let q: usize = 0; q < <usize>roundUp4(n) << 2; q += 16) {
    polynomialsAt(l, ld(x + q), false, values + q, slopes != 0 ? slopes + q : 0, VALUE_COLUMN)
  }
}

// Four samples. In records the functions of a sample stand side by side, and the samples `stride` apart; in columns the
// samples stand side by side, and the functions `stride` apart.
@inline function polynomialsAt(l: Layer, v: v128, inRecords: bool, values: usize, slopes: usize, stride: usize): void {
  const a = f32x4.abs(v), negative = v128.and(v, splat(-0.0))
  const e = expNegative(add(a, a)), d = f32x4.div(add(e, e), add(splat(1), e)), twice = add(d, d)
  const inner = mul(d, sub(splat(2), d))
  let value = splat(1), step = splat(0), second = splat(0), secondStep = splat(1)
  for (let m = 0; m < l.size; m++) {
    const odd = (m & 1) != 0, move = inRecords ? <usize>m << 2 : <usize>m * stride
    const signed = odd ? v128.xor(value, negative) : value
    if (inRecords) scatter(values + move, stride, signed)
    else st(values + move, signed)
    step = sub(step, mul(twice, value))
    if (m == 0) step = f32x4.neg(d)
    value = add(value, step)
    if (slopes == 0) continue
    const rise = mul(mul(splat(<f32>m), second), inner), slope = odd ? rise : v128.xor(rise, negative)
    if (inRecords) scatter(slopes + move, stride, slope)
    else st(slopes + move, slope)
    if (m > 0) secondStep = sub(secondStep, mul(twice, second))
    second = add(second, secondStep)
  }
}

@inline function heads(r: usize, stride: usize, offset: i32, row: i32, base: v128): void {
  store<i32>(r, offset)
  store<i32>(r + stride, offset + row)
  store<i32>(r + 2 * stride, offset + 2 * row)
  store<i32>(r + 3 * stride, offset + 3 * row)
  scatter(r + 4, stride, base)
}

@inline function scatter(r: usize, stride: usize, v: v128): void {
  v128.store32_lane(r, v, 0)
  v128.store32_lane(r + stride, v, 1)
  v128.store32_lane(r + 2 * stride, v, 2)
  v128.store32_lane(r + 3 * stride, v, 3)
}

// All basis functions of an input as columns over the samples, [function][VALUE_COLUMN]; slopes unless 0.
// RBF and Chebyshev polynomials only.
export function basisColumns(l: Layer, input: i32, x: usize, n: i32, values: usize, slopes: usize): void {
  if (l.kind == CHEBYSHEV) chebyshevColumns(l, x, n, values, slopes)
  else rbf(l, input, x, n, false, values, slopes)
}

// Four samples at a time.
@inline function rbfColumns(kernel: i32, l: Layer, input: i32, x: usize, n: i32, values: usize, slopes: usize): void {
  const bytes = <usize>l.padded << 2, end = <usize>roundUp4(n) << 2
  for (let m: usize = 0; m < <usize>l.size; m++) {
    const center = v128.load32_splat(l.grid + <usize>input * bytes + (m << 2)), scale = v128.load32_splat(l.scale + <usize>input * bytes + (m << 2))
    const value = values + m * VALUE_COLUMN, slope = slopes + m * VALUE_COLUMN
    for (let q: usize = 0; q < end; q += 16) {
      radial(kernel, mul(sub(ld(x + q), center), scale), scale, value + q, slopes != 0 ? slope + q : 0)
    }
  }
}

// Factors of an edge's Gaussians, times its weights: the derivative by x is the sum of them times (x - centre) times the value.
// weights: `row` bytes apart.
export function gaussianFactors(l: Layer, input: i32, weights: usize, row: usize, factors: usize): void {
  const scales = l.scale + (<usize>(input * l.padded) << 2)
  for (let m: usize = 0; m < <usize>l.size << 2; m += 4, weights += row) {
    const scale = load<f32>(scales + m)
    store<f32>(factors + m, -2 * scale * scale * load<f32>(weights))
  }
}

// That sum for four samples.
@inline export function gaussianSlopes(l: Layer, input: i32, x: v128, values: usize, factors: usize, sum: v128): v128 {
  const centers = l.grid + (<usize>(input * l.padded) << 2)
  for (let m: usize = 0, value = values, end = <usize>l.size << 2; m < end; m += 4, value += VALUE_COLUMN) {
    // Far away the value is 0, and so is the product: the distance is finite.
    sum = fma(v128.load32_splat(factors + m), mul(sub(x, v128.load32_splat(centers + m)), ld(value)), sum)
  }
  return sum
}
