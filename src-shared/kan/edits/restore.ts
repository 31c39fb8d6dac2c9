/** The small edits that larger ones are made of and that undo them: each is its own kind of inverse. */

import { gridGroups } from '../../numerics/locks'
import { withGroups } from '../groups'
import { edgeKey, locksOf } from '../locks'
import { layerAt } from '../names'
import type { LayerParameters, LayerTensors, Model, Moments } from '../parameters'
import {
  arrangeInputs,
  arrangeOutputs,
  putEdges,
  type Slice,
  type Source,
  sliceOf,
  takeInput,
  takeOutput,
  withLayer,
  zeroMoments,
} from '../slices'
import type { EdgeIndex, History, LayerSpecification, Specification } from '../specification'
import { followTies } from '../ties'
import type { Applied, Edit, LayerState } from './edit'
import { type Grids, gridAt, gridsOf, movedInput, rewritten } from './regrid'

/**
 * Gives a layer other inputs or nodes. An edge that comes back into a tie, or was pruned there, takes the curve of those that
 * trained on.
 */
export function arrange(
  model: Model,
  { type, layer: l, sources, locks, ends, grids }: Extract<Edit, { type: 'arrange-inputs' | 'arrange-outputs' }>,
): Applied {
  const { specification } = model
  const layer = layerAt(specification, l)
  const isInputs = type === 'arrange-inputs'
  const before = sliceOf(model, l)
  const count = isInputs ? before.parameters.baseScaler.length / layer.nodes : layer.nodes
  const take = isInputs ? takeInput : takeOutput
  const places = new Map(sources.map((source, place) => [source, place]))
  const inverse = Array.from({ length: count }, (_, k): Source => places.get(k) ?? take(before, k, layer.nodes))

  const nodes = isInputs ? layer.nodes : sources.length
  const designed = { ...layer, ...locks, nodes }
  const { tied, pruned } = layerAt(
    withGroups({
      ...specification,
      inputs: ends ?? specification.inputs,
      layers: specification.layers.with(l, designed),
    }),
    l,
  )
  const coming = isInputs
    ? onSharedGrids(layer, before, sources, tied)
    : sources.map((source) => onGridsOf(layer, before, source, grids))
  const arranged = (isInputs ? arrangeInputs : arrangeOutputs)(before, layer.nodes, coming)
  const renamed: Model = ends === undefined ? model : { ...model, specification: { ...specification, inputs: ends } }
  const after = withLayer(renamed, l, designed, arranged)
  const resting = new Set(layerAt(withGroups(specification), l).pruned.map(edgeKey))
  const isLate = ([input, output]: EdgeIndex) => {
    const source = sources[isInputs ? input : output]
    if (typeof source !== 'number') return true
    return resting.has(edgeKey(isInputs ? [source, output] : [input, source]))
  }
  const following = followTies(arranged, nodes, tied, pruned, tied.flat().filter(isLate))
  return {
    model: withLayer(after, l, layerAt(after.specification, l), putEdges(arranged, nodes, following)),
    inverse: {
      ...{ type, layer: l, sources: inverse, locks: locksOf(layer) },
      ...(ends === undefined ? {} : { ends: specification.inputs }),
      ...(isInputs ? {} : { grids: gridsOf(before.parameters) }),
    },
  }
}

/** Inputs that come in, on the grids of those that stay and share theirs with them. */
function onSharedGrids(
  layer: LayerSpecification,
  before: Slice,
  sources: readonly Source[],
  tied: LayerSpecification['tied'],
): Source[] {
  const result = [...sources]
  for (const group of gridGroups(tied, sources.length)) {
    const staying = group.map((place) => sources[place]).find((source) => typeof source === 'number')
    if (staying === undefined) continue
    for (const place of group) {
      const source = sources[place]
      if (source === undefined || typeof source === 'number') continue
      result[place] = movedInput(layer, source, gridAt(layer, before.parameters, staying))
    }
  }
  return result
}

/** A node that comes in, on the grids that the layer has by now. */
function onGridsOf(layer: LayerSpecification, { parameters }: Slice, source: Source, grids: Grids | undefined): Source {
  if (typeof source === 'number' || grids === undefined) return source
  const inputs = Array.from({ length: parameters.baseScaler.length / layer.nodes }, (_, input) => input)
  return rewritten(layer, source, grids, parameters, inputs)
}

