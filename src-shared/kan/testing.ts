/** Random models and edits for property tests. */
import fc from 'fast-check'
import { initialize } from '../numerics/initialize'
import { shareTied } from '../numerics/locks'
import { random } from '../numerics/random'
import { AFFINE_SIZE, symbolicFunctions } from '../numerics/symbolic'
import type { PersonsEdit } from './edits/edit'
import { withGroups } from './groups'
import { layerAt } from './names'
import type { LayerParameters, LayerTensors, Model, Moments } from './parameters'
import {
  type EdgeIndex,
  gridSize,
  inputsOf,
  rbfKernelSchema,
  type Specification,
  specificationSchema,
} from './specification'
import { functionsOf, sharingFormula } from './symbolic'
import { checkConsistency } from './validate'

const basis = fc.oneof(
  fc.record({
    type: fc.constant('spline' as const),
    order: fc.integer({ min: 0, max: 3 }),
    intervals: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({
    type: fc.constant('rbf' as const),
    centers: fc.integer({ min: 1, max: 5 }),
    kernel: fc.constantFrom(...rbfKernelSchema.options),
  }),
  fc.record({ type: fc.constant('chebyshev' as const), degree: fc.integer({ min: 0, max: 4 }) }),
)

const base = fc.constantFrom('silu' as const, 'identity' as const, 'tanh' as const, 'zero' as const)

const group = fc.constantFrom(0, 0, 0, 1, 1, 2, -1)

/** Sound designs of one to three layers with locks of every kind. */
const specifications: fc.Arbitrary<Specification> = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 4 })
  .chain((widths) =>
    fc.record({
      seed: fc.nat(1000),
      initialization: fc.constantFrom('scaled' as const, 'better_kan' as const),
      inputs: fc
        .array(group, { minLength: widths[0] ?? 1, maxLength: widths[0] ?? 1 })
        .map((groups) => groups.map((group, k) => ({ name: `x${k}`, group }))),
      outputs: fc.constant(Array.from({ length: widths[widths.length - 1] ?? 1 }, (_, k) => ({ name: `y${k}` }))),
      layers: fc.tuple(...widths.slice(1).map((nodes, l) => layers(widths[l] ?? 1, nodes))),
      preprocessing: fc.option(fc.constant(scaling(widths[0] ?? 1, widths[widths.length - 1] ?? 1)), {
        nil: undefined,
      }),
      history: fc.option(fc.record({ step: fc.nat(100), run: fc.constant('runs/one') }), { nil: undefined }),
    }),
  )
  .map((fields) => {
    const given = JSON.parse(JSON.stringify({ format: 1, name: 'random', ...fields }))
    const parsed = specificationSchema.parse(given)
    const layers = withGroups(parsed).layers.map(({ tied }, l) => {
      const layer = layerAt(parsed, l)
      return { ...layer, symbolic: tied.reduce((all, tie) => sharingFormula(all, layerEdge(tie), tie), layer.symbolic) }
    })
    return checkConsistency({ ...parsed, layers }, 'random')
  })

/** Trained ones: every number is random, moments included. */
export const models: fc.Arbitrary<Model> = fc
  .tuple(specifications, fc.boolean(), fc.nat())
  .map(([specification, isTrained, seed]) => {
    const first = initialize(specification).map((held, l) => ({ ...held, grid: ownGrids(specification, l, held.grid) }))
    return trained(specification, first, isTrained, seed)
  })

/** Other numbers in every trainable tensor, as training would leave them. */
export function retrained({ specification, parameters, moments }: Model, seed: number): Model {
  return trained(specification, parameters, moments !== null, seed)
}

