/** What did the original programs compute? Reads the golden files as our models, parameters and tables. */
import type { LayerParameters, LayerTensors, Model } from '../kan/parameters'
import { type Basis, specificationSchema } from '../kan/specification'
import basisTables from './basis_tables.json'
import chebyshevRun from './better_kan_bk_seed_che.json'
import rbfRun from './better_kan_bk_seed_rbf.json'
import splineRun from './better_kan_bk_seed_spl.json'

/** The network of a golden run: splines (k 3, G 5), eight Gaussians, or Chebyshev polynomials of degree 4. */
export type GoldenKind = 'spline' | 'rbf' | 'chebyshev'
export const goldenKinds: readonly GoldenKind[] = ['spline', 'rbf', 'chebyshev']

const WIDTHS = [3, 4, 2] as const

/** Any array of a golden run, row-major, as it stands in the file. */
export function goldenArray(kind: GoldenKind, name: string): Float64Array {
  return numbers(runs[kind], name)
}

/** The network [3, 4, 2] of a golden run, as it was (`param`) or with some edges made small (`prune.before`). */
export function goldenModel(kind: GoldenKind, prefix: 'param' | 'prune.before' = 'param'): Model {
  const specification = specificationSchema.parse({
    format: 1,
    name: kind,
    inputs: [{ name: 'x1' }, { name: 'x2' }, { name: 'x3' }],
    outputs: [{ name: 'y1' }, { name: 'y2' }],
    layers: [
      { nodes: WIDTHS[1], basis: bases[kind] },
      { nodes: WIDTHS[2], basis: bases[kind] },
    ],
  })
  return { specification, parameters: goldenParameters(kind, prefix), moments: null }
}

/** The batch of seven rows: inputs [7, 3] and targets [7, 2]. */
export function goldenBatch(kind: GoldenKind): { inputs: Float64Array; targets: Float64Array } {
  return { inputs: goldenArray(kind, 'x'), targets: goldenArray(kind, 'y') }
}

/** Tensors of both layers under a prefix: `param`, `grad`, `reg(0.5,2)_grad`, `adam_final`. */
export function goldenTensors(
  kind: GoldenKind,
  prefix: string,
  widths: readonly [number, number] = [WIDTHS[0], WIDTHS[1]],
): LayerTensors[] {
  return [0, 1].map((l) => {
    const inputs = widths[l] as number
    const name = (tensor: string) => `${prefix}.layers.${l}.${tensor}`
    return {
      weights: swapLastTwo(goldenArray(kind, name('weights')), inputs, sizes[kind]),
      baseScaler: goldenArray(kind, name('base_scaler')),
      basisScaler: goldenArray(kind, name('basis_scaler')),
      bias: goldenArray(kind, name('bias')),
      symbolic: null,
    }
  })
}

/**
 * The spline network whose first two inputs are in a group, and its golden gradients. The original program holds a shared
 * curve once; here every slot of it has the numbers.
 */
export function goldenGroup(): { model: Model; gradients: LayerTensors[] } {
  const { specification, parameters } = goldenModel('spline')
  const inputs = specification.inputs.map((input, i) => ({ ...input, group: i < 2 ? 1 : 0 }))
  const tensors = (prefix: string) => goldenTensors('spline', `lock[1,1,0].${prefix}`, [2, 4]).map(spread)
  return {
    model: {
      specification: { ...specification, inputs },
      parameters: tensors('param').map((trained, l) => ({ ...(parameters[l] as LayerParameters), ...trained })),
      moments: null,
    },
    gradients: tensors('grad'),
  }
}

/** From curves [O, 2] of the first layer to slots [O, 3]. */
function spread(tensors: LayerTensors, l: number): LayerTensors {
  if (l > 0) return tensors
  const slots = (values: Float64Array) => {
    const size = values.length / (2 * WIDTHS[1])
    return Float64Array.from({ length: 3 * size * WIDTHS[1] }, (_, k) => {
      const [m, i, j] = [k % size, Math.floor(k / size) % 3, Math.floor(k / size / 3)]
      return values[(2 * j + (i < 2 ? 0 : 1)) * size + m] as number
    })
  }
  const { weights, baseScaler, basisScaler } = tensors
  return { ...tensors, weights: slots(weights), baseScaler: slots(baseScaler), basisScaler: slots(basisScaler) }
}

/** Parameters of both layers with their grids under a prefix: `param`, `after_grid_update`. */
export function goldenParameters(kind: GoldenKind, prefix: string): LayerParameters[] {
  return goldenTensors(kind, prefix).map((tensors, l) => {
    const inputs = l === 0 ? WIDTHS[0] : WIDTHS[1]
    const perInput = (tensor: string) => {
      const array = goldenArray(kind, `${prefix}.layers.${l}.${tensor}`)
      return swapLastTwo(array, inputs, array.length / inputs)
    }
    return {
      ...tensors,
      // Upstream stores a grid for Chebyshev too, and never reads it.
      grid: kind === 'chebyshev' ? null : perInput('grid'),
      scale: kind === 'rbf' ? perInput('sigmas') : null,
    }
  })
}

/** A table of `basis_tables.json`, row-major. */
export function goldenTable(name: string): Float64Array {
  return numbers(basisTables, name)
}

interface GoldenFile {
  readonly arrays: { readonly [name: string]: { readonly data: readonly (number | null)[] } | undefined }
}

const runs: Readonly<Record<GoldenKind, GoldenFile>> = { spline: splineRun, rbf: rbfRun, chebyshev: chebyshevRun }
const sizes: Readonly<Record<GoldenKind, number>> = { spline: 8, rbf: 8, chebyshev: 5 }
const bases: Readonly<Record<GoldenKind, Basis>> = {
  spline: { type: 'spline', order: 3, intervals: 5 },
  rbf: { type: 'rbf', centers: 8, kernel: 'gaussian' },
  chebyshev: { type: 'chebyshev', degree: 4 },
}

/** The files hold weights as [O, n, I] and grids as [n, I]; ours are [O, I, n] and [I, n]. */
function swapLastTwo(array: Float64Array, inputs: number, size: number): Float64Array {
  return array.map((_, k) => {
    const m = k % size
    const i = Math.floor(k / size) % inputs
    const outer = Math.floor(k / (size * inputs))
    return array[(outer * size + m) * inputs + i] as number
  })
}

function numbers(file: GoldenFile, name: string): Float64Array {
  const array = file.arrays[name]
  if (array === undefined) throw new RangeError(`no golden array ${name}`)
  return Float64Array.from(array.data, (value) => value ?? Number.NaN)
}
