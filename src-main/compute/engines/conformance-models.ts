/** Which networks and tables is an engine held to? Random small ones, over everything that an engine must be able to do. */
import fc from 'fast-check'
import { type Loss, lossSchema, type Regularization } from '../../../src-shared/contract/job'
import { withGroups } from '../../../src-shared/kan/groups'
import type { LayerParameters } from '../../../src-shared/kan/parameters'
import {
  type Base,
  type Basis,
  type EdgeIndex,
  inputsOf,
  type LayerSpecification,
  rbfKernelSchema,
  type Specification,
  specificationSchema,
} from '../../../src-shared/kan/specification'
import { sharingFormula } from '../../../src-shared/kan/symbolic'
import { initialize } from '../../../src-shared/numerics/initialize'
import { shareTied } from '../../../src-shared/numerics/locks'
import { softmax } from '../../../src-shared/numerics/loss'
import { random } from '../../../src-shared/numerics/random'
import type { SymbolicFunction } from '../../../src-shared/numerics/symbolic'
import type { Columns } from './engine'

/** A network, its numbers and a table for it. Everything is a float32 value, so that no engine rounds it. */
export interface Sample {
  readonly specification: Specification
  readonly parameters: readonly LayerParameters[]
  readonly columns: Columns
  /** The same table row by row, as the formulas of src-shared/numerics take it. */
  readonly inputs: Float64Array
  readonly targets: Float64Array
  readonly loss: Loss
  readonly regularization: Regularization | null
}

const bases: fc.Arbitrary<Basis> = fc.oneof(
  fc.record({
    type: fc.constant('spline' as const),
    order: fc.constantFrom(0, 1, 2, 3, 3, 3, 4, 5, 6, 8, 11),
    intervals: fc.constantFrom(1, 2, 3, 5, 5, 13, 40),
  }),
  fc.record({
    type: fc.constant('rbf' as const),
    centers: fc.constantFrom(1, 2, 3, 8, 11, 33),
    kernel: fc.constantFrom(...rbfKernelSchema.options),
  }),
  fc.record({ type: fc.constant('chebyshev' as const), degree: fc.constantFrom(0, 1, 4, 9, 15, 40) }),
)

const layers = fc.record({
  basis: bases,
  nodes: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9, 16, 19),
  base: fc.constantFrom<Base>('silu', 'silu', 'identity', 'tanh', 'zero'),
  bias: fc.boolean(),
  locked: fc.boolean(),
})

const regularizations = fc.option(
  fc.oneof(
    fc.record({
      type: fc.constant('better_kan' as const),
      lambda: fc.constantFrom(0.01, 1),
      l1: fc.constantFrom(0, 1, 0.5),
      entropy: fc.constantFrom(0, 1, 2),
    }),
    fc.record({
      type: fc.constant('pykan' as const),
      metric: fc.constantFrom('edge_forward_spline_n', 'edge_forward_spline_u', 'edge_forward_sum', 'edge_backward'),
      lambda: fc.constantFrom(0.01, 1),
      l1: fc.constantFrom(0, 1, 0.5),
      entropy: fc.constantFrom(0, 1, 2),
      coef: fc.constantFrom(0, 0.1),
      coefDiff: fc.constantFrom(0, 0.2),
    }),
  ),
)

/** Shapes of samples with one of the numbers of rows; `makeSample` draws the numbers by the seed. */
export function shapes(rows: readonly number[]): fc.Arbitrary<Shape> {
  return fc.record({
    inputs: fc.constantFrom(1, 2, 3, 5, 8, 12),
    layers: fc.array(layers, { minLength: 1, maxLength: 3 }),
    rows: fc.constantFrom(...rows),
    loss: fc.constantFrom<Loss>('mse', ...lossSchema.options),
    regularization: regularizations,
    seed: fc.nat(1_000_000),
  })
}

