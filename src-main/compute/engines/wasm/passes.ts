/** How do the rows of a table go through the network and back? In pieces that fit the plan, each a job for the kernels. */
import type { BetterKanRegularization, Loss } from '../../../../src-shared/contract/job'
import type { AdamRate } from '../../../../src-shared/numerics/adam'
import type { Arena } from './arena'
import type { WasmData } from './data'
import type { Layout } from './layout'
import type { Kernels } from './loader'
import { CHUNK, cut } from './shapes'
import type { Piece } from './spreads'

/** Rows of a table: `count` from `from` on, in its own order or in that of a list. */
export interface Batch {
  readonly data: WasmData
  readonly order: Uint32Array | null
  readonly from: number
  readonly count: number
}

/** What the kernels can minimise. */
interface PassObjective {
  readonly loss: Loss
  readonly regularization: BetterKanRegularization | null
}

const LOSSES: Readonly<Record<Loss, number>> = { mse: 0, mae: 1, huber: 2, cross_entropy: 3 }

/** 32-bit fields of `Program` in program.as.ts. */
const FIELDS = {
  ...{ layers: 0, rows: 1, chunkRows: 2, chunks: 3, slots: 4, firstRow: 5, clears: 6, keptRecords: 7 },
  ...{
    order: 8,
    tableInputs: 9,
    tableTargets: 10,
    tableStride: 11,
    targets: 12,
    targetStride: 13,
    scoring: 14,
    loss: 15,
  },
  ...{ scale: 16, losses: 18, partials: 19, stepSize: 20, correction: 21, reduced: 22 },
  ...{ held: 23, heldBytes: 24, isHeld: 25, boundaries: 28 },
} as const
type Field = keyof typeof FIELDS

/** 32-bit fields of a boundary. */
const BOUNDARY = 4

/** What is summed of phi, as in forward.as.ts. */
const NOTHING = 0
const SIGNS = 1

export class Passes {
  readonly #kernels: Kernels
  readonly #arena: Arena
  readonly #layout: Layout
  /** First column of what reaches each layer, of the rows of the piece that is bound; the last are the outputs. */
  readonly #columns: number[]
  #inputStride = 0
  /** Which numbers decide what the inputs' basis values are: it changes when they do. */
  readonly #inputVersion: () => number
  /** Of which rows, and of which numbers, the first layer's records have stayed. */
  #held: { readonly data: WasmData; readonly version: number } | null = null

  constructor(kernels: Kernels, arena: Arena, layout: Layout, inputVersion: () => number) {
    this.#inputVersion = inputVersion
    this.#kernels = kernels
    this.#arena = arena
    this.#layout = layout
    this.#columns = [...layout.columns]
    const { layers, columns, pieceStride, program } = layout
    this.#set('layers', layers.length)
    this.#set('losses', program.losses)
    this.#set('partials', program.partials)
    columns.forEach((_, l) => {
      const at = program.at / 4 + FIELDS.boundaries + BOUNDARY * l
      arena.integers.set([layers[l]?.at ?? 0, 0, pieceStride, 0], at)
    })
  }

  /** Parts whose sums are in the memory: one after `join`, for tiles. */
  get slots(): number {
    return this.#arena.integers[this.#index('slots')] as number
  }

