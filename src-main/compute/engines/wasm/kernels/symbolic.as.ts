// Edges that are formulas, c f(a x + b) + d, one after the other and in f64: there are few of them. Their lanes in the tiles
// hold zeros, as those of pruned edges do; what they give is added to a layer's columns.
import { addRangeFlow, CHUNK, isInputAlive, Layer, RANGE_BYTES, rowBytes, scratch, slotOffset } from './layer.as'

// What `formulas` of a layer points to, one after the other.
@unmanaged class Formula {
  input: i32; output: i32
  kind: i32        // as formulas.ts numbers the functions
  live: i32        // whether it is not pruned
}
// a, b, c, d of each
@unmanaged class Numbers { a: f64; b: f64; c: f64; d: f64 }
// Of each, in every slot: derivatives of the loss by a, b, c, d, or of the sum of |phi|; and that sum itself.
@unmanaged class Sums { a: f64; b: f64; c: f64; d: f64; phi: f64 }

@inline function formulaAt(l: Layer, k: i32): Formula { return changetype<Formula>(l.formulas + <usize>k * offsetof<Formula>()) }
@inline function numbersAt(l: Layer, k: i32): Numbers { return changetype<Numbers>(l.formulaNumbers + <usize>k * offsetof<Numbers>()) }
@inline function sumsAt(l: Layer, k: i32, slot: i32): Sums {
  return changetype<Sums>(l.formulaSums + slotOffset(l, slot) + <usize>k * offsetof<Sums>())
}
// Where the edge stands in tensors [tile][input][lanes].
@inline function laneAt(l: Layer, f: Formula): usize {
  return <usize>((f.output / l.lanes) * l.inputs + f.input) * rowBytes(l) + (<usize>(f.output % l.lanes) << 2)
}

// Adds phi to the outputs of a chunk, and, where it is asked for, |phi| and its derivatives to the slot's sums.
export function formulasForward(l: Layer, x: usize, xStride: usize, n: i32, output: usize, outputStride: usize, scores: bool, slot: i32): void {
  for (let k = 0; k < l.formulaCount; k++) {
    const f = formulaAt(l, k), p = numbersAt(l, k), s = sumsAt(l, k, slot)
    if (!f.live) continue
    const column = x + <usize>f.input * xStride, y = output + <usize>f.output * outputStride
    for (let q: usize = 0, end = <usize>n << 2; q < end; q += 4) {
      const v = <f64>load<f32>(column + q), u = p.a * v + p.b, fu = value(f.kind, u), phi = p.c * fu + p.d
      store<f32>(y + q, <f32>(<f64>load<f32>(y + q) + phi))
      if (!scores) continue
      s.phi += Math.abs(phi)
      addTo(s, sign(phi), fu, p.c * slope(f.kind, u), v)
    }
  }
}

// The way back, to be called before that of the tiles: scratch.flow holds the derivatives by the outputs. Adds to the slot's
// sums; with `passOn` keeps what flows on to the inputs. slopes: the loss also depends on |phi| by `scoreSlopes`; the numbers'
// part of it is in the sums already.
export function formulasBackward(l: Layer, x: usize, xStride: usize, n: i32, passOn: bool, slopes: bool, slot: i32): void {
  if (passOn) memory.fill(scratch.formulaFlow, 0, <usize>l.inputs * (CHUNK << 2))
  for (let k = 0; k < l.formulaCount; k++) {
    const f = formulaAt(l, k), p = numbersAt(l, k), s = sumsAt(l, k, slot)
    if (!f.live) continue
    const column = x + <usize>f.input * xStride, flow = scratch.flow + (<usize>(f.output * CHUNK) << 2)
    const to = scratch.formulaFlow + (<usize>(f.input * CHUNK) << 2)
    const each = slopes ? <f64>load<f32>(l.scoreSlopes + laneAt(l, f)) : 0
    for (let q: usize = 0, end = <usize>n << 2; q < end; q += 4) {
      const v = <f64>load<f32>(column + q), u = p.a * v + p.b, fu = value(f.kind, u), inner = p.c * slope(f.kind, u)
      const d = <f64>load<f32>(flow + q)
      addTo(s, d, fu, inner, v)
      if (passOn) store<f32>(to + q, <f32>(<f64>load<f32>(to + q) + (d + each * sign(p.c * fu + p.d)) * inner * p.a))
    }
  }
}

// To be called after the way back of the tiles: adds what `formulasBackward` kept to the derivatives by the inputs. Those of
// an input that has formulas alone have not met its range there.
export function formulasPassOn(l: Layer, n: i32, slopes: bool, firstRow: i32): void {
  for (let i = 0; i < l.inputs; i++) {
    const from = scratch.formulaFlow + (<usize>(i * CHUNK) << 2), to = scratch.flow + (<usize>(i * CHUNK) << 2)
    for (let q: usize = 0, end = <usize>n << 2; q < end; q += 4) store<f32>(to + q, load<f32>(to + q) + load<f32>(from + q))
    if (slopes && !isInputAlive(l, i)) addRangeFlow(l.ranges + <usize>i * RANGE_BYTES, to, firstRow, n)
  }
}

