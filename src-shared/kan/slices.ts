/** Taking a layer's numbers apart and putting them together: nodes, inputs and single edges, moments alongside. */
import { zeroTensors } from '../numerics/layer'
import { AFFINE_SIZE } from '../numerics/symbolic'
import type { LayerParameters, LayerTensors, Model } from './parameters'
import type { EdgeIndex, LayerSpecification } from './specification'

/**
 * Numbers with their moments: a layer's, or what was cut out of one. A node is a slice with one output, an input one
 * with a single input (and its grid), an edge one with both; the numbers of nodes alone have no grid, those of inputs and
 * edges no bias.
 */
export interface Slice {
  readonly parameters: LayerParameters
  /** Null where training has not begun. */
  readonly moments: { readonly first: LayerTensors; readonly second: LayerTensors } | null
}

/** What stands at a place of a changed layer: what stood at an index before, or something that comes in. */
export type Source = number | Slice

export function sliceOf({ parameters, moments }: Model, l: number): Slice {
  return {
    parameters: at(parameters, l),
    moments: moments === null ? null : { first: at(moments.first, l), second: at(moments.second, l) },
  }
}

/**
 * The model with another layer in the place of its l-th. Where the model trains, moments that are missing begin at 0, and
 * formulas have numbers where the layer has any formulas.
 */
export function withLayer(model: Model, l: number, layer: LayerSpecification, slice: Slice): Model {
  const { specification, parameters, moments } = model
  const hold = <T extends LayerTensors>(tensors: T): T => ({
    ...tensors,
    symbolic: layer.symbolic.length === 0 ? null : formulasOf(tensors),
  })
  const { first, second } = slice.moments ?? zeroMoments(slice.parameters)
  return {
    specification: { ...specification, layers: replaced(specification.layers, l, layer) },
    parameters: replaced(parameters, l, hold(slice.parameters)),
    moments:
      moments === null
        ? null
        : {
            ...moments,
            first: replaced(moments.first, l, hold(first)),
            second: replaced(moments.second, l, hold(second)),
          },
  }
}

export function zeroMoments(parameters: LayerTensors): { first: LayerTensors; second: LayerTensors } {
  return { first: zeroTensors(parameters), second: zeroTensors(parameters) }
}

/** One node: its edges and its bias. */
export function takeOutput(slice: Slice, output: number, nodes: number): Slice {
  const row = (values: Float64Array) => {
    const length = values.length / nodes
    return values.slice(output * length, (output + 1) * length)
  }
  return mapSlice(slice, (tensors) => ({
    weights: row(tensors.weights),
    baseScaler: row(tensors.baseScaler),
    basisScaler: row(tensors.basisScaler),
    bias: tensors.bias === null ? null : row(tensors.bias),
    symbolic: tensors.symbolic === null ? null : row(tensors.symbolic),
  }))
}

/** One input: its edges and its grid. */
export function takeInput(slice: Slice, input: number, nodes: number): Slice {
  const inputs = slice.parameters.baseScaler.length / nodes
  const column = (values: Float64Array) => columns(values, nodes, inputs, [input], [])
  const gridRow = (values: Float64Array | null) => values && rows(values, inputs, [input], [])
  const { grid, scale } = slice.parameters
  return mapSlice(
    slice,
    (tensors) => ({
      weights: column(tensors.weights),
      baseScaler: column(tensors.baseScaler),
      basisScaler: column(tensors.basisScaler),
      bias: null,
      symbolic: tensors.symbolic === null ? null : column(tensors.symbolic),
    }),
    { grid: gridRow(grid), scale: gridRow(scale) },
  )
}

export function takeEdge(slice: Slice, [input, output]: EdgeIndex, nodes: number): Slice {
  return mapSlice(slice, (tensors) => {
    const slot = output * (tensors.baseScaler.length / nodes) + input
    const size = tensors.weights.length / tensors.baseScaler.length
    return {
      weights: tensors.weights.slice(slot * size, (slot + 1) * size),
      baseScaler: tensors.baseScaler.slice(slot, slot + 1),
      basisScaler: tensors.basisScaler.slice(slot, slot + 1),
      bias: null,
      symbolic: tensors.symbolic?.slice(slot * AFFINE_SIZE, (slot + 1) * AFFINE_SIZE) ?? null,
    }
  })
}

