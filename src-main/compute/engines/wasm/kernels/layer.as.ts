// What the kernels know of a layer: a block of 32-bit fields that the host writes (layout.ts holds the same list).
//
// A tile is `lanes` outputs side by side: 8, or 4 for narrow layers. Lanes beyond the outputs hold zeros. The outputs of
// layers of 8 lanes may lie in any order (order.ts), which only columns.as.ts and the host need to know.
//   parameters, first, second  [tile][input][size + 2][lanes]   row 0 base scaler, row 1 basis scaler, then the weights
//   effective, gradient        [tile][input][size + 1][lanes]   row 0 base scaler, then weights x basis scaler; 0 if pruned
//   bias and its three         [tile][lanes]
//   scoreSlopes, scores        [tile][input][lanes]             derivatives of the loss by |phi|; sums of |phi| over a batch
//   trains, live               [tile][input][lanes]             all bits set where the edge trains, is not pruned; or absent
//   tilesAlive                 [tile + 1][input]               bytes, 0 where all edges of the tile are pruned, in the last row
//                                                              where all of the input are; absent where none is
//   ties                       see `pool` in adam.as.ts; or absent
//   ranges                     [input]{min, max, row of min, row of max, derivative by the range, 1 / (rows * range)}
// `gradient`, `biasGradient`, `formulaSums` and `ranges` are what a batch adds up to. They exist once a slot, `slotStride` bytes apart: see
// program.as.ts. Names are those of the first slot.
//
// Samples go in chunks of at most CHUNK rows. For each input of a chunk there are
//   records  [row]{offset of the row in a tile, base value, basis values...}   sorted by interval
//   slopes   the same with derivatives by x
//   runs     {count, then for each run: first basis function, end of the run in bytes}
//   totals   sums over each run, see cubic.as.ts; four times the bytes of `runs`
// Only basis functions that can be nonzero are in a record: order + 1 of a spline's, all of the other bases'. Their number
// is `support`, `padded` that number rounded up to 4, `stride` the bytes of a record. Records of a small layer are kept from
// the way forward to the way back (`keeps`); a large one makes them for `block` inputs at a time, and again on the way back.
// They are a thread's own: names are those of the first thread, `scratch.own` leads to those of the others. Those of a first
// layer that are kept (2) can be a chunk's own instead, and stay from step to step: see Program.held.
//
// Splines of a low order and one or two outputs go another way (`narrow`: 1), without records: see narrow.as.ts; and so do
// RBF and Chebyshev polynomials into one or two (2), see narrow-dense.as.ts.
//   columns      [input][function][VALUE_COLUMN bytes]        what stays until the way back, each thread's; or absent: Gaussians,
//                                                              of splines the base value, then the slope of each output's edge
//   polynomials  [output][input][interval, outside last][4]   the curve without its base, by the powers of the local coordinate
//   steps        [input]{first knot, 1 / step}                of uniform knots; 1 / step is 0 where they are not uniform
@unmanaged export class Layer {
  inputs: i32; outputs: i32; tiles: i32; lanes: i32
  size: i32; support: i32; padded: i32; stride: i32
  kind: i32; base: i32; order: i32; intervals: i32
  cellCount: i32; grid: usize; scale: usize; cells: usize
  table: usize; effective: usize; gradient: usize; parameters: usize
  first: usize; second: usize; bias: usize; biasGradient: usize
  biasFirst: usize; biasSecond: usize; hasBias: i32; trains: usize
  live: usize; ties: usize; records: usize; slopes: usize
  runs: usize; runStride: i32; block: i32; keeps: i32
  scores: usize; scoreSlopes: usize; ranges: usize; slotStride: i32
  narrow: i32; polynomials: usize; steps: usize; kernel: i32; totals: usize; tilesAlive: usize; columns: usize
  formulaCount: i32; formulas: usize; formulaNumbers: usize; formulaSums: usize
  flat: f32; perLog: f32; still: f32   // lambda * d penalty / d l = flat + perLog * ln (l / still); see regularize.as.ts
  outputAt: usize   // [tile][lanes] i32, the output of each lane
}

