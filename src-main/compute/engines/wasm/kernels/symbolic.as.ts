// Edges that are formulas, c f(a x + b) + d, one after the other and in f64: there are few of them. Their lanes in the tiles
// hold zeros, as those of pruned edges do; what they give is added to a layer's columns.
import { addRangeFlow, CHUNK, isInputAlive, Layer, RANGE_BYTES, rowBytes, scratch, slotOffset } from './layer.as'

// What `formulas` of a layer points to, one after the other.
@unmanaged class Formula {
  input: i32; output: i32
  kind: i32        // as formulas.ts numbers the functions
  live: i32        // whether it is not pruned
  place: i32       // of the output among the lanes of all tiles
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
  return <usize>((f.place / l.lanes) * l.inputs + f.input) * rowBytes(l) + (<usize>(f.place % l.lanes) << 2)
}

// Adds phi to the outputs of a chunk, and, where it is asked for, |phi| and its derivatives to the slot's sums.
export function formulasForward(l: Layer, x: usize, xStride: usize, n: i32, output: usize, outputStride: usize, scores: bool, slot: i32): void {
  for (let k = 0; k < l.formulaCount; k++) {
    const f = formulaAt(l, k), p = numbersAt(l, k), s = sumsAt(l, k, slot)
    if (!f.live) continue
    const column = x + <usize>f.input * xStride, y = output + <usize>f.output * outputStride
    for (let q: usize = 0, end = <usize>n << 2; q < end; q += 4) {
      const v = <f64>load<f32>(column + q), u = p.a * v + p.b
      if (scores) evaluate(f.kind, u)
      else fu = value(f.kind, u)
      const phi = p.c * fu + p.d
      store<f32>(y + q, <f32>(<f64>load<f32>(y + q) + phi))
      if (!scores) continue
      s.phi += Math.abs(phi)
      addTo(s, sign(phi), p.c * slope, v)
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
      const v = <f64>load<f32>(column + q), d = <f64>load<f32>(flow + q)
      evaluate(f.kind, p.a * v + p.b)
      const inner = p.c * slope
      addTo(s, d, inner, v)
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

// Of the row that was evaluated last.
@inline function addTo(s: Sums, flow: f64, inner: f64, v: f64): void {
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

// f(u) and its slope, which mostly follows from the value.
let fu: f64 = 0, slope: f64 = 0
function evaluate(kind: i32, u: f64): void {
  const f = value(kind, u)
  fu = f
  switch (kind) {
    case X: slope = 1; break
    case X2: slope = 2 * u; break
    case X3: slope = 3 * u * u; break
    case X4: slope = 4 * u * u * u; break
    case X5: slope = 5 * u * u * u * u; break
    case INVERSE: slope = -f * f; break
    case INVERSE2: slope = -2 * f / u; break
    case INVERSE3: slope = -3 * f / u; break
    case INVERSE4: slope = -4 * f / u; break
    case INVERSE5: slope = -5 * f / u; break
    case SQRT: slope = u == 0 ? 0 : 0.5 / f; break
    case POWER15: slope = 1.5 * Math.sqrt(u); break
    case INVERSE_SQRT: slope = -0.5 * f / u; break
    case EXP: slope = f; break
    case LOG: slope = 1 / u; break
    case ABS: slope = sign(u); break
    case SIN: slope = Math.cos(u); break
    case COS: slope = -Math.sin(u); break
    case TAN: slope = 1 + f * f; break
    case TANH: slope = 1 - f * f; break
    case ARCSIN: slope = u * u == 1 ? 0 : 1 / Math.sqrt(1 - u * u); break
    case ARCCOS: slope = u * u == 1 ? 0 : -1 / Math.sqrt(1 - u * u); break
    case ARCTAN: slope = 1 / (1 + u * u); break
    case ARCTANH: slope = 1 / (1 - u * u); break
    case GAUSSIAN: slope = -2 * u * f; break
    // A step and a constant.
    default: slope = 0
  }
}
