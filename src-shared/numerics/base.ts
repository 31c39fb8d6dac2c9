/** What is the fixed function that every edge adds to its basis? Finite for every finite x. */
import type { Base } from '../kan/specification'

/** base(x): silu x·σ(x), x itself, tanh x or 0. */
export function baseValue(base: Base, x: number): number {
  switch (base) {
    case 'silu':
      return siluValue(x)
    case 'identity':
      return x
    case 'tanh':
      return Math.tanh(x)
    case 'zero':
      return 0
  }
}

/** d base / d x. */
export function baseSlope(base: Base, x: number): number {
  switch (base) {
    case 'silu':
      return siluSlope(x)
    case 'identity':
      return 1
    case 'tanh':
      return tanhSlope(x)
    case 'zero':
      return 0
  }
}

/** 1 − tanh² x as 1/cosh² x, which keeps its digits far from 0. */
export function tanhSlope(x: number): number {
  const cosh = Math.cosh(x)
  return 1 / (cosh * cosh)
}

// Both branches of silu use the exponential that cannot overflow.
function siluValue(x: number): number {
  if (x > 0) return x / (1 + Math.exp(-x))
  const e = Math.exp(x)
  return e === 0 ? 0 : (x * e) / (1 + e)
}

function siluSlope(x: number): number {
  const e = Math.exp(-Math.abs(x))
  if (e === 0) return x > 0 ? 1 : 0
  const near = 1 / (1 + e) // σ(|x|)
  const far = e / (1 + e) // σ(−|x|)
  return x > 0 ? near * (1 + x * far) : far * (1 + x * near)
}
