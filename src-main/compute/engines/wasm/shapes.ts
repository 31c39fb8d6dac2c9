/** What is every layer of a network, before it has a place in memory? And into how many parts do rows go? */
import {
  type Base,
  type Basis,
  basisSize,
  inputsOf,
  type RbfKernel,
  type Specification,
  supportSize,
} from '../../../../src-shared/kan/specification'

/** Samples that pass through a layer together, so that their records stay in the cache: as in layer.as.ts. */
export const CHUNK = 512

/** Most parts of a batch whose gradients are summed apart, and what those sums may take. */
const MOST_SLOTS = 8
const SLOT_BYTES = 2 ** 28
/** Records of a layer up to this many bytes are kept from the way forward to the way back. */
const KEPT_RECORDS = 2 ** 21
/** Values of a layer of few outputs up to this many bytes are kept so, too. */
const KEPT_COLUMNS = 2 ** 25
/** Records of a first layer up to this many bytes stay from step to step while all rows are a step. */
export const HELD_RECORDS = 2 ** 26
/** Records that are made together should stay in the second cache. */
const BLOCK_RECORDS = 2 ** 19
/** Splines up to this order are evaluated as polynomials of float32 coefficients, which keep their digits so far. */
const TABLE_ORDER = 5
/** As layer.as.ts numbers them. */
export const KINDS = { table: 0, recursion: 1, rbf: 2, chebyshev: 3 } as const
const BASES: Readonly<Record<Base, number>> = { zero: 0, silu: 1, identity: 2, tanh: 3 }
const KERNELS: Readonly<Record<RbfKernel, number>> = {
  ...{ gaussian: 0, quadratic: 1, inverse_quadratic: 2, multiquadric: 3, inverse_multiquadric: 4 },
  ...{ spline: 5, poisson_one: 6, poisson_two: 7, matern32: 8, matern52: 9 },
}

export type Shape = ReturnType<typeof layerShape> & {
  readonly base: number
  readonly hasBias: number
  readonly formulas: number
}

export function layerShapes(specification: Specification): readonly Shape[] {
  return specification.layers.map(({ nodes, basis, base, bias, symbolic }, l) => {
    const inputs = inputsOf(specification, l)
    const shape = layerShape(inputs, nodes, basis, l > 0)
    return { ...shape, base: BASES[base], hasBias: bias ? 1 : 0, formulas: symbolic.length }
  })
}

function layerShape(inputs: number, outputs: number, basis: Basis, passesOn: boolean) {
  const lanes = outputs <= 4 ? (4 as const) : (8 as const)
  const narrow = narrowKind(outputs, basis)
  const size = basisSize(basis)
  const order = basis.type === 'spline' ? basis.order : 0
  const support = supportSize(basis)
  const padded = roundUp(support, 4)
  const stride = 8 + 4 * padded
  const intervals = basis.type === 'spline' ? basis.intervals + 2 * order : 0
  const recordBytes = CHUNK * stride
  // Slopes are for the gradient by the inputs: the first layer passes none on.
  const keeps = narrow === 0 && inputs * recordBytes * (passesOn ? 2 : 1) <= KEPT_RECORDS
  const block = Math.max(1, Math.min(inputs, Math.floor(BLOCK_RECORDS / recordBytes)))
  // Narrow layers make records for what the host sums of one input only.
  const held = narrow > 0 ? 1 : keeps ? inputs : block
  const runStride = 8 * (Math.min(CHUNK, intervals + 1) + 1)
  return {
    ...{ inputs, outputs, lanes, size, order, support, padded, stride, intervals, recordBytes, block },
    tiles: Math.ceil(outputs / lanes),
    narrow,
    kind: kindOf(basis),
    kernel: basis.type === 'rbf' ? KERNELS[basis.kernel] : 0,
    cellCount: 4 * intervals,
    /** 2 where they may stay from step to step as well: the inputs of a first layer are the table's. */
    keeps: keeps ? (passesOn ? (1 as const) : (2 as const)) : (0 as const),
    /** Those of several layers lie in the same place unless they are kept. */
    records: held * recordBytes,
    slopes: passesOn ? held * recordBytes : 0,
    runBytes: held * runStride,
    columns: columnBytes(inputs, keptColumns(outputs, narrow, basis, passesOn)),
    runStride,
  }
}

/** Few outputs: 1 see narrow.as.ts, whose sums many intervals would make large; 2 see narrow-dense.as.ts. */
function narrowKind(outputs: number, basis: Basis): 0 | 1 | 2 {
  if (outputs > 2) return 0
  if (basis.type !== 'spline') return 2
  return basis.order >= 1 && basis.order <= 3 && basis.intervals <= 250 ? 1 : 0
}

/** Bytes of what a layer of few outputs keeps of a chunk, where that costs less than making it again. */
function columnBytes(inputs: number, columns: number): number {
  const bytes = inputs * columns * (4 * CHUNK + 64)
  return bytes <= KEPT_COLUMNS ? bytes : 0
}

/** Columns an input: Gaussians; of splines base values and the slopes of all edges. */
function keptColumns(outputs: number, narrow: number, basis: Basis, passesOn: boolean): number {
  if (narrow === 1) return passesOn ? outputs + 1 : 0
  return narrow === 2 && basis.type === 'rbf' && basis.kernel === 'gaussian' ? basis.centers : 0
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

/** Numbers a row of the blocks that are multiplied as matrices, in strips of 6. */
export function stripNumbers({ intervals, narrow, block, size }: Shape): number {
  return intervals === 0 && narrow === 0 ? roundUp(block * (size + 1), 6) : 0
}

/** Multiplications and additions of a row's way through the network and back. */
export function work(shapes: readonly Shape[]): number {
  return shapes.reduce((sum, { inputs, outputs, support }) => sum + 6 * inputs * outputs * (support + 1), 0)
}

/** Most parts of a batch that are worth their sums. */
export function slotCount(shapes: readonly Shape[]): number {
  const bytes = shapes.reduce((sum, { tiles, lanes, inputs, size }) => sum + 4 * tiles * lanes * inputs * (size + 1), 0)
  return Math.max(2, Math.min(MOST_SLOTS, 2 ** Math.floor(Math.log2(SLOT_BYTES / bytes))))
}

/**
 * How the rows of a piece are cut: chunks that the caches hold, and as many parts as are summed apart. It follows from
 * shapes and rows alone, never from threads, so that any number of them gives the same bits.
 */
export function cut(rows: number, slots: number): { chunkRows: number; chunks: number; slots: number } {
  const needed = Math.max(1, Math.ceil(rows / CHUNK))
  // Two threads should have as much to do, each; very few rows are not worth a second reading of the weights.
  const wanted = slots > 1 && rows >= 64 ? roundUp(needed, 2) : needed
  const chunkRows = Math.min(CHUNK, roundUp(Math.ceil(rows / wanted), 4))
  const chunks = Math.max(1, Math.ceil(rows / chunkRows))
  return { chunkRows, chunks, slots: Math.min(slots, chunks) }
}

export function roundUp(count: number, step: number): number {
  return Math.ceil(count / step) * step
}
