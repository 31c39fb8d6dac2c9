import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { largestError } from '../golden/error'
import { goldenArray, goldenModel, goldenParameters } from '../golden/golden'
import type { LayerParameters } from '../kan/parameters'
import { type Basis, type LayerSpecification, specificationSchema } from '../kan/specification'
import { fitOnSamples } from './change-of-basis'
import { edgeCurve } from './curve'
import { gridRange, inputGrid } from './grid'
import { gridOfSamples, updateGrids } from './grid-update'
import { initializeLayer } from './initialize'
import { forward, forwardLayers } from './network'
import { random } from './random'

const SPLINE: Basis = { type: 'spline', order: 3, intervals: 5 }
const RBF: Basis = { type: 'rbf', centers: 8, kernel: 'gaussian' }

/** Two inputs, three nodes, curves that wave gently. */
function layerOf(basis: Basis, locks: Partial<LayerSpecification> = {}) {
  const specification = specificationSchema.parse({
    ...{ format: 1, name: 'test', inputs: [{ name: 'x' }, { name: 'y' }] },
    outputs: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
    layers: [{ nodes: 3, basis, ...locks }],
  })
  const parameters = initializeLayer(specification, 0)
  parameters.weights.forEach((_, k) => {
    parameters.weights[k] = Math.sin(0.7 * k)
  })
  return { layer: specification.layers[0] as LayerSpecification, parameters }
}

const uniform = (count: number, from: number, to: number, seed = 1) => {
  const next = random(seed)
  return Float64Array.from({ length: count }, () => from + next() * (to - from))
}
const column = (values: Float64Array, width: number, input: number) => values.filter((_, k) => k % width === input)
const columns = (values: Float64Array, width: number) =>
  Array.from({ length: width }, (_, input) => column(values, width, input))
const worst = (
  layer: LayerSpecification,
  a: LayerParameters,
  b: LayerParameters,
  input: number,
  points: Float64Array,
) =>
  Math.max(
    ...[0, 1, 2].map((j) =>
      largestError(edgeCurve(layer, b, 2, [input, j], points), edgeCurve(layer, a, 2, [input, j], points)),
    ),
  )

describe('a grid update of better_kan', () => {
  const { specification, parameters } = goldenModel('spline')
  const batch = goldenArray('spline', 'grid_update.batch')
  const after = goldenParameters('spline', 'after_grid_update')

  test('has the golden spline grids and weights, a layer after the other, and the golden outputs', () => {
    let updated: readonly LayerParameters[] = parameters
    specification.layers.forEach((layer, l) => {
      const { layerInputs } = forwardLayers(specification, updated, batch)
      const samples = columns(layerInputs[l] as Float64Array, l === 0 ? 3 : 4)
      updated = updated.map((tensors, k) => (k === l ? updateGrids(layer, tensors, samples) : tensors))
    })
    updated.forEach((tensors, l) => {
      expect(largestError(tensors.grid ?? [], after[l]?.grid ?? [])).toBeLessThan(1e-14)
      expect(largestError(tensors.weights, after[l]?.weights ?? [])).toBeLessThan(1e-10)
    })
    const output = forward(specification, updated, goldenArray('spline', 'x'))
    expect(largestError(output, goldenArray('spline', 'after_grid_update.output'))).toBeLessThan(1e-10)
  })

  // Upstream's new sigmas are computed across inputs: its grids hold, and its weights where its sigmas are put in.
  test('has the golden centres of RBF, and with the golden sigmas the golden weights', () => {
    const { specification, parameters } = goldenModel('rbf')
    const after = goldenParameters('rbf', 'after_grid_update')
    const [first, second] = after as [LayerParameters, LayerParameters]
    const between = [first, parameters[1] as LayerParameters]
    const { layerInputs } = forwardLayers(specification, between, goldenArray('rbf', 'grid_update.batch'))
    specification.layers.forEach(({ basis }, l) => {
      const old = parameters[l] as LayerParameters
      const golden = l === 0 ? first : second
      columns(layerInputs[l] as Float64Array, l === 0 ? 3 : 4).forEach((samples, input) => {
        const grid = inputGrid(basis, golden, input)
        const sorted = samples.toSorted()
        expect(largestError(gridOfSamples(basis, sorted)?.grid ?? [], grid.grid)).toBeLessThan(1e-14)
        const from = { basis, grid: inputGrid(basis, old, input) }
        const change = fitOnSamples(from, { basis, grid }, sorted, gridRange(basis, grid, [-1, 1]))
        const weights = old.weights.subarray(input * 8, input * 8 + 8)
        const fitted = Array.from({ length: 8 }, (_, m) =>
          weights.reduce((sum, w, c) => sum + w * (change[m * 8 + c] ?? 0), 0),
        )
        expect(largestError(fitted, golden.weights.subarray(input * 8, input * 8 + 8))).toBeLessThan(1e-9)
      })
    })
  })
})

