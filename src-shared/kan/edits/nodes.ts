/** Edits of hidden nodes: another order, fewer of them, and twins. */
import { random } from '../../numerics/random'
import { UserError } from '../../user-error'
import { edgeKey, locksOf } from '../locks'
import { refuseTooLarge } from '../memory'
import { layerAt } from '../names'
import type { Model } from '../parameters'
import { type Slice, type Source, sliceOf, takeInput, takeOutput } from '../slices'
import type { EdgeIndex, LayerSpecification, Specification } from '../specification'
import type { Edit } from './edit'
import { type Places, rearrange, renumber } from './rearrange'

/** Half of the range of the noise that parts twins, relative to the size of an edge's weights. */
const NOISE = 0.02
/** The size of weights that are all 0. */
const LEAST_SIZE = 0.1

/** Puts nodes together, in their order, so that the first of them stands at `to`. */
export function moveNodes(specification: Specification, l: number, nodes: readonly number[], to: number): Edit[] {
  const layer = hiddenLayer(specification, l)
  const moved = checkNodes(specification, l, nodes)
  const order = indices(layer.nodes).filter((k) => !moved.includes(k))
  if (!Number.isInteger(to) || to < 0 || to > order.length) {
    throw new UserError(
      `There is no place ${to + 1} for ${moved.length} of the ${layer.nodes} nodes of layer ${l + 1}.`,
    )
  }
  order.splice(to, 0, ...moved)
  if (order.every((old, k) => old === k)) throw new UserError('These nodes are there already.')
  return arrangedNodes(specification, l, { before: layer.nodes, sources: order })
}

export function removeNodes(specification: Specification, l: number, nodes: readonly number[]): Edit[] {
  const layer = hiddenLayer(specification, l)
  const removed = checkNodes(specification, l, nodes)
  if (removed.length === layer.nodes) {
    throw new UserError(`Layer ${l + 1} keeps at least one node: remove the layer instead.`)
  }
  const kept = indices(layer.nodes).filter((k) => !removed.includes(k))
  return arrangedNodes(specification, l, { before: layer.nodes, sources: kept })
}

/**
 * Gives each node a twin, right after it, such that the network's outputs stay what they were.
 *
 * The twin has the same edges coming in, with their locks and ties. Each edge going out is split into two halves, w/2 + n and
 * w/2 − n, whose small n lets the twins part in training. One that must stay whole (it is locked, tied or a formula) stays
 * with the old node, and the twin's begins at 0.
 */
export function duplicateNodes(model: Model, l: number, nodes: readonly number[]): Edit[] {
  const { specification } = model
  const layer = hiddenLayer(specification, l)
  const chosen = new Set(checkNodes(specification, l, nodes))
  const width = layer.nodes + chosen.size
  refuseTooLarge({ ...specification, layers: specification.layers.with(l, { ...layer, nodes: width }) })
  const next = layerAt(specification, l + 1)
  const [into, out] = [sliceOf(model, l), sliceOf(model, l + 1)]
  const places: { readonly old: number; readonly twin: boolean }[] = indices(layer.nodes).flatMap((old) =>
    chosen.has(old)
      ? [
          { old, twin: false },
          { old, twin: true },
        ]
      : [{ old, twin: false }],
  )
  const placesOf = (old: number) => indices(places.length).filter((place) => places[place]?.old === old)

  const noise = random(specification.seed, `twins ${l} ${[...chosen].join(' ')} of ${layer.nodes}`)
  const halves = new Map([...chosen].map((k) => [k, split(next, takeInput(out, k, next.nodes), k, noise)]))
  const withTwins = ([input, output]: EdgeIndex) => placesOf(input).map((place): EdgeIndex => [place, output])
  const outer = locksOf(next)
  const own = renumber(outer, (edge) => withTwins(edge).slice(0, 1))
  return [
    {
      type: 'arrange-outputs',
      layer: l,
      sources: places.map(({ old, twin }) => (twin ? takeOutput(into, old, layer.nodes) : old)),
      locks: renumber(locksOf(layer), ([input, output]) => placesOf(output).map((place): EdgeIndex => [input, place])),
    },
    {
      type: 'arrange-inputs',
      layer: l + 1,
      sources: places.map(({ old, twin }): Source => {
        const half = halves.get(old)
        return half === undefined ? old : twin ? half.twin : half.old
      }),
      locks: { ...own, pruned: renumber(outer, withTwins).pruned },
    },
  ]
}

function arrangedNodes(specification: Specification, l: number, places: Places): Edit[] {
  const layer = layerAt(specification, l)
  const layers = specification.layers.with(l, { ...layer, nodes: places.sources.length })
  const after = { ...specification, layers }
  return [
    ...rearrange(specification, l, after, l, { outputs: places }),
    ...rearrange(specification, l + 1, after, l + 1, { inputs: places }),
  ]
}

/** The edges that go out of a node, for it and for its twin; the node keeps its own where all of them stay whole. */
function split(
  layer: LayerSpecification,
  edges: Slice,
  input: number,
  noise: () => number,
): { readonly old: Source; readonly twin: Slice } {
  const { weights, baseScaler } = edges.parameters
  const size = weights.length / layer.nodes
  const old = { weights: weights.slice(), baseScaler: baseScaler.slice() }
  const twin = { weights: new Float64Array(weights.length), baseScaler: new Float64Array(baseScaler.length) }
  const whole = wholeEdges(layer, input)
  whole.forEach((isWhole, j) => {
    if (isWhole) return
    const own = weights.subarray(j * size, (j + 1) * size)
    const range = NOISE * (own.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || LEAST_SIZE)
    own.forEach((weight, m) => {
      const parting = range * (2 * noise() - 1)
      old.weights[j * size + m] = weight / 2 + parting
      twin.weights[j * size + m] = weight / 2 - parting
    })
    const scaler = (baseScaler[j] as number) / 2
    old.baseScaler[j] = scaler
    twin.baseScaler[j] = scaler
  })
  return {
    old: whole.every(Boolean) ? input : { ...edges, parameters: { ...edges.parameters, ...old } },
    twin: { parameters: { ...edges.parameters, ...twin, symbolic: null }, moments: null },
  }
}

/** For each edge that goes out of a node, whether its curve must not change. */
function wholeEdges({ nodes, frozen, tied, symbolic }: LayerSpecification, input: number): boolean[] {
  const bound = new Set([...frozen, ...tied.flat(), ...symbolic.map(({ edge }) => edge)].map(edgeKey))
  return indices(nodes).map((output) => bound.has(edgeKey([input, output])))
}

/** A layer whose nodes may come and go. */
function hiddenLayer(specification: Specification, l: number): LayerSpecification {
  const layer = layerAt(specification, l)
  if (l < specification.layers.length - 1) return layer
  throw new UserError('The last layer has a node for each output: choose other outputs to change its nodes.')
}

/** The nodes in their order, once each. */
function checkNodes(specification: Specification, l: number, nodes: readonly number[]): number[] {
  const count = layerAt(specification, l).nodes
  if (nodes.length === 0) throw new UserError('No node is chosen.')
  const odd = nodes.find((node) => !Number.isInteger(node) || node < 0 || node >= count)
  if (odd !== undefined) throw new UserError(`There is no node ${odd + 1} in layer ${l + 1}: it has ${count}.`)
  return [...new Set(nodes)].sort((a, b) => a - b)
}

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, k) => k)
}
