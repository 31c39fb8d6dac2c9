/** What did pykan compute? Reads its golden file as our models, parameters and tables. */
import type { LayerParameters, Model } from '../kan/parameters'
import { specificationSchema } from '../kan/specification'
import run from './pykan_spline.json'

const WIDTHS = [3, 4, 2] as const
/** Splines of order 3 on 5 intervals. */
const SIZE = 8

/** Any array of pykan's run, row-major, as it stands in the file. */
export function pykanArray(name: string): Float64Array {
  const arrays: { readonly [name: string]: { readonly data: readonly number[] } | undefined } = run.arrays
  const array = arrays[name]
  if (array === undefined) throw new RangeError(`no golden array ${name}`)
  return Float64Array.from(array.data)
}

/** The network [3, 4, 2] of pykan's run, as it was (`param`) or with some edges made small (`prune.before`). */
export function pykanModel(prefix: 'param' | 'prune.before'): Model {
  const basis = { type: 'spline', order: 3, intervals: 5 }
  const specification = specificationSchema.parse({
    format: 1,
    name: 'pykan',
    inputs: [{ name: 'x1' }, { name: 'x2' }, { name: 'x3' }],
    outputs: [{ name: 'y1' }, { name: 'y2' }],
    layers: [
      { nodes: WIDTHS[1], basis, bias: false },
      { nodes: WIDTHS[2], basis, bias: false },
    ],
  })
  const parameters = ([0, 1] as const).map(
    (l): LayerParameters => ({
      ...pykanTensors(prefix, l),
      bias: null,
      symbolic: null,
      grid: pykanArray(`${prefix}.act_fun.${l}.grid`),
      scale: null,
    }),
  )
  return { specification, parameters, moments: null }
}

/**
 * The tensors of a layer under a prefix, `param` or one of gradients. pykan has them as [I, O, n] and [I, O], and no bias:
 * phi = scale_base·silu(x) + scale_sp·Σ coef·B(x).
 */
export function pykanTensors(prefix: string, l: 0 | 1) {
  const inputs = WIDTHS[l]
  const tensor = (name: string, size: number) => transpose(pykanArray(`${prefix}.act_fun.${l}.${name}`), inputs, size)
  return { weights: tensor('coef', SIZE), baseScaler: tensor('scale_base', 1), basisScaler: tensor('scale_sp', 1) }
}

/** [I, O, n] to [O, I, n]. */
function transpose(array: Float64Array, inputs: number, size: number): Float64Array {
  const outputs = array.length / (inputs * size)
  return array.map((_, k) => {
    const edge = Math.floor(k / size)
    const i = edge % inputs
    const j = Math.floor(edge / inputs)
    return array[(i * outputs + j) * size + (k % size)] as number
  })
}