describe('a grid that follows its samples', () => {
  test.each([SPLINE, RBF])('keeps the curves of $type where the samples are', (basis) => {
    const { layer, parameters } = layerOf(basis)
    const samples = [uniform(400, -0.5, 0.4), uniform(400, -0.9, 0.9, 2)]
    const updated = updateGrids(layer, parameters, samples)
    expect(updated.grid).not.toEqual(parameters.grid)
    samples.forEach((points, input) => {
      expect(worst(layer, parameters, updated, input, points)).toBeLessThan(basis === RBF ? 0.2 : 0.1)
    })
  })

  test.each([{ samples: [-0.8, 0.1, 0.7] }, { samples: [0.2] }])(
    'keeps the old curve where samples at $samples leave coefficients free',
    ({ samples }) => {
      const { layer, parameters } = layerOf(SPLINE)
      const updated = updateGrids(layer, parameters, [samples, samples])
      const range = gridRange(SPLINE, inputGrid(SPLINE, updated, 0), [-1, 1])
      expect(worst(layer, parameters, updated, 0, Float64Array.from(samples))).toBeLessThan(1e-6)
      expect(worst(layer, parameters, updated, 0, uniform(60, ...range))).toBeLessThan(0.2)
    },
  )

  test('leaves inputs with a frozen edge, and those tied to them, as they are to the bit', () => {
    const samples = [uniform(50, 0, 2), uniform(50, -3, 0)]
    const { layer, parameters } = layerOf(SPLINE, { frozen: [[1, 0]] })
    const updated = updateGrids(layer, parameters, samples)
    expect(updated.grid?.subarray(12)).toEqual(parameters.grid?.subarray(12))
    expect(updated.grid?.subarray(0, 12)).not.toEqual(parameters.grid?.subarray(0, 12))
    const locks = {
      frozen: [[1, 0] as [number, number]],
      tied: [
        [
          [0, 2],
          [1, 2],
        ] as [number, number][],
      ],
    }
    const tied = layerOf(SPLINE, locks)
    expect(updateGrids(tied.layer, tied.parameters, samples)).toBe(tied.parameters)
  })

  test('is shared by the inputs of tied edges, of the samples of both, and the edges stay equal', () => {
    const tied = [
      [
        [0, 2],
        [1, 1],
      ] as [number, number][],
    ]
    const { layer, parameters } = layerOf(SPLINE, { tied })
    parameters.weights.copyWithin(3 * 8, 4 * 8, 5 * 8)
    const samples = [uniform(50, 0, 2), uniform(50, -3, 0)]
    const updated = updateGrids(layer, parameters, samples)
    const both = Float64Array.of(...(samples[0] ?? []), ...(samples[1] ?? [])).sort()
    const expected = gridOfSamples(SPLINE, both)?.grid
    expect(updated.grid?.subarray(0, 12)).toEqual(expected)
    expect(updated.grid?.subarray(12)).toEqual(expected)
    expect(updated.weights.subarray(3 * 8, 4 * 8)).toEqual(updated.weights.subarray(4 * 8, 5 * 8))
  })

  test.each([SPLINE, RBF])(
    'keeps curves of pruned edges over the whole old grid, not only where most samples are: $type',
    (basis) => {
      const points = uniform(400, -1, 1)
      // Most of them to one side of the middle, where the live curves are kept best.
      const samples = uniform(400, 0, 1).map((u, k) => (k % 20 === 0 ? 2 * u - 1 : 0.4 * u))
      const bend = (locks: Partial<LayerSpecification>) => {
        const { layer, parameters } = layerOf(basis, locks)
        const updated = updateGrids(layer, parameters, [samples, samples])
        expect(updated.grid).not.toEqual(parameters.grid)
        const [before, after] = [parameters, updated].map((of) => edgeCurve(layer, of, 2, [0, 1], points))
        const norm = (values: ArrayLike<number> = []) => Math.hypot(...Array.from(values))
        return norm(after?.map((v, k) => v - (before?.[k] as number))) / norm(before)
      }
      const [pruned, live] = [bend({ pruned: [[0, 1]] }), bend({})]
      expect(pruned).toBeLessThan(basis === RBF ? 0.25 : 0.002)
      expect(pruned).toBeLessThan(live)
    },
  )

  test('leaves inputs whose edges are all pruned as they are to the bit', () => {
    const pruned = [0, 1, 2].map((j): [number, number] => [1, j])
    const { layer, parameters } = layerOf(SPLINE, { pruned })
    const samples = [uniform(50, 0, 2), uniform(50, -3, 0)]
    const updated = updateGrids(layer, parameters, samples)
    expect(updated.grid?.subarray(0, 12)).not.toEqual(parameters.grid?.subarray(0, 12))
    expect(updated.grid?.subarray(12)).toEqual(parameters.grid?.subarray(12))
    for (const [input, j] of pruned) {
      const edge = 8 * (2 * j + input)
      expect(updated.weights.subarray(edge, edge + 8)).toEqual(parameters.weights.subarray(edge, edge + 8))
    }
  })

  test('keeps a pruned edge that is tied equal to the others', () => {
    const tied: [number, number][][] = [
      [
        [0, 0],
        [0, 1],
      ],
    ]
    const { layer, parameters } = layerOf(SPLINE, { tied, pruned: [[0, 1]] })
    parameters.weights.copyWithin(2 * 8, 0, 8)
    const samples = uniform(50, -0.5, 0.5)
    const updated = updateGrids(layer, parameters, [samples, samples])
    expect(updated.weights.subarray(0, 8)).not.toEqual(parameters.weights.subarray(0, 8))
    expect(updated.weights.subarray(16, 24)).toEqual(updated.weights.subarray(0, 8))
  })

  test('keeps the curves on grids that are finer than the samples', () => {
    const { layer, parameters } = layerOf({ type: 'spline', order: 3, intervals: 300 })
    const samples = uniform(250, -0.9, 0.9)
    const updated = updateGrids(layer, parameters, [samples, samples])
    expect(worst(layer, parameters, updated, 0, uniform(50, -0.8, 0.8))).toBeLessThan(0.5)
    expect(updated.weights.every(Number.isFinite)).toBe(true)
  })

  test('is left alone where it follows the same samples already', () => {
    const { layer, parameters } = layerOf(RBF)
    const samples = [uniform(50, 0, 2), uniform(50, -3, 0)]
    const updated = updateGrids(layer, parameters, samples)
    expect(updateGrids(layer, updated, samples)).toBe(updated)
    const stored = { ...updated, grid: Float64Array.from(Float32Array.from(updated.grid ?? [])) }
    expect(updateGrids(layer, stored, samples)).toBe(stored)
  })

  test('is none of Chebyshev polynomials', () => {
    const { layer, parameters } = layerOf({ type: 'chebyshev', degree: 4 })
    expect(updateGrids(layer, parameters, [[1], [2]])).toBe(parameters)
  })

  test('stays as it is where no sample is finite, or all are beyond float32', () => {
    const { layer, parameters } = layerOf(SPLINE)
    expect(updateGrids(layer, parameters, [[], [Number.NaN, Number.POSITIVE_INFINITY]])).toBe(parameters)
    expect(updateGrids(layer, parameters, [[3.4e38, -3.4e38], [1e300]])).toBe(parameters)
  })

  test.each([
    { name: 'constants', samples: (value: number) => new Array(20).fill(value) },
    { name: 'two values', samples: (value: number) => [value, value, value, value + 1, value + 1] },
    { name: 'one sample', samples: (value: number) => [value] },
  ])('of $name keeps its knots apart as float32, however large they are', ({ samples }) => {
    for (const value of [0, 1, -1, 0.1, 1e6, -1e6, 1.7e9, -3e20, 1e37]) {
      for (const basis of [SPLINE, RBF, { type: 'spline', order: 0, intervals: 40 } as const]) {
        const { layer, parameters } = layerOf(basis)
        const updated = updateGrids(layer, parameters, [samples(value), samples(value)])
        const { grid, scale } = inputGrid(basis, updated, 0)
        const stored = Float32Array.from(grid)
        stored.forEach((knot, m) => {
          if (m > 0) expect(knot).toBeGreaterThan(stored[m - 1] as number)
        })
        expect([...scale, ...updated.weights].every(Number.isFinite)).toBe(true)
      }
    }
  })

  test('is finite and increasing whatever the samples are', () => {
    const value = fc.oneof(fc.double({ noNaN: false }), fc.float(), fc.constantFrom(0, 1, 1e-30))
    const basis = fc.oneof(
      fc.record({ type: fc.constant('spline' as const), order: fc.nat(5), intervals: fc.integer({ min: 1, max: 9 }) }),
      fc.record({
        type: fc.constant('rbf' as const),
        centers: fc.integer({ min: 1, max: 9 }),
        kernel: fc.constant('gaussian'),
      }),
    )
    fc.assert(
      fc.property(basis, fc.array(value, { maxLength: 30 }), (basis, samples) => {
        const { layer, parameters } = layerOf(basis)
        const updated = updateGrids(layer, parameters, [samples, samples])
        const stored = Float32Array.from(inputGrid(basis, updated, 0).grid)
        expect(stored.every((knot, m) => m === 0 || knot > (stored[m - 1] as number))).toBe(true)
        expect([...(updated.scale ?? []), ...updated.weights].every(Number.isFinite)).toBe(true)
      }),
      { numRuns: 200, seed: 1 },
    )
  })
})
