/** Where does everything of a network lie in WebAssembly memory? Planned once, before anything is allocated. */
import {
  type Base,
  type Basis,
  basisSize,
  inputsOf,
  type RbfKernel,
  type Specification,
} from '../../../../src-shared/kan/specification'

/** Samples that pass through a layer together, so that their records stay in the cache: as in layer.as.ts. */
export const CHUNK = 256

/** Bytes of one input's entry in `ranges`, as in layer.as.ts. */
export const RANGE_BYTES = 24

/** A layer's block in memory: the fields of `Layer` in layer.as.ts, in its order; 32-bit integers, addresses in bytes. */
export interface LayerLayout {
  readonly inputs: number
  readonly outputs: number
  /** Groups of `lanes` outputs, the last one filled up with zeros. */
  readonly tiles: number
  readonly lanes: 4 | 8
  /** Basis functions of an edge. */
  readonly size: number
  /** Those of them that a record holds, and that number rounded up to 4. */
  readonly support: number
  readonly padded: number
  /** Bytes of a record. */
  readonly stride: number
  readonly kind: number
  readonly base: number
  readonly order: number
  /** Intervals between knots, the ones outside the range included; 0 for bases without. */
  readonly intervals: number
  readonly cellCount: number
  readonly grid: number
  readonly scale: number
  readonly cells: number
  readonly table: number
  readonly effective: number
  readonly gradient: number
  readonly parameters: number
  readonly first: number
  readonly second: number
  readonly bias: number
  readonly biasGradient: number
  readonly biasFirst: number
  readonly biasSecond: number
  readonly hasBias: number
  /** Lane masks [tile][input][lanes] and the list of ties; 0 where there are none. Set by masks.ts. */
  readonly trains: number
  readonly live: number
  readonly ties: number
  readonly records: number
  readonly slopes: number
  readonly runs: number
  readonly runStride: number
  /** Inputs whose records are made together. */
  readonly block: number
  /** 1 where the records of all inputs stay until the way back. */
  readonly keeps: number
  readonly sums: number
  readonly scoreSlopes: number
  readonly ranges: number
  /** Radial kernel; 0 for bases without. */
  readonly kernel: number
}

export interface Layout {
  /** Bytes planned; data come behind them. */
  readonly bytes: number
  readonly layers: readonly { readonly at: number; readonly fields: LayerLayout }[]
  /** The block of `Scratch` in layer.as.ts, and its addresses in order. */
  readonly scratch: { readonly at: number; readonly fields: readonly number[] }
  /** Rows that go through the whole network before their numbers are overwritten. */
  readonly pieceRows: number
  /** Bytes from one column of a piece to the next. */
  readonly pieceStride: number
  /** Columns of what reaches each layer, [I][pieceRows]; the first is for rows picked out of a table, the last the outputs. */
  readonly columns: readonly number[]
  readonly targets: number
  /** Row numbers of a piece. */
  readonly order: number
}

/** Records of a layer up to this many bytes are kept from the way forward to the way back. */
const KEPT_RECORDS = 2 ** 20
/** Records that are made together should stay in the second cache. */
const BLOCK_RECORDS = 2 ** 19
/** Columns of a piece: enough for a batch where possible, and never more than this many bytes. */
const PIECE_BYTES = 2 ** 26
/** Splines up to this order are evaluated as polynomials of float32 coefficients, which keep their digits so far. */
const TABLE_ORDER = 5
const KINDS = { table: 0, recursion: 1, rbf: 2, chebyshev: 3 } as const
const BASES: Readonly<Record<Base, number>> = { zero: 0, silu: 1, identity: 2, tanh: 3 }
const KERNELS: Readonly<Record<RbfKernel, number>> = {
  ...{ gaussian: 0, quadratic: 1, inverse_quadratic: 2, multiquadric: 3, inverse_multiquadric: 4 },
  ...{ spline: 5, poisson_one: 6, poisson_two: 7, matern32: 8, matern52: 9 },
}

/** @param batch rows of a training step; larger ones work too, in pieces */
export function planLayout(specification: Specification, batch: number): Layout {
  // AssemblyScript's own static data lie below.
  let end = 65536
  const reserve = (bytes: number): number => {
    const at = end
    end = Math.ceil((at + bytes) / 64) * 64
    return at
  }
  const shapes = specification.layers.map(({ nodes, basis, base, bias }, l) => {
    const inputs = inputsOf(specification, l)
    return { ...layerShape(inputs, nodes, basis), base: BASES[base], hasBias: bias ? 1 : 0 }
  })
  const shared = {
    records: reserve(Math.max(...shapes.map((shape) => shape.sharedRecords))),
    slopes: reserve(Math.max(...shapes.map((shape) => shape.sharedRecords))),
    runs: reserve(Math.max(...shapes.map((shape) => shape.block * shape.runStride))),
  }
  const layers = shapes.map((shape) => {
    const fields = placeLayer(shape, shared, reserve)
    return { at: reserve(Object.keys(fields).length * 4), fields }
  })

  const widths = [specification.inputs.length, ...specification.layers.map((layer) => layer.nodes)]
  const outputs = widths[widths.length - 1] as number
  const rowBytes = 4 * (widths.reduce((sum, width) => sum + width, 0) + outputs + 1)
  const pieceRows = roundUp(Math.max(CHUNK, Math.min(batch, PIECE_BYTES / rowBytes)), CHUNK)
  // An odd number of cache lines, so that the columns do not all fall into the same part of the cache.
  const pieceStride = 4 * pieceRows + 64
  const columns = widths.map((width) => reserve(width * pieceStride))
  return {
    layers,
    scratch: placeScratch(shapes, reserve),
    pieceRows,
    pieceStride,
    columns,
    targets: reserve(outputs * pieceStride),
    order: reserve(4 * pieceRows),
    bytes: end,
  }
}