// Memory of one thread, one chunk large.
@unmanaged export class Scratch {
  output: usize       // [tile][CHUNK][lanes] outputs of a layer
  outputFlow: usize   // the same, derivatives of the loss by them
  phi: usize          // [CHUNK][8] one tile's phi of one input
  flow: usize         // [columns][CHUNK] derivatives by columns, into a layer and out of it
  base: usize         // [CHUNK] base values of one input
  baseSlope: usize    // [CHUNK]
  interval: usize     // [CHUNK] interval of each row; see also locate.as.ts
  local: usize        // [CHUNK] where in it, 0 to 1
  perLength: usize    // [CHUNK] 1 / its length
  counts: usize       // [intervals + 1]
  inputFlow: usize    // [CHUNK][4] derivatives by one input, still in four parts
  recursion: usize    // f64 [2 (order + 2)] splines of high order
  moments: usize      // [4][interval, outside last][4] sums over the samples of a narrow layer's edge
  zero: usize         // [8] stands for the rows of basis functions that do not exist
  spill: usize        // [8] takes the gradients of those
  values: usize       // [function][VALUE_COLUMN bytes] basis values of one input of a narrow layer that is not of splines
  valueSlopes: usize  // the same, derivatives by x
  formulaFlow: usize  // [inputs][CHUNK] derivatives by the inputs of formulas, see symbolic.as.ts
  strips: usize       // values of a block of inputs as dense.as.ts takes them
  suffixes: usize     // sums of those values over sorted samples, see signs.as.ts
  sorted: usize       // [input of a block][CHUNK, up to whole strips] where the sorted samples' rows are
  own: usize          // bytes from the first thread's records to this one's
  held: usize         // and to those of the first layer of the chunk that is computed
  isHeld: i32         // whether those are there already
}

export const CHUNK: i32 = 512
// Bytes from one column of basis values to the next: an odd number of cache lines, so that they do not all fall into the
// same part of the cache.
export const VALUE_COLUMN: usize = (<usize>CHUNK << 2) + 64

export let scratch: Scratch = changetype<Scratch>(0)
export function useScratch(at: Scratch): void { scratch = at }

// Kinds, bases and radial kernels, as shapes.ts numbers them.
export const SPLINE_TABLE: i32 = 0, SPLINE_RECURSION: i32 = 1, RBF: i32 = 2, CHEBYSHEV: i32 = 3
export const ZERO: i32 = 0, SILU: i32 = 1, IDENTITY: i32 = 2, TANH: i32 = 3
export const GAUSSIAN: i32 = 0, QUADRATIC: i32 = 1, INVERSE_QUADRATIC: i32 = 2, MULTIQUADRIC: i32 = 3
export const INVERSE_MULTIQUADRIC: i32 = 4, SPLINE: i32 = 5, POISSON_ONE: i32 = 6, POISSON_TWO: i32 = 7
export const MATERN32: i32 = 8, MATERN52: i32 = 9

// Bytes of an input's entry in `ranges`.
export const RANGE_BYTES: usize = 24

@inline export function rowBytes(l: Layer): usize { return <usize>l.lanes << 2 }
// First row of an edge tile in `effective` and `gradient`.
@inline export function edgeOffset(l: Layer, tile: i32, input: i32): usize {
  return <usize>(tile * l.inputs + input) * <usize>(l.size + 1) * rowBytes(l)
}
// Whether any edge of an edge tile, tile * inputs + input, is left, or of an input.
@inline export function isEdgeAlive(l: Layer, edge: i32): bool {
  return l.tilesAlive == 0 || load<u8>(l.tilesAlive + <usize>edge) != 0
}
@inline export function isAlive(l: Layer, tile: i32, input: i32): bool { return isEdgeAlive(l, tile * l.inputs + input) }
@inline export function isInputAlive(l: Layer, input: i32): bool { return isAlive(l, l.tiles, input) }
@inline export function slotOffset(l: Layer, slot: i32): usize { return <usize>slot * <usize>l.slotStride }
@inline export function roundUp4(n: i32): i32 { return (n + 3) & ~3 }

// What the loss's derivative by an input's range means for the rows that make it. column: derivatives by the input.
export function addRangeFlow(range: usize, column: usize, firstRow: i32, n: i32): void {
  const slope = load<f32>(range, 16), low = load<i32>(range, 8) - firstRow, high = load<i32>(range, 12) - firstRow
  if (<u32>low < <u32>n) store<f32>(column + (<usize>low << 2), load<f32>(column + (<usize>low << 2)) + slope)
  if (<u32>high < <u32>n) store<f32>(column + (<usize>high << 2), load<f32>(column + (<usize>high << 2)) - slope)
}