// Joins the slots' sums over a batch, and puts those of |phi| among the scores.
export function joinFormulas(l: Layer, slots: i32): void {
  for (let k = 0; k < l.formulaCount; k++) {
    const first = sumsAt(l, k, 0)
    for (let slot = 1; slot < slots; slot++) {
      const other = sumsAt(l, k, slot)
      first.a += other.a
      first.b += other.b
      first.c += other.c
      first.d += other.d
      first.phi += other.phi
    }
    store<f32>(l.scores + laneAt(l, formulaAt(l, k)), <f32>first.phi)
  }
}

// |phi| of a formula over rows and range, from its sum.
export function formulaScore(l: Layer, k: i32): f64 {
  return <f64>load<f32>(l.scores + laneAt(l, formulaAt(l, k))) * <f64>load<f32>(l.ranges + <usize>formulaAt(l, k).input * RANGE_BYTES, 20)
}

// Turns the joined sums into their part of the gradient, once `scoreSlopes` are known.
export function formulaSlopes(l: Layer): void {
  for (let k = 0; k < l.formulaCount; k++) {
    const s = sumsAt(l, k, 0), each = <f64>load<f32>(l.scoreSlopes + laneAt(l, formulaAt(l, k)))
    s.a *= each
    s.b *= each
    s.c *= each
    s.d *= each
  }
}

@inline function addTo(s: Sums, flow: f64, fu: f64, inner: f64, v: f64): void {
  s.a += flow * inner * v
  s.b += flow * inner
  s.c += flow * fu
  s.d += flow
}
@inline function sign(v: f64): f64 { return v > 0 ? 1 : v < 0 ? -1 : 0 }

const X: i32 = 0, X2: i32 = 1, X3: i32 = 2, X4: i32 = 3, X5: i32 = 4, INVERSE: i32 = 5, INVERSE2: i32 = 6, INVERSE3: i32 = 7
const INVERSE4: i32 = 8, INVERSE5: i32 = 9, SQRT: i32 = 10, POWER15: i32 = 11, INVERSE_SQRT: i32 = 12, EXP: i32 = 13, LOG: i32 = 14
const ABS: i32 = 15, SIN: i32 = 16, COS: i32 = 17, TAN: i32 = 18, TANH: i32 = 19, SGN: i32 = 20, ARCSIN: i32 = 21, ARCCOS: i32 = 22
const ARCTAN: i32 = 23, ARCTANH: i32 = 24, ZERO: i32 = 25, GAUSSIAN: i32 = 26

// As in src-shared/numerics/symbolic.ts.
function value(kind: i32, u: f64): f64 {
  const u2 = u * u
  switch (kind) {
    case X: return u
    case X2: return u2
    case X3: return u2 * u
    case X4: return u2 * u2
    case X5: return u2 * u2 * u
    case INVERSE: return 1 / u
    case INVERSE2: return 1 / u2
    case INVERSE3: return 1 / (u2 * u)
    case INVERSE4: return 1 / (u2 * u2)
    case INVERSE5: return 1 / (u2 * u2 * u)
    case SQRT: return Math.sqrt(u)
    case POWER15: return u * Math.sqrt(u)
    case INVERSE_SQRT: return 1 / Math.sqrt(u)
    case EXP: return Math.exp(u)
    case LOG: return Math.log(u)
    case ABS: return Math.abs(u)
    case SIN: return Math.sin(u)
    case COS: return Math.cos(u)
    case TAN: return Math.tan(u)
    case TANH: return Math.tanh(u)
    case SGN: return sign(u)
    case ARCSIN: return Math.asin(u)
    case ARCCOS: return Math.acos(u)
    case ARCTAN: return Math.atan(u)
    case ARCTANH: return Math.atanh(u)
    case ZERO: return 0
    default: return Math.exp(-u2)
  }
}

function slope(kind: i32, u: f64): f64 {
  const u2 = u * u
  switch (kind) {
    case X: return 1
    case X2: return 2 * u
    case X3: return 3 * u2
    case X4: return 4 * u2 * u
    case X5: return 5 * u2 * u2
    case INVERSE: return -1 / u2
    case INVERSE2: return -2 / (u2 * u)
    case INVERSE3: return -3 / (u2 * u2)
    case INVERSE4: return -4 / (u2 * u2 * u)
    case INVERSE5: return -5 / (u2 * u2 * u2)
    case SQRT: return u == 0 ? 0 : 0.5 / Math.sqrt(u)
    case POWER15: return 1.5 * Math.sqrt(u)
    case INVERSE_SQRT: return -0.5 / (u * Math.sqrt(u))
    case EXP: return Math.exp(u)
    case LOG: return 1 / u
    case ABS: return sign(u)
    case SIN: return Math.cos(u)
    case COS: return -Math.sin(u)
    case TAN: return 1 + Math.tan(u) ** 2
    case TANH: return 1 / Math.cosh(u) ** 2
    case ARCSIN: return u2 == 1 ? 0 : 1 / Math.sqrt(1 - u2)
    case ARCCOS: return u2 == 1 ? 0 : -1 / Math.sqrt(1 - u2)
    case ARCTAN: return 1 / (1 + u2)
    case ARCTANH: return 1 / (1 - u2)
    case GAUSSIAN: return -2 * u * Math.exp(-u2)
    // A step and a constant.
    default: return 0
  }
}
