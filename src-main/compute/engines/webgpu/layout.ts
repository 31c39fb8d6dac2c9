/** Where do a network's numbers lie on the card? program.wgsl says what the fields mean. */
import {
  type Base,
  type Basis,
  basisSize,
  gridSize,
  inputsOf,
  type Specification,
  supportSize,
} from '../../../../src-shared/kan/specification'
import { AFFINE_SIZE } from '../../../../src-shared/numerics/symbolic'
import { type Form, radialCode } from './kernels'

/** In the order of program.wgsl. */
const FIELDS = [
  'inputs',
  'nodes',
  'size',
  'support',
  'order',
  'kernel',
  'base',
  'biased',
  'formulas',
  'weights',
  'baseScaler',
  'basisScaler',
  'bias',
  'affine',
  'count',
  'gridSize',
  'grid',
  'scale',
  'kinds',
  'trains',
  'ties',
  'tieCount',
  'x',
  'y',
  'flowX',
  'flowY',
  'targets',
  'values',
  'slopes',
  'baseValues',
  'baseSlopes',
  'spans',
  'scores',
  'means',
  'deviations',
  'scoreSlopes',
  'deviationSlopes',
  'columns',
  'norms',
] as const
export type LayerRecord = Readonly<Record<(typeof FIELDS)[number], number>>

/** As the card reads it. */
export function recordBytes(record: LayerRecord): Uint32Array {
  return Uint32Array.from(FIELDS, (field) => record[field])
}
export const RECORD_BYTES = 4 * FIELDS.length

/** Most steps that are sent to the card at once. */
export const MOST_STEPS = 256
/** As in program.wgsl: where the parts of the gradient's norm begin, and how many a layer has. */
const NORMS = 8
const PARTS = 64
/** Numbers that are kept of each column that reaches a layer, and where they are among them (statistics.wgsl). */
const COLUMN_NUMBERS = 8
export const COLUMN = { smallest: 0, largest: 1, mean: 4, deviation: 5, slope: 6 } as const

export interface Layout {
  readonly layers: readonly LayerRecord[]
  /** What the kernels of each layer are made for. */
  readonly forms: readonly Form[]
  /** What the kernels take for a layer that only has inputs: the outputs of the last. */
  readonly outputs: LayerRecord
  /** Where the parts of the norm are, and where the results of the steps. */
  readonly clip: LayerRecord
  readonly results: LayerRecord
  /** Of the buffers, in numbers; `columns` for each row. */
  readonly parameters: number
  readonly grids: number
  readonly columns: number
  readonly statistics: number
  readonly control: number
}

const BASES: Readonly<Record<Base, number>> = { silu: 0, identity: 1, tanh: 2, zero: 3 }
const BASIS: Readonly<Record<Basis['type'], number>> = { spline: 0, rbf: 1, chebyshev: 2 }

/** The places in `masks` are left at 0: masks.ts knows them. */
export function layoutOf(specification: Specification): Layout {
  let parameters = 0
  let grids = 0
  let statistics = 0
  const inputs = specification.inputs.length
  const outputs = specification.outputs.length
  // The table's rows as a step has them come first.
  let columns = inputs + outputs
  let x = 0
  let flowX = 0
  let columnsOfLayer = 0
  const take = (count: number) => {
    columns += count
    return columns - count
  }
  const keep = (count: number) => {
    statistics += count
    return statistics - count
  }
  const number = (count: number) => {
    parameters += count
    return parameters - count
  }
  const point = (count: number) => {
    grids += count
    return grids - count
  }
  columnsOfLayer = keep(COLUMN_NUMBERS * inputs)
  const layers = specification.layers.map(({ basis, base, nodes, bias, symbolic }, l): LayerRecord => {
    const width = inputsOf(specification, l)
    const edges = width * nodes
    const size = basisSize(basis)
    const support = supportSize(basis)
    const weights = number(edges * size)
    const [reached, flow, seen] = [x, flowX, columnsOfLayer]
    x = take(nodes)
    flowX = take(nodes)
    columnsOfLayer = keep(COLUMN_NUMBERS * nodes)
    return {
      ...{ inputs: width, nodes, size, support },
      order: basis.type === 'spline' ? basis.order : 0,
      kernel: basis.type === 'rbf' ? radialCode(basis.kernel) : 0,
      ...{ base: BASES[base], biased: Number(bias), formulas: Number(symbolic.length > 0) },
      ...{ weights, baseScaler: number(edges), basisScaler: number(edges), bias: number(bias ? nodes : 0) },
      affine: number(symbolic.length > 0 ? AFFINE_SIZE * edges : 0),
      count: parameters - weights,
      ...{ gridSize: gridSize(basis), grid: point(width * gridSize(basis)) },
      scale: point(basis.type === 'rbf' ? width * gridSize(basis) : 0),
      ...{ kinds: 0, trains: 0, ties: 0, tieCount: 0 },
      ...{ x: reached, y: x, flowX: flow, flowY: flowX, targets: inputs },
      ...{ values: take(width * support), slopes: take(width * support) },
      ...{ baseValues: take(width), baseSlopes: take(width), spans: take(width) },
      ...{ scores: keep(edges), means: keep(edges), deviations: keep(edges) },
      ...{ scoreSlopes: keep(edges), deviationSlopes: keep(edges), columns: seen },
      norms: NORMS + PARTS * l,
    }
  })
  const none = Object.fromEntries(FIELDS.map((field) => [field, 0])) as Record<(typeof FIELDS)[number], number>
  const results = NORMS + PARTS * layers.length
  return {
    layers,
    forms: specification.layers.map(({ basis, symbolic }) => ({
      basisType: BASIS[basis.type],
      hasFormulas: Number(symbolic.length > 0),
    })),
    outputs: { ...none, inputs: outputs, x, flowX, columns: columnsOfLayer },
    clip: { ...none, norms: NORMS, count: PARTS * layers.length },
    results: { ...none, norms: results },
    ...{ parameters, grids, columns, statistics, control: results + 2 * MOST_STEPS },
  }
}