/** The layer with other nodes. */
export function arrangeOutputs(slice: Slice, nodes: number, sources: readonly Source[]): Slice {
  const { grid, scale } = slice.parameters
  return combine(slice, sources, { grid, scale }, (own, others) => {
    const indices = indicesOf(sources)
    return {
      weights: rows(
        own.weights,
        nodes,
        indices,
        others.map((other) => other.weights),
      ),
      baseScaler: rows(
        own.baseScaler,
        nodes,
        indices,
        others.map((other) => other.baseScaler),
      ),
      basisScaler: rows(
        own.basisScaler,
        nodes,
        indices,
        others.map((other) => other.basisScaler),
      ),
      bias:
        own.bias &&
        rows(
          own.bias,
          nodes,
          indices,
          others.map((other) => present(other.bias)),
        ),
      symbolic: withFormulas(own, others, (numbers, coming) => rows(numbers, nodes, indices, coming)),
    }
  })
}

/** The layer with other inputs. */
export function arrangeInputs(slice: Slice, nodes: number, sources: readonly Source[]): Slice {
  const inputs = slice.parameters.baseScaler.length / nodes
  const indices = indicesOf(sources)
  const coming = slicesOf(sources).map(({ parameters }) => parameters)
  const { grid, scale } = slice.parameters
  const grids = {
    grid:
      grid &&
      rows(
        grid,
        inputs,
        indices,
        coming.map((other) => present(other.grid)),
      ),
    scale:
      scale &&
      rows(
        scale,
        inputs,
        indices,
        coming.map((other) => present(other.scale)),
      ),
  }
  return combine(slice, sources, grids, (own, others) => ({
    weights: columns(
      own.weights,
      nodes,
      inputs,
      indices,
      others.map((other) => other.weights),
    ),
    baseScaler: columns(
      own.baseScaler,
      nodes,
      inputs,
      indices,
      others.map((other) => other.baseScaler),
    ),
    basisScaler: columns(
      own.basisScaler,
      nodes,
      inputs,
      indices,
      others.map((other) => other.basisScaler),
    ),
    bias: own.bias,
    symbolic: withFormulas(own, others, (numbers, coming) => columns(numbers, nodes, inputs, indices, coming)),
  }))
}

/** The layer with other curves on some edges. */
export function putEdges(
  slice: Slice,
  nodes: number,
  edges: readonly { readonly edge: EdgeIndex; readonly slice: Slice }[],
): Slice {
  if (edges.length === 0) return slice
  const { grid, scale } = slice.parameters
  const sources = edges.map((changed) => changed.slice)
  return combine(slice, sources, { grid, scale }, (own, others) => {
    const inputs = own.baseScaler.length / nodes
    const size = own.weights.length / own.baseScaler.length
    const changed = {
      weights: own.weights.slice(),
      baseScaler: own.baseScaler.slice(),
      basisScaler: own.basisScaler.slice(),
      bias: own.bias,
      symbolic: withFormulas(own, others, (numbers) => numbers.slice()),
    }
    edges.forEach(({ edge: [input, output] }, k) => {
      const curve = at(others, k)
      const slot = output * inputs + input
      changed.weights.set(curve.weights, slot * size)
      changed.baseScaler.set(curve.baseScaler, slot)
      changed.basisScaler.set(curve.basisScaler, slot)
      changed.symbolic?.set(formulasOf(curve), slot * AFFINE_SIZE)
    })
    return changed
  })
}

/** Whether two slices hold the same numbers, bit for bit, moments included. */
export function sameSlice(a: Slice, b: Slice): boolean {
  return (
    sameTensors(a.parameters, b.parameters) &&
    (a.moments === null || b.moments === null
      ? a.moments === b.moments
      : sameTensors(a.moments.first, b.moments.first) && sameTensors(a.moments.second, b.moments.second))
  )
}

/** Whether two inputs stand on the same grid. */
export function sameGrid({ parameters: a }: Slice, { parameters: b }: Slice): boolean {
  return sameNumbers(a.grid, b.grid) && sameNumbers(a.scale, b.scale)
}

function sameNumbers(a: Float64Array | null, b: Float64Array | null): boolean {
  if (a === null || b === null) return a === b
  return a.length === b.length && a.every((value, k) => Object.is(value, b[k]))
}

