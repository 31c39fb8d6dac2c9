import { describe, expect, it } from 'vitest'
import type { LayerParameters } from '../../../src-shared/kan/parameters'
import { forwardLayers } from '../../../src-shared/numerics/network'
import { isWellConditioned } from './conformance-conditioning'
import { expectedOf } from './conformance-errors'
import { makeSample, type Sample, type Shape } from './conformance-models'

const STEP = { type: 'spline', order: 0, intervals: 5 } as const
const SPLINE = { type: 'spline', order: 3, intervals: 5 } as const
const SHAPE: Shape = { inputs: 2, layers: [{ basis: SPLINE, nodes: 3 }], rows: 7, seed: 3 }

const isKept = (sample: Sample) => isWellConditioned(sample, expectedOf(sample))

describe('float32 is asked for', () => {
  it('a plain sample', () => {
    expect(isKept(makeSample(SHAPE))).toBe(true)
  })

  it('columns of one value, which do not spread at all', () => {
    const sample = makeSample({ ...SHAPE, rows: 1 })
    expect(isKept(sample)).toBe(true)
  })

  it('a column of a small range about 0, but not far from it', () => {
    const sample = makeSample({ ...SHAPE, layers: [{ basis: SPLINE, base: 'identity', nodes: 3 }] })
    const kept = (offset: number) => isKept(withInputs(sample, (x) => offset + 1e-3 * x))
    expect(kept(0)).toBe(true)
    expect(kept(1000)).toBe(false)
  })

  it('an output that moves, but not one that saturates within what float32 tells apart', () => {
    const layer = { basis: { type: 'chebyshev', degree: 0 }, base: 'tanh', nodes: 1 } as const
    const sample = makeSample({ inputs: 1, layers: [layer], rows: 3, seed: 1 })
    const at = (x: number) => isKept(withInputs(sample, (_, row) => x + row / 4))
    expect(at(1)).toBe(true)
    expect(at(12)).toBe(false)
  })

  it('a step that no value between layers is near', () => {
    const layers = [
      { basis: SPLINE, nodes: 1 },
      { basis: STEP, base: 'zero' as const, nodes: 2 },
    ]
    const sample = makeSample({ ...SHAPE, layers })
    const [, between] = forwardLayers(sample.specification, sample.parameters, sample.inputs).layerInputs
    const value = between?.[4] as number
    const withKnot = (at: number) => isKept(withParameters(sample, 1, ({ grid }) => ({ grid: movedTo(grid, at) })))
    expect(withKnot(value)).toBe(false)
    expect(withKnot(value * (1 + 2e-7))).toBe(false)
    expect(withKnot(value * (1 + 1e-4))).toBe(true)
    // Inputs and knots of the first layer are float32 numbers: both engines see the same.
    const first = makeSample({ ...SHAPE, layers: [{ basis: STEP, base: 'zero', nodes: 2 }] })
    const knot = first.parameters[0]?.grid?.[2] as number
    expect(isKept(withInputs(first, (x, row) => (row === 2 ? knot : x)))).toBe(true)
  })

  it('phi that it holds', () => {
    const layers = [{ basis: { type: 'chebyshev', degree: 0 }, base: 'silu', bias: false, nodes: 1 } as const]
    const regularization = { type: 'better_kan', lambda: 0.01, l1: 1, entropy: 1 } as const
    const drawn = makeSample({ inputs: 1, layers, rows: 1, regularization, seed: 1 })
    const sample = withParameters(drawn, 0, ({ weights }) => ({ weights: weights.map(() => 0) }))
    // silu(-200) is e^-200 in float64, and 0 in float32.
    expect(isKept(withInputs(sample, () => -20))).toBe(true)
    expect(isKept(withInputs(sample, () => -200))).toBe(false)
  })
})

function withInputs(sample: Sample, change: (x: number, row: number) => number): Sample {
  const { columns } = sample
  const changed = columns.inputs.map((column) => Float64Array.from(column, (x, row) => Math.fround(change(x, row))))
  const width = changed.length
  const inputs = sample.inputs.map((_, k) => changed[k % width]?.[Math.floor(k / width)] as number)
  return { ...sample, columns: { ...columns, inputs: changed }, inputs }
}

function withParameters(
  sample: Sample,
  l: number,
  change: (held: LayerParameters) => Partial<LayerParameters>,
): Sample {
  const parameters = sample.parameters.map((held, k) => (k === l ? { ...held, ...change(held) } : held))
  return { ...sample, parameters }
}

/** The grid with its middle moved there, and the other knots far away. */
function movedTo(grid: Float64Array | null, at: number): Float64Array {
  const middle = 2
  return Float64Array.from(grid ?? [], (_, m) => (m === middle ? at : at + 50 * (m - middle)))
}