/** Edits that mostly make sense for a design; some are refused. */
export function editsOf(specification: Specification): fc.Arbitrary<PersonsEdit> {
  const count = specification.layers.length
  const layer = fc.nat(count - 1)
  const edgeEdits = layer.chain((l) => {
    const edge = edges(inputsOf(specification, l), specification.layers[l]?.nodes ?? 1)
    return fc.record({
      type: fc.constantFrom('freeze', 'unfreeze', 'prune', 'unprune', 'tie', 'untie'),
      layer: fc.constant(l),
      edges: fc.array(edge, { minLength: 1, maxLength: 4 }),
    })
  })
  const nodeEdits = layer.chain((l) => {
    const chosen = {
      layer: fc.constant(l),
      nodes: fc.uniqueArray(fc.nat((specification.layers[l]?.nodes ?? 1) - 1), { minLength: 1, maxLength: 3 }),
    }
    return fc.oneof(
      fc.record({ type: fc.constantFrom('remove-nodes' as const, 'duplicate-nodes' as const), ...chosen }),
      fc.record({ type: fc.constant('move-nodes' as const), ...chosen, to: fc.nat(3) }),
    )
  })
  const width = fc.integer({ min: 1, max: 5 })
  const names = (before: readonly { readonly name: string }[]) =>
    fc.uniqueArray(fc.constantFrom(...before.map(({ name }) => name), 'new', 'other'), { minLength: 1, maxLength: 4 })
  return fc.oneof(
    edgeEdits,
    edgeEdits,
    fc.record({
      type: fc.constant('set-group' as const),
      inputs: fc.array(fc.nat(specification.inputs.length - 1), { minLength: 1, maxLength: 3 }),
      group,
    }),
    layer.chain((l) =>
      fc.record({
        type: fc.constant('set-symbolic' as const),
        layer: fc.constant(l),
        edge: edges(inputsOf(specification, l), specification.layers[l]?.nodes ?? 1),
        formula: fc.option(fc.record(formula)),
      }),
    ),
    layer.chain((l) =>
      fc.record({
        type: fc.constant('shape-edge' as const),
        layer: fc.constant(l),
        edge: edges(inputsOf(specification, l), specification.layers[l]?.nodes ?? 1),
        points: fc.array(fc.record({ x: number, y: fc.option(number) }), { minLength: 1, maxLength: 5 }),
      }),
    ),
    fc.record({ type: fc.constant('set-basis' as const), layer, basis }),
    fc.record({ type: fc.constant('set-base' as const), layer, base }),
    fc.record({ type: fc.constant('set-range' as const), layer, range: fc.tuple(number, number) }),
    fc.record({ type: fc.constant('set-width' as const), layer, nodes: width }),
    nodeEdits,
    fc.constant({ type: 'compact' as const }),
    fc.record({ type: fc.constant('add-layer' as const), at: fc.nat(count), nodes: width, basis }),
    fc.record({ type: fc.constant('remove-layer' as const), at: layer }),
    fc.record({ type: fc.constant('move-layer' as const), from: layer, to: layer }),
    fc.record({
      type: fc.constant('set-columns' as const),
      inputs: names(specification.inputs),
      outputs: names(specification.outputs),
    }),
    fc.record({ type: fc.constantFrom('rename-input', 'rename-output'), index: fc.nat(3), name: fc.constant('a') }),
    fc.constant({ type: 'rename' as const, name: 'another' }),
    fc.constant({ type: 'set-preprocessing' as const, preprocessing: null }),
    fc.constant({ type: 'reset' as const }),
  )
}

const number = fc.double({ min: -2, max: 2, noNaN: true }).map((value) => value + 0)
const formula = {
  function: fc.constantFrom(...symbolicFunctions),
  ...{ a: number, b: number, c: number, d: number },
}

function layerEdge(tie: readonly EdgeIndex[]): EdgeIndex {
  return tie[0] ?? [0, 0]
}

function layers(inputs: number, nodes: number) {
  const edge = edges(inputs, nodes)
  const ties = fc
    .uniqueArray(edge, { maxLength: 4, selector: String })
    .map((group) => (group.length < 2 ? [] : [group]))
  return fc.record({
    nodes: fc.constant(nodes),
    basis,
    base,
    bias: fc.boolean(),
    frozen: fc.array(edge, { maxLength: 2 }),
    pruned: fc.array(edge, { maxLength: 2 }),
    tied: ties,
    symbolic: fc.uniqueArray(fc.record({ edge, ...formula }), { maxLength: 3, selector: ({ edge }) => String(edge) }),
  })
}

function edges(inputs: number, nodes: number): fc.Arbitrary<EdgeIndex> {
  return fc.tuple(fc.nat(inputs - 1), fc.nat(nodes - 1))
}

/** Every input has another grid, as after grid updates, where no tie demands one for all. */
function ownGrids(specification: Specification, l: number, grid: Float64Array | null): Float64Array | null {
  const layer = withGroups(specification).layers[l]
  if (grid === null || layer === undefined || layer.tied.length > 0) return grid
  const size = gridSize(layer.basis)
  return grid.map((knot, k) => knot * (1 + Math.floor(k / size)))
}

function scaling(inputs: number, outputs: number) {
  const columns = (letter: string, length: number) =>
    Array.from({ length }, (_, k) => ({ column: `${letter}${k}`, center: 0.1 * k, spread: 1 + k }))
  return { scaling: 'standard' as const, inputs: columns('x', inputs), outputs: columns('y', outputs) }
}

/** Numbers of formulas alone: the slots of curves hold zeros. */
function formulaNoise(specification: Specification, l: number, length: number, next: () => number): Float64Array {
  const functions = functionsOf(layerAt(specification, l), inputsOf(specification, l))
  return Float64Array.from({ length }, (_, k) => (functions?.[Math.floor(k / AFFINE_SIZE)] ? 2 * next() - 1 : 0))
}

function trained(
  specification: Specification,
  before: readonly LayerParameters[],
  isTrained: boolean,
  seed: number,
): Model {
  const next = random(seed)
  const noise = (tensor: Float64Array) => tensor.map(() => 2 * next() - 1)
  const tensors = (held: LayerTensors, l: number): LayerTensors => {
    const result = {
      weights: noise(held.weights),
      baseScaler: noise(held.baseScaler),
      basisScaler: noise(held.basisScaler),
      bias: held.bias && noise(held.bias),
      symbolic: held.symbolic && formulaNoise(specification, l, held.symbolic.length, next),
    }
    const layer = withGroups(specification).layers[l]
    if (layer !== undefined) shareTied(layer, inputsOf(specification, l), result)
    return result
  }
  const parameters = before.map((held, l) => ({ ...held, ...tensors(held, l) }))
  const moments: Moments = { first: parameters.map(tensors), second: parameters.map(tensors), step: seed % 100 }
  return { specification, parameters, moments: isTrained ? moments : null }
}