export function spliceLayers(model: Model, at: number, remove: number, layers: readonly LayerState[]): Applied {
  const { specification, parameters, moments } = model
  const removed = Array.from({ length: remove }, (_, k): LayerState => {
    const l = at + k
    return { specification: layerAt(specification, l), ...sliceOf(model, l) }
  })
  const coming = layers.map((layer) => layer.moments ?? zeroMoments(layer.parameters))
  return {
    model: {
      specification: {
        ...specification,
        layers: spliced(
          specification.layers,
          at,
          remove,
          layers.map((layer) => layer.specification),
        ),
      },
      parameters: spliced(
        parameters,
        at,
        remove,
        layers.map((layer) => layer.parameters),
      ),
      moments: moments && {
        ...moments,
        first: spliced(
          moments.first,
          at,
          remove,
          coming.map(({ first }) => first),
        ),
        second: spliced(
          moments.second,
          at,
          remove,
          coming.map(({ second }) => second),
        ),
      },
    },
    inverse: { type: 'splice-layers', at, remove: layers.length, layers: removed },
  }
}

export function orderLayers({ specification, parameters, moments }: Model, order: readonly number[]): Applied {
  const ordered = <T>(list: readonly T[]): T[] => order.flatMap((old) => list.slice(old, old + 1))
  return {
    model: {
      specification: { ...specification, layers: ordered(specification.layers) },
      parameters: ordered(parameters),
      moments: moments && { ...moments, first: ordered(moments.first), second: ordered(moments.second) },
    },
    inverse: { type: 'order-layers', order: order.map((_, l) => order.indexOf(l)) },
  }
}

/** Other curves in another basis on all edges of a layer; its bias and its formulas stay. */
export function setCurves(
  model: Model,
  { layer: l, basis, curves, range }: Omit<Extract<Edit, { type: 'set-curves' }>, 'type'>,
): Applied {
  const layer = layerAt(model.specification, l)
  const before = sliceOf(model, l)
  const moments = curves.moments ?? zeroMoments(curves.parameters)
  const { bias, symbolic } = before.parameters
  const slice: Slice = {
    parameters: { ...curves.parameters, bias, symbolic },
    moments: before.moments && {
      first: { ...moments.first, ...restOf(before.moments.first) },
      second: { ...moments.second, ...restOf(before.moments.second) },
    },
  }
  return {
    model: withLayer(model, l, { ...layer, basis, range: range ?? layer.range }, slice),
    inverse: {
      ...{ type: 'set-curves', layer: l, basis: layer.basis, curves: curvesAlone(before) },
      ...(range === undefined ? {} : { range: layer.range }),
    },
  }
}

/** The edit that puts layers on other grids, each curve written anew; biases, formulas and all moments stay. */
export function onGrids(
  model: Model,
  layers: readonly { readonly layer: number; readonly parameters: LayerParameters }[],
): Edit {
  const edits = layers.map(({ layer, parameters }): Edit => {
    const { basis } = layerAt(model.specification, layer)
    return { type: 'set-curves', layer, basis, curves: curvesAlone({ ...sliceOf(model, layer), parameters }) }
  })
  return { type: 'sequence', edits }
}

export function restoreParameters(
  model: Model,
  parameters: readonly LayerParameters[],
  moments: Moments | null,
  history: History | null,
): Applied {
  const { history: before, ...rest } = model.specification
  return {
    model: { specification: history === null ? rest : { ...rest, history }, parameters, moments },
    inverse: {
      type: 'restore-parameters',
      parameters: model.parameters,
      moments: model.moments,
      history: before ?? null,
    },
  }
}

export function setEnds(model: Model, inputs: Specification['inputs'], outputs: Specification['outputs']): Applied {
  const { specification } = model
  return {
    model: { ...model, specification: { ...specification, inputs, outputs } },
    inverse: { type: 'set-ends', inputs: specification.inputs, outputs: specification.outputs },
  }
}

function restOf({ bias, symbolic }: LayerTensors): Pick<LayerTensors, 'bias' | 'symbolic'> {
  return { bias, symbolic }
}

export function curvesAlone({ parameters, moments }: Slice): Slice {
  const none = { bias: null, symbolic: null }
  return {
    parameters: { ...parameters, ...none },
    moments: moments && { first: { ...moments.first, ...none }, second: { ...moments.second, ...none } },
  }
}

function spliced<T>(list: readonly T[], at: number, remove: number, coming: readonly T[]): T[] {
  return [...list.slice(0, at), ...coming, ...list.slice(at + remove)]
}