/** Floats of one tensor that is laid out in tiles, `rows` rows an edge. */
export function tiledLength({ tiles, inputs, lanes }: LayerLayout, rows: number): number {
  return tiles * inputs * rows * lanes
}

/** Index of an edge's first row in such a tensor; its rows are `lanes` apart. */
export function tiledIndex({ inputs, lanes }: LayerLayout, rows: number, input: number, output: number): number {
  const tile = Math.floor(output / lanes)
  return (tile * inputs + input) * rows * lanes + (output % lanes)
}

type Shape = ReturnType<typeof layerShape> & { readonly base: number; readonly hasBias: number }

function layerShape(inputs: number, outputs: number, basis: Basis) {
  const lanes = outputs <= 4 ? (4 as const) : (8 as const)
  const size = basisSize(basis)
  const order = basis.type === 'spline' ? basis.order : 0
  const support = basis.type === 'spline' ? order + 1 : size
  const padded = roundUp(support, 4)
  const stride = 8 + 4 * padded
  const intervals = basis.type === 'spline' ? basis.intervals + 2 * order : 0
  const recordBytes = CHUNK * stride
  const keeps = inputs * recordBytes * 2 <= KEPT_RECORDS
  const block = keeps ? inputs : Math.max(1, Math.min(inputs, Math.floor(BLOCK_RECORDS / recordBytes)))
  return {
    ...{ inputs, outputs, lanes, size, order, support, padded, stride, intervals, recordBytes, block },
    tiles: Math.ceil(outputs / lanes),
    kind: kindOf(basis),
    kernel: basis.type === 'rbf' ? KERNELS[basis.kernel] : 0,
    cellCount: 4 * intervals,
    keeps: keeps ? 1 : 0,
    sharedRecords: keeps ? 0 : block * recordBytes,
    runStride: 8 * (Math.min(CHUNK, intervals + 1) + 1),
  }
}

function kindOf(basis: Basis): number {
  switch (basis.type) {
    case 'spline':
      return basis.order <= TABLE_ORDER ? KINDS.table : KINDS.recursion
    case 'rbf':
      return KINDS.rbf
    case 'chebyshev':
      return KINDS.chebyshev
  }
}

function placeLayer(
  shape: Shape,
  shared: { readonly records: number; readonly slopes: number; readonly runs: number },
  reserve: (bytes: number) => number,
): LayerLayout {
  const { inputs, outputs, tiles, lanes, size, support, padded, stride, kind, base, order, intervals, cellCount } =
    shape
  const floats = (count: number) => reserve(4 * count)
  const edgeRows = tiles * inputs * lanes
  const isRbf = kind === KINDS.rbf
  const tableFloats = kind === KINDS.table ? inputs * (intervals + 1) * (4 + (order + 1) * padded) : 0
  const knots = intervals > 0 ? intervals + 1 : isRbf ? padded : 0
  const ownRecords = shape.keeps * inputs * shape.recordBytes
  // The order of these names is that of the fields in memory.
  return {
    ...{ inputs, outputs, tiles, lanes, size, support, padded, stride, kind, base, order, intervals, cellCount },
    grid: floats(inputs * knots),
    scale: floats(isRbf ? inputs * padded : 0),
    cells: floats(intervals > 0 ? inputs * (cellCount + 1) : 0),
    table: floats(tableFloats),
    effective: floats(edgeRows * (size + 1)),
    gradient: floats(edgeRows * (size + 1)),
    parameters: floats(edgeRows * (size + 2)),
    first: floats(edgeRows * (size + 2)),
    second: floats(edgeRows * (size + 2)),
    bias: floats(tiles * lanes),
    biasGradient: floats(tiles * lanes),
    biasFirst: floats(tiles * lanes),
    biasSecond: floats(tiles * lanes),
    hasBias: shape.hasBias,
    ...{ trains: 0, live: 0, ties: 0 },
    records: shape.keeps ? reserve(ownRecords) : shared.records,
    slopes: shape.keeps ? reserve(ownRecords) : shared.slopes,
    runs: shape.keeps ? reserve(inputs * shape.runStride) : shared.runs,
    runStride: shape.runStride,
    block: shape.block,
    keeps: shape.keeps,
    sums: floats(edgeRows),
    scoreSlopes: floats(edgeRows),
    ranges: reserve(inputs * RANGE_BYTES),
    kernel: shape.kernel,
  }
}

function placeScratch(shapes: readonly Shape[], reserve: (bytes: number) => number): Layout['scratch'] {
  const largest = (of: (shape: Shape) => number) => Math.max(...shapes.map(of))
  const tileBytes = 4 * CHUNK * largest(({ tiles, lanes }) => tiles * lanes)
  const column = 4 * CHUNK
  const fields = [
    reserve(tileBytes), // output
    reserve(tileBytes), // outputFlow
    reserve(8 * column), // phi
    reserve(column * largest(({ inputs, tiles, lanes }) => Math.max(inputs, tiles * lanes))), // flow
    reserve(column), // base
    reserve(column), // baseSlope
    reserve(column), // interval
    reserve(4 * (largest(({ intervals }) => intervals) + 1)), // counts
    reserve(4 * column), // inputFlow
    reserve(8 * (largest(({ order }) => order) + 2)), // recursion
    reserve(32), // zero
    reserve(32), // spill
  ]
  return { at: reserve(4 * fields.length), fields }
}

function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step
}