export interface Shape {
  readonly inputs: number
  readonly layers: readonly {
    readonly basis: Basis
    readonly nodes: number
    readonly base?: Base
    readonly bias?: boolean
    /** Freezes, ties and prunes some of the edges, and makes some of them formulas. */
    readonly locked?: boolean
    /** Ties these edges, where not `locked`. */
    readonly tied?: readonly (readonly EdgeIndex[])[]
  }[]
  readonly rows: number
  readonly loss?: Loss
  readonly regularization?: Regularization | null
  readonly seed: number
}

export function makeSample({
  inputs,
  layers: designs,
  rows,
  loss = 'mse',
  regularization = null,
  seed,
}: Shape): Sample {
  const next = random(seed, 'conformance')
  const formulas = random(seed, 'formulas')
  let width = inputs
  const layerList = designs.map(({ basis, nodes, base = 'silu', bias = true, locked = false, tied = [] }) => {
    const locks = locked ? someLocks(width, nodes, next, formulas) : { tied }
    width = nodes
    return { basis, nodes, base, bias, ...locks }
  })
  const groupOf = designs[0]?.locked === true ? someGroup : () => 0
  const specification = withSharedFormulas({
    ...{ format: 1, name: 'sample', seed, initialization: 'scaled' },
    inputs: Array.from({ length: inputs }, (_, i) => ({ name: `x${i}`, group: groupOf(i) })),
    outputs: Array.from({ length: width }, (_, j) => ({ name: `y${j}` })),
    layers: layerList,
  })
  const parameters = initialize(specification).map((layer, l) => disturb(specification, l, layer, next))
  return { specification, parameters, ...makeTable(inputs, width, rows, loss, next), loss, regularization }
}

/** Of the inputs of locked networks some share their curves, and one of many is discarded. */
function someGroup(input: number): number {
  return input % 7 === 6 ? -1 : input % 5 === 1 || input % 5 === 3 ? 1 : 0
}

/** Tied edges share a formula, that of the first of them. */
function withSharedFormulas(design: unknown): Specification {
  const specification = specificationSchema.parse(design)
  const layers = withGroups(specification).layers.map(({ tied }, l) => {
    const layer = specification.layers[l] as LayerSpecification
    const symbolic = tied.reduce((all, tie) => sharingFormula(all, tie[0] as EdgeIndex, tie), layer.symbolic)
    return { ...layer, symbolic }
  })
  return { ...specification, layers }
}

/** Those with values everywhere, and slopes that far inputs do not blow up. */
const FUNCTIONS: readonly SymbolicFunction[] = ['x', 'sin', 'cos', 'tanh', 'arctan', 'gaussian', 'abs', 'sgn', '0']

/** Edges frozen, pruned and tied, none of them too many. */
function someLocks(inputs: number, nodes: number, next: () => number, other: () => number) {
  const edges: EdgeIndex[] = []
  for (let i = 0; i < inputs; i++) for (let j = 0; j < nodes; j++) edges.push([i, j])
  const drawn = edges.map((edge) => ({ edge, key: next() })).sort((a, b) => a.key - b.key)
  const take = (count: number) => drawn.splice(0, Math.min(count, Math.floor(drawn.length / 2))).map(({ edge }) => edge)
  const frozen = take(1 + Math.floor(edges.length / 6))
  const tied = [take(2), take(3)].filter((tie) => tie.length > 1)
  const pruned = take(1 + Math.floor(edges.length / 5))
  // A tied edge may be pruned as well.
  const both = tied[1]?.[0]
  // A formula may be frozen, tied or pruned as well.
  const mixed = [frozen[0], tied[0]?.[0], pruned[0]].filter((edge) => edge !== undefined)
  const fixed = [...take(2), ...mixed.filter(() => other() < 0.3)]
  const number = () => Math.fround(2 * other() - 1)
  const symbolic = fixed.map((edge) => ({
    edge,
    function: FUNCTIONS[Math.floor(other() * FUNCTIONS.length)],
    ...{ a: number(), b: number(), c: number(), d: number() },
  }))
  return { frozen, tied, pruned: both === undefined ? pruned : [...pruned, both], symbolic }
}