function sameTensors(a: LayerTensors, b: LayerTensors): boolean {
  return (
    sameNumbers(a.weights, b.weights) &&
    sameNumbers(a.baseScaler, b.baseScaler) &&
    sameNumbers(a.basisScaler, b.basisScaler) &&
    sameNumbers(a.bias, b.bias) &&
    sameNumbers(a.symbolic, b.symbolic)
  )
}

/** Formulas' numbers of tensors, zeros where there are none. */
function formulasOf({ symbolic, baseScaler }: LayerTensors): Float64Array {
  return symbolic ?? new Float64Array(baseScaler.length * AFFINE_SIZE)
}

/** Formulas' numbers when tensors change with what comes into them; null where nobody has any. */
function withFormulas(
  own: LayerTensors,
  others: readonly LayerTensors[],
  change: (numbers: Float64Array, coming: readonly Float64Array[]) => Float64Array,
): Float64Array | null {
  if ([own, ...others].every(({ symbolic }) => symbolic === null)) return null
  return change(formulasOf(own), others.map(formulasOf))
}

type Grids = Pick<LayerParameters, 'grid' | 'scale'>

function mapSlice(
  { parameters, moments }: Slice,
  change: (tensors: LayerTensors) => LayerTensors,
  { grid, scale }: Grids = { grid: null, scale: null },
): Slice {
  return {
    parameters: { ...change(parameters), grid, scale },
    moments: moments && { first: change(moments.first), second: change(moments.second) },
  }
}

/** Does the same to the parameters and to both moments of a layer and of the slices that come into it. */
function combine(
  slice: Slice,
  sources: readonly Source[],
  { grid, scale }: Grids,
  change: (own: LayerTensors, others: readonly LayerTensors[]) => LayerTensors,
): Slice {
  const others = slicesOf(sources)
  const parameters = {
    ...change(
      slice.parameters,
      others.map((other) => other.parameters),
    ),
    grid,
    scale,
  }
  if (slice.moments === null) return { parameters, moments: null }
  const moments = others.map((other) => other.moments ?? zeroMoments(other.parameters))
  return {
    parameters,
    moments: {
      first: change(
        slice.moments.first,
        moments.map(({ first }) => first),
      ),
      second: change(
        slice.moments.second,
        moments.map(({ second }) => second),
      ),
    },
  }
}

/** For each place the old index, or -1 where the next of the slices that come in goes. */
function indicesOf(sources: readonly Source[]): number[] {
  return sources.map((source) => (typeof source === 'number' ? source : -1))
}

function slicesOf(sources: readonly Source[]): Slice[] {
  return sources.filter((source) => typeof source !== 'number')
}

/** Picks rows of `values` ([count, …]) by index; where the index is -1, the next of `coming` is the row. */
function rows(
  values: Float64Array,
  count: number,
  indices: readonly number[],
  coming: readonly Float64Array[],
): Float64Array {
  const length = values.length / count
  const result = new Float64Array(indices.length * length)
  let next = 0
  indices.forEach((index, k) => {
    const row = index < 0 ? at(coming, next++) : values.subarray(index * length, (index + 1) * length)
    result.set(row, k * length)
  })
  return result
}

/** Picks columns of `values` ([nodes, inputs, …]) likewise; a column that comes in is [nodes, …]. */
function columns(
  values: Float64Array,
  nodes: number,
  inputs: number,
  indices: readonly number[],
  coming: readonly Float64Array[],
): Float64Array {
  const size = values.length / (nodes * inputs)
  const result = new Float64Array(nodes * indices.length * size)
  let next = 0
  indices.forEach((index, k) => {
    const other = index < 0 ? at(coming, next++) : null
    for (let j = 0; j < nodes; j++) {
      const from = (other === null ? j * inputs + index : j) * size
      result.set((other ?? values).subarray(from, from + size), (j * indices.length + k) * size)
    }
  })
  return result
}

function replaced<T>(list: readonly T[], index: number, value: T): T[] {
  return list.map((old, k) => (k === index ? value : old))
}

function at<T>(list: readonly T[], index: number): T {
  const value = list[index]
  if (value === undefined) throw new RangeError(`nothing at ${index} of ${list.length}`)
  return value
}

function present(values: Float64Array | null): Float64Array {
  if (values === null) throw new RangeError('a tensor is missing')
  return values
}
