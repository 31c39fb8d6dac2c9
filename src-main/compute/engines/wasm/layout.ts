/** Where does everything of a network lie in WebAssembly memory? Planned once, before anything is allocated. */
import type { Specification } from '../../../../src-shared/kan/specification'
import { ownOrder, type Places } from './order'
import {
  CHUNK,
  cut,
  HELD_RECORDS,
  KINDS,
  layerShapes,
  roundUp,
  type Shape,
  slotCount,
  stripNumbers,
  work,
} from './shapes'
import { MOST_THREADS } from './team'

/** Bytes of one input's entry in `ranges`, as in layer.as.ts. */
export const RANGE_BYTES = 24

/** Float64 numbers that a slot sums for a formula, as in symbolic.as.ts. */
export const FORMULA_SUMS = 5
/** Bytes of a formula's entry there. */
const FORMULA_BYTES = 20

/** Multiplications and additions of a step below which one thread is quicker than two: some 60 microseconds. */
const WORTH_SHARING = 2e6

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
  /** 1 where the records of all inputs stay until the way back; 2 where they may stay from step to step. */
  readonly keeps: number
  readonly scores: number
  readonly scoreSlopes: number
  readonly ranges: number
  readonly slotStride: number
  readonly narrow: number
  readonly polynomials: number
  readonly steps: number
  /** Radial kernel; 0 for bases without. */
  readonly kernel: number
  readonly totals: number
  /** Bytes that say which tiles have an edge left; 0 where nothing is pruned. Set by masks.ts. */
  readonly tilesAlive: number
  /** Basis values that stay until the way back; 0 where they are made again. */
  readonly columns: number
  /** Edges that are formulas: see symbolic.as.ts. */
  readonly formulaCount: number
  readonly formulas: number
  readonly formulaNumbers: number
  readonly formulaSums: number
  /** Numbers that regularize.as.ts keeps between its passes. */
  readonly flat: number
  readonly perLog: number
  readonly still: number
  /** The output of each lane, tile by tile. */
  readonly outputAt: number
}

/** A layer's place in memory, and its outputs' in the tiles. */
export interface LayerPlan {
  readonly at: number
  readonly fields: LayerLayout
  /** Changes with the masks, see order.ts. */
  readonly placeOf: Places
}