  /** Data loss of a batch. */
  loss(batch: Batch, loss: Loss): number {
    let sum = 0
    this.#set('loss', LOSSES[loss])
    this.#eachPiece(batch, () => {
      sum += this.#kernels.runLosses()
    })
    return sum / divisorOf(loss, batch)
  }

  /** Calls back with each piece after it went forward: `column(l, i)` is then the address of what reaches layer l. */
  forward(batch: Batch, visit: (from: number, rows: number) => void): void {
    this.#eachPiece(batch, (rows, from) => {
      this.#kernels.runOutputs()
      visit(from, rows)
    })
  }

  /** Address of a column of the piece that is bound; layer = number of layers: the outputs. */
  column(layer: number, input: number): number {
    const at = this.#columns[layer]
    if (at === undefined) throw new RangeError(`no layer ${layer}`)
    return at + input * (layer === 0 ? this.#inputStride : this.#layout.pieceStride)
  }

  /** Leaves sums of |phi| and the inputs' ranges in the memory. */
  scores(batch: Batch): void {
    this.#sums(batch, SIGNS)
    this.#kernels.joinSums(batch.count)
  }

  /** Data loss and regularisation of a batch; what the way forward leaves in the memory may be gone. */
  value(batch: Batch, { loss, regularization }: PassObjective): { loss: number; regularization: number } {
    if (regularization === null || regularization.lambda === 0) {
      return { loss: this.loss(batch, loss), regularization: 0 }
    }
    return this.#regularizedForward(batch, loss, regularization)
  }

  /** Data loss of a batch; shows the columns of each piece, as `forward` does. `back` may follow. */
  lossAndColumns(batch: Batch, loss: Loss, visit: (piece: Piece) => void): number {
    this.#set('loss', LOSSES[loss])
    return this.#sums(batch, NOTHING, (rows) => visit(this.#piece(rows))) / divisorOf(loss, batch)
  }

  /**
   * The way back after `lossAndColumns`: adds the gradient of the data loss to what the host has put into the gradients since.
   *
   * @param flows blocks like the columns of all boundaries but the first, for derivatives that are added to those by the columns
   * @param fill  is asked to write them for each piece
   */
  back(batch: Batch, loss: Loss, flows: readonly number[], fill: (piece: Piece) => void): void {
    this.#set('reduced', 0)
    this.#scale(1 / divisorOf(loss, batch))
    this.#setFlows(flows)
    if (batch.count <= this.#layout.pieceRows) {
      fill(this.#piece(batch.count))
      this.#kernels.runBack(false)
    } else {
      this.#eachPiece(batch, (rows) => {
        this.#kernels.runOutputs()
        fill(this.#piece(rows))
        this.#kernels.runBack(false)
      })
    }
    this.#setFlows(flows.map(() => 0))
    this.#restoreSlots(batch)
  }

  /** Leaves the gradient of data loss and regularisation in the memory, in parts: `join` adds them up, `update` uses it. */
  gradient(batch: Batch, { loss, regularization }: PassObjective): { loss: number; regularization: number } {
    this.#set('reduced', 0)
    this.#hold(batch)
    const result =
      regularization === null || regularization.lambda === 0
        ? { loss: this.#plain(batch, loss), regularization: 0 }
        : this.#regularized(batch, loss, regularization)
    this.#set('held', 0)
    return result
  }

  /** The gradient, ties pooled, where the layout says. */
  join(): void {
    this.#kernels.join()
  }

  /** One update of Adam. */
  update({ size, correction }: AdamRate, tied: boolean): void {
    if (tied) this.join()
    const { floats } = this.#arena
    floats[this.#index('stepSize')] = size
    floats[this.#index('correction')] = 1 / correction
    this.#kernels.runUpdate()
  }

  #plain(batch: Batch, loss: Loss): number {
    const divisor = divisorOf(loss, batch)
    let sum = 0
    this.#set('loss', LOSSES[loss])
    this.#scale(1 / divisor)
    this.#eachPiece(batch, () => {
      sum += this.#kernels.runGradients()
    })
    this.#restoreSlots(batch)
    return sum / divisor
  }

  // The regulariser's slopes need all rows first. What the way forward left is used again as far as it is still there.
  #regularized(
    batch: Batch,
    loss: Loss,
    regularization: BetterKanRegularization,
  ): { loss: number; regularization: number } {
    const onePiece = batch.count <= this.#layout.pieceRows
    const result = this.#regularizedForward(batch, loss, regularization)
    // On the way back the records are there.
    this.#set('isHeld', 1)
    this.#scale(1 / divisorOf(loss, batch))
    if (onePiece) this.#kernels.runBack(false)
    else this.#eachPiece(batch, () => this.#kernels.runBack(true))
    this.#restoreSlots(batch)
    return result
  }

  #regularizedForward(batch: Batch, loss: Loss, { lambda, l1, entropy }: BetterKanRegularization) {
    this.#set('loss', LOSSES[loss])
    const sum = this.#sums(batch, SIGNS)
    this.#kernels.joinSums(batch.count)
    return { loss: sum / divisorOf(loss, batch), regularization: lambda * this.#kernels.penalty(lambda, l1, entropy) }
  }

  /** Goes forward and sums; returns the sum of losses. */
  #sums(batch: Batch, scoring: number, visit?: (rows: number) => void): number {
    let sum = 0
    this.#set('scoring', scoring)
    // What the host sums of the columns takes the records' place.
    const kept = scoring === SIGNS && batch.count <= CHUNK
    this.#set('keptRecords', kept && cut(batch.count, this.#layout.slots).chunks === 1 ? 1 : 0)
    this.#eachPiece(batch, (rows) => {
      sum += this.#kernels.runSums()
      visit?.(rows)
    })
    this.#restoreSlots(batch)
    return sum
  }

  /** Where a whole table is a step the next one has the same inputs: the first layer's records stay if there is room. */
  #hold({ data, order, from, count }: Batch): void {
    const { held, pieceRows, slots } = this.#layout
    const isWhole = order === null && from === 0 && count === data.rows && count <= pieceRows
    if (!isWhole || cut(count, slots).chunks > held.chunks) return
    const version = this.#inputVersion()
    this.#set('held', held.at)
    this.#set('heldBytes', held.bytes)
    this.#set('isHeld', this.#held?.data === data && this.#held.version === version ? 1 : 0)
    this.#held = { data, version }
  }

  /** A last piece may be cut into fewer parts than hold sums. */
  #restoreSlots(batch: Batch): void {
    this.#set('slots', cut(Math.min(batch.count, this.#layout.pieceRows), this.#layout.slots).slots)
  }

  #eachPiece(batch: Batch, visit: (rows: number, from: number) => void): void {
    for (let from = 0; from < batch.count; from += this.#layout.pieceRows) {
      const rows = Math.min(this.#layout.pieceRows, batch.count - from)
      this.#bind(batch, from, rows)
      visit(rows, from)
    }
  }

  /** Rows in the table's own order are read where they are; others are picked out by the kernels. */
  #bind({ data, order, from }: Batch, piece: number, rows: number): void {
    const first = from + piece
    const { columns, targets, order: list, pieceStride, slots } = this.#layout
    const parts = cut(rows, slots)
    this.#set('rows', rows)
    this.#set('chunkRows', parts.chunkRows)
    this.#set('chunks', parts.chunks)
    this.#set('slots', parts.slots)
    this.#set('firstRow', piece)
    this.#set('clears', piece === 0 ? 1 : 0)
    if (order === null) {
      this.#set('order', 0)
      this.#setColumns(data.inputsAt + 4 * first, data.stride, data.targetsAt + 4 * first, data.stride)
      return
    }
    const picked = order.subarray(first, first + rows)
    for (const row of picked) if (row >= data.rows) throw new RangeError(`row ${row} of a table of ${data.rows}`)
    this.#arena.integers.set(picked, list / 4)
    this.#set('order', list)
    this.#set('tableInputs', data.inputsAt)
    this.#set('tableTargets', data.targetsAt)
    this.#set('tableStride', data.stride)
    this.#setColumns(columns[0] as number, pieceStride, targets, pieceStride)
  }

  #setColumns(inputs: number, inputStride: number, targets: number, targetStride: number): void {
    this.#columns[0] = inputs
    this.#inputStride = inputStride
    this.#set('targets', targets)
    this.#set('targetStride', targetStride)
    const { integers } = this.#arena
    const boundaries = this.#index('boundaries')
    this.#columns.forEach((column, l) => {
      integers[boundaries + BOUNDARY * l + 1] = column
    })
    integers[boundaries + 2] = inputStride
  }

  #setFlows(flows: readonly number[]): void {
    const boundaries = this.#index('boundaries')
    flows.forEach((flow, l) => {
      this.#arena.integers[boundaries + BOUNDARY * (l + 1) + 3] = flow
    })
  }

  #piece(rows: number): Piece {
    return { rows, column: (layer, input) => this.column(layer, input) }
  }

  #index(field: Field): number {
    return this.#layout.program.at / 4 + FIELDS[field]
  }

  #set(field: Field, value: number): void {
    this.#arena.integers[this.#index(field)] = value
  }

  #scale(scale: number): void {
    new DataView(this.#arena.memory.buffer).setFloat64(4 * this.#index('scale'), scale, true)
  }
}

/** Cross-entropy is a mean over the rows, the others over all outputs of all rows. */
function divisorOf(loss: Loss, { count, data }: Batch): number {
  return loss === 'cross_entropy' ? count : count * data.outputs
}