/** Larger curves than fresh ones, scalers that are not 1, and knots or centres that are not evenly spaced. */
function disturb(specification: Specification, l: number, layer: LayerParameters, next: () => number): LayerParameters {
  const design = withGroups(specification).layers[l] as LayerSpecification
  const inputs = inputsOf(specification, l)
  const noise = (values: Float64Array, size: number) => values.map((v) => Math.fround(v + size * (next() - 0.5)))
  const size = 1 / Math.sqrt(inputs)
  const disturbed: LayerParameters = {
    // Fresh ones of a high degree are huge, and cancel each other: they would measure the model, not the engine.
    weights: noise(new Float64Array(layer.weights.length), 2 * size),
    baseScaler: noise(layer.baseScaler, size),
    basisScaler: noise(layer.basisScaler, 0.5),
    bias: layer.bias === null ? null : noise(layer.bias, 0.5),
    symbolic: layer.symbolic,
    grid: layer.grid === null ? null : unevenGrid(layer.grid, inputs, next),
    scale: layer.scale === null ? null : layer.scale.map((s) => Math.fround(s * (0.7 + 0.6 * next()))),
  }
  shareTied(design, inputs, disturbed)
  shareGrids(design, disturbed, inputs)
  return disturbed
}

/** Half of the inputs keep their even grid; the points of the others move by up to a third of a step. */
function unevenGrid(grid: Float64Array, inputs: number, next: () => number): Float64Array {
  const points = grid.length / inputs
  return grid.map((point, k) => {
    const i = Math.floor(k / points)
    const step = (grid[1] ?? 1) - (grid[0] as number)
    return Math.fround(i % 2 === 0 ? point : point + (0.6 * next() - 0.3) * step)
  })
}

/** Tied edges share the grid too: their inputs take the one of the tie's first. */
function shareGrids({ tied }: LayerSpecification, { grid, scale }: LayerParameters, inputs: number): void {
  for (const tensor of [grid, scale]) {
    if (tensor === null) continue
    const points = tensor.length / inputs
    // Ties can meet at an input: all inputs take the same grid then.
    const source = tied[0]?.[0]?.[0]
    if (source === undefined) continue
    const shared = tensor.slice(source * points, (source + 1) * points)
    for (const [input] of tied.flat()) tensor.set(shared, input * points)
  }
}

/** Inputs mostly within the grids, some far outside, and some columns that are one value all the way down. */
function makeTable(inputs: number, outputs: number, rows: number, loss: Loss, next: () => number) {
  const draw = () => {
    const kind = next()
    if (kind < 0.02) return (next() - 0.5) * 2e4
    return (next() - 0.5) * (kind < 0.2 ? 6 : 2)
  }
  const column = (make: () => number) => Float64Array.from({ length: rows }, () => Math.fround(make()))
  const x = Array.from({ length: inputs }, () => {
    const values = column(draw)
    return next() < 0.1 ? values.fill(values[0] as number) : values
  })
  const y = Array.from({ length: outputs }, () => column(() => 2 * next() - 1))
  if (loss === 'cross_entropy') makeProbabilities(y, rows)
  return {
    columns: { rows, inputs: x, targets: y },
    inputs: interleave(x, rows),
    targets: interleave(y, rows),
  }
}

/** Every second row is sure of one class. */
function makeProbabilities(columns: readonly Float64Array[], rows: number): void {
  for (let row = 0; row < rows; row++) {
    const values = Float64Array.from(columns, (column) => column[row] as number)
    if (row % 2 === 0) values.fill(0).fill(1, row % values.length, (row % values.length) + 1)
    else softmax(values)
    columns.forEach((column, j) => {
      column[row] = Math.fround(values[j] as number)
    })
  }
}

function interleave(columns: readonly Float64Array[], rows: number): Float64Array {
  const values = new Float64Array(rows * columns.length)
  columns.forEach((column, c) => {
    column.forEach((value, row) => {
      values[row * columns.length + c] = value
    })
  })
  return values
}