export interface Layout {
  /** Bytes planned; data come behind them. */
  readonly bytes: number
  readonly layers: readonly LayerPlan[]
  /** A thread's block of `Scratch` in layer.as.ts each, and its addresses in order. */
  readonly scratches: readonly { readonly at: number; readonly fields: readonly number[] }[]
  /** The block of program.as.ts, and what it points to. */
  readonly program: { readonly at: number; readonly losses: number; readonly partials: number }
  /** Most parts of a batch that are summed apart. */
  readonly slots: number
  /** The first layer's records that stay from step to step: room for so many chunks. */
  readonly held: { readonly at: number; readonly bytes: number; readonly chunks: number }
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

/** Columns of a piece: enough for a batch where possible, and never more than this many bytes. */
const PIECE_BYTES = 2 ** 26
/** Edge tiles of a block, as in blocks.as.ts; bytes of a program and of a boundary, as in program.as.ts. */
const BLOCK_EDGES = 256
const PROGRAM_BYTES = 112
const BOUNDARY_BYTES = 16

/**
 * @param batch rows of a training step; larger ones work too, in pieces
 * @param cores threads that may run at the same time
 */
export function planLayout(specification: Specification, batch: number, cores: number): Layout {
  // AssemblyScript's own static data and the words that threads share lie below.
  let end = 65536
  const reserve = (bytes: number): number => {
    const at = end
    end = Math.ceil((at + bytes) / 64) * 64
    return at
  }
  const shapes = layerShapes(specification)
  const shared = batch * work(shapes) >= WORTH_SHARING
  const widths = [specification.inputs.length, ...specification.layers.map((layer) => layer.nodes)]
  const outputs = at(widths, widths.length - 1)
  const rowBytes = 4 * (widths.reduce((sum, width) => sum + width, 0) + outputs + 1)
  const pieceRows = roundUp(Math.max(CHUNK, Math.min(batch, PIECE_BYTES / rowBytes)), CHUNK)
  const slots = shared ? cut(pieceRows, slotCount(shapes)).slots : 1

  // What every thread has of its own, one after the other; addresses are those of the first.
  const begin = end
  const records = placeRecords(shapes, reserve)
  const scratch = placeScratch(shapes, reserve)
  const own = end - begin
  const threads = shared ? Math.min(cores, MOST_THREADS, slots) : 1
  end += own * (threads - 1)

  const layers = shapes.map((shape, l) => {
    const fields = placeLayer(shape, at(records, l), slots, reserve)
    return { at: reserve(Object.keys(fields).length * 4), fields, placeOf: ownOrder(shape.outputs) }
  })
  const scratches = Array.from({ length: threads }, (_, t) => ({
    at: reserve(4 * (scratch.length + 3)),
    // The last are `own`, `held` and `isHeld`.
    fields: [...scratch.map((address) => address + t * own), t * own, t * own, 0],
  }))

  // An odd number of cache lines, so that the columns do not all fall into the same part of the cache.
  const pieceStride = 4 * pieceRows + 64
  const columns = widths.map((width) => reserve(width * pieceStride))
  const blocks = shapes.reduce((sum, { tiles, inputs }) => sum + Math.ceil((tiles * inputs) / BLOCK_EDGES), 0)
  return {
    layers,
    scratches,
    program: {
      at: reserve(PROGRAM_BYTES + BOUNDARY_BYTES * (layers.length + 1)),
      losses: reserve(8 * slots),
      partials: reserve(16 * blocks),
    },
    slots,
    held: placeHeld(at(layers, 0).fields, cut(Math.min(batch, pieceRows), slots).chunks, reserve),
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

/** Index of an edge's first row in such a tensor, the output by its place; its rows are `lanes` apart. */
export function tiledIndex({ inputs, lanes }: LayerLayout, rows: number, input: number, place: number): number {
  const tile = Math.floor(place / lanes)
  return (tile * inputs + input) * rows * lanes + (place % lanes)
}

interface Records {
  readonly records: number
  readonly slopes: number
  readonly runs: number
  readonly totals: number
  readonly columns: number
}

function placeRecords(shapes: readonly Shape[], reserve: (bytes: number) => number): Records[] {
  const place = (records: number, slopes: number, runs: number): Omit<Records, 'columns'> => ({
    records: reserve(records),
    slopes: reserve(slopes),
    runs: reserve(runs),
    totals: reserve(4 * runs),
  })
  const passing = shapes.filter(({ keeps }) => keeps === 0)
  const common = place(
    Math.max(0, ...passing.map(({ records }) => records)),
    Math.max(0, ...passing.map(({ slopes }) => slopes)),
    Math.max(0, ...passing.map(({ runBytes }) => runBytes)),
  )
  return shapes.map(({ keeps, records, slopes, runBytes, columns }) => ({
    ...(keeps > 0 ? place(records, slopes, runBytes) : common),
    columns: columns > 0 ? reserve(columns) : 0,
  }))
}

/** Records, runs and totals of a chunk lie as a thread's own do. */
function placeHeld(
  { keeps, records, totals, inputs, runStride }: LayerLayout,
  chunks: number,
  reserve: (bytes: number) => number,
): Layout['held'] {
  const bytes = roundUp(totals + 4 * inputs * runStride - records, 64)
  const room = keeps === 2 && chunks * bytes <= HELD_RECORDS ? chunks : 0
  return { at: reserve(room * bytes), bytes, chunks: room }
}

function placeLayer(shape: Shape, records: Records, slots: number, reserve: (bytes: number) => number): LayerLayout {
  const { inputs, outputs, tiles, lanes, size, support, padded, stride, kind, base, order, intervals, cellCount } =
    shape
  const floats = (count: number) => reserve(4 * count)
  const edgeRows = tiles * inputs * lanes
  const isRbf = kind === KINDS.rbf
  const tableFloats = kind === KINDS.table ? inputs * (intervals + 1) * (4 + (order + 1) * padded) : 0
  const knots = intervals > 0 ? intervals + 1 : isRbf ? padded : 0
  const gradientBytes = roundUp(4 * edgeRows * (size + 1), 64)
  const biasBytes = roundUp(4 * tiles * lanes, 64)
  const formulaBytes = roundUp(8 * FORMULA_SUMS * shape.formulas, 64)
  const slotStride = gradientBytes + biasBytes + formulaBytes + roundUp(inputs * RANGE_BYTES, 64)
  const grid = floats(inputs * knots)
  const sums = reserve(slots * slotStride)
  // The order of these names is that of the fields in memory.
  return {
    ...{ inputs, outputs, tiles, lanes, size, support, padded, stride, kind, base, order, intervals, cellCount },
    grid,
    scale: floats(isRbf ? inputs * padded : 0),
    cells: floats(intervals > 0 ? inputs * (cellCount + 1) : 0),
    table: floats(tableFloats),
    effective: floats(edgeRows * (size + 1)),
    gradient: sums,
    parameters: floats(edgeRows * (size + 2)),
    first: floats(edgeRows * (size + 2)),
    second: floats(edgeRows * (size + 2)),
    bias: floats(tiles * lanes),
    biasGradient: sums + gradientBytes,
    biasFirst: floats(tiles * lanes),
    biasSecond: floats(tiles * lanes),
    hasBias: shape.hasBias,
    ...{ trains: 0, live: 0, ties: 0 },
    ...{ records: records.records, slopes: records.slopes, runs: records.runs },
    runStride: shape.runStride,
    block: shape.block,
    keeps: shape.keeps,
    scores: floats(edgeRows),
    scoreSlopes: floats(edgeRows),
    ranges: sums + gradientBytes + biasBytes + formulaBytes,
    slotStride,
    narrow: shape.narrow,
    polynomials: floats((shape.narrow === 1 ? 4 : 0) * inputs * outputs * (intervals + 1)),
    steps: floats(2 * inputs),
    kernel: shape.kernel,
    totals: records.totals,
    tilesAlive: 0,
    columns: records.columns,
    formulaCount: shape.formulas,
    formulas: reserve(FORMULA_BYTES * shape.formulas),
    formulaNumbers: reserve(32 * shape.formulas),
    formulaSums: sums + gradientBytes + biasBytes,
    ...{ flat: 0, perLog: 0, still: 0 },
    outputAt: reserve(4 * tiles * lanes),
  }
}

/** Addresses in the order of `Scratch` in layer.as.ts. */
function placeScratch(shapes: readonly Shape[], reserve: (bytes: number) => number): number[] {
  const largest = (of: (shape: Shape) => number) => Math.max(...shapes.map(of))
  const tileBytes = 4 * CHUNK * largest(({ tiles, lanes }) => tiles * lanes)
  const column = 4 * CHUNK
  // The same in strips of 6 samples.
  const strips = 4 * roundUp(CHUNK, 6)
  const intervals = largest((shape) => shape.intervals)
  const columns = largest((shape) => (shape.narrow === 2 ? shape.size : 0))
  return [
    reserve(tileBytes), // output
    reserve(tileBytes), // outputFlow
    reserve(8 * column), // phi
    reserve(column * largest(({ inputs, tiles, lanes }) => Math.max(inputs, tiles * lanes))), // flow
    reserve(column), // base
    reserve(column), // baseSlope
    reserve(column), // interval
    reserve(column), // local
    reserve(column), // perLength
    reserve(4 * (intervals + 1)), // counts
    reserve(4 * column), // inputFlow
    reserve(8 * (largest(({ order }) => order) + 2)), // recursion
    reserve(64 * (largest((shape) => (shape.narrow === 1 ? shape.intervals : 0)) + 1)), // moments
    reserve(32), // zero
    reserve(32), // spill
    reserve((column + 64) * columns), // values
    reserve((column + 64) * columns), // valueSlopes
    reserve(column * largest(({ formulas, inputs }) => (formulas > 0 ? inputs : 0))), // formulaFlow
    reserve(strips * largest(stripNumbers)), // strips
    reserve(strips * largest(stripNumbers)), // suffixes
    reserve(strips * largest(({ block }) => block)), // sorted
  ]
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index]
  if (item === undefined) throw new RangeError(`no entry ${index}`)
  return item
}
