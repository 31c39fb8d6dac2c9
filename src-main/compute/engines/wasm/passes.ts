/** How do the rows of a table go through the network and back? In pieces that fit the plan, and chunks that fit the cache. */
import type { BetterKanRegularization, Loss } from '../../../../src-shared/contract/job'
import type { Arena } from './arena'
import type { WasmData } from './data'
import { CHUNK, type Layout, RANGE_BYTES, tiledLength } from './layout'
import type { Kernels } from './loader'

/** Kinds of losses, as kernels/loss.as.ts numbers them. */
const LOSSES: Readonly<Record<Loss, number>> = { mse: 0, mae: 1, huber: 2, cross_entropy: 3 }

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

export class Passes {
  readonly #kernels: Kernels
  readonly #arena: Arena
  readonly #layout: Layout
  /** First column of what reaches each layer, of the rows of the piece that is bound; the last are the outputs. */
  readonly #columns: number[]
  #inputStride = 0
  #targets = 0
  #targetStride = 0

  constructor(kernels: Kernels, arena: Arena, layout: Layout) {
    this.#kernels = kernels
    this.#arena = arena
    this.#layout = layout
    this.#columns = [...layout.columns]
  }

  /** Data loss of a batch. */
  loss(batch: Batch, loss: Loss): number {
    let sum = 0
    this.#eachPiece(batch, (rows) => {
      this.#eachChunk(rows, (row, count) => {
        this.#forward(row, count, row, false, false)
        sum += this.#dataLoss(loss, row, count, 0)
      })
    })
    return sum / divisorOf(loss, batch)
  }

  /** Calls back with each piece after it went forward: `column(l, i)` is then the address of what reaches layer l. */
  forward(batch: Batch, visit: (from: number, rows: number) => void): void {
    this.#eachPiece(batch, (rows, from) => {
      this.#eachChunk(rows, (row, count) => this.#forward(row, count, row, false, false))
      visit(from, rows)
    })
  }

  /** Address of a column of the piece that is bound; layer = number of layers: the outputs. */
  column(layer: number, input: number): number {
    return this.#address(layer) + input * this.#stride(layer)
  }

  /** Leaves sums of |phi| and the inputs' ranges in the memory. */
  scores(batch: Batch): void {
    this.#clearScores()
    this.#eachPiece(batch, (rows, from) => {
      this.#eachChunk(rows, (row, count) => this.#forward(row, count, from + row, false, true))
    })
  }

  /** Data loss and regularisation of a batch; what the way forward leaves in the memory may be gone. */
  value(batch: Batch, { loss, regularization }: PassObjective): { loss: number; regularization: number } {
    if (regularization === null || regularization.lambda === 0) {
      return { loss: this.loss(batch, loss), regularization: 0 }
    }
    return this.#regularizedForward(batch, loss, regularization, false)
  }

  /** Leaves the gradient of data loss and regularisation in the memory, ties pooled. */
  gradient(batch: Batch, { loss, regularization }: PassObjective): { loss: number; regularization: number } {
    this.#clearGradients()
    const result =
      regularization === null || regularization.lambda === 0
        ? { loss: this.#plain(batch, loss), regularization: 0 }
        : this.#regularized(batch, loss, regularization)
    for (const { at } of this.#layout.layers) this.#kernels.pool(at)
    return result
  }

  #plain(batch: Batch, loss: Loss): number {
    const divisor = divisorOf(loss, batch)
    let sum = 0
    this.#eachPiece(batch, (rows) => {
      this.#eachChunk(rows, (row, count) => {
        this.#forward(row, count, row, true, false)
        sum += this.#dataLoss(loss, row, count, 1 / divisor)
        this.#backward(row, count, row, false)
      })
    })
    return sum / divisor
  }

  // The regulariser's slopes need all rows first. What the way forward left is used again as far as it is still there.
  #regularized(
    batch: Batch,
    loss: Loss,
    regularization: BetterKanRegularization,
  ): { loss: number; regularization: number } {
    const divisor = divisorOf(loss, batch)
    const onePiece = batch.count <= this.#layout.pieceRows
    const oneChunk = batch.count <= CHUNK
    const result = this.#regularizedForward(batch, loss, regularization, oneChunk)
    const back = (rows: number, from: number) => {
      this.#eachChunk(rows, (row, count) => {
        if (!onePiece) this.#forward(row, count, from + row, true, false)
        else if (!oneChunk) this.#basis(row, count)
        this.#dataLoss(loss, row, count, 1 / divisor)
        this.#backward(row, count, from + row, true)
      })
    }
    if (onePiece) back(batch.count, 0)
    else this.#eachPiece(batch, back)
    return result
  }

  #regularizedForward(
    batch: Batch,
    loss: Loss,
    { lambda, l1, entropy }: BetterKanRegularization,
    withSlopes: boolean,
  ): { loss: number; regularization: number } {
    let sum = 0
    this.#clearScores()
    this.#eachPiece(batch, (rows, from) => {
      this.#eachChunk(rows, (row, count) => {
        this.#forward(row, count, from + row, withSlopes, true)
        sum += this.#dataLoss(loss, row, count, 0)
      })
    })
    let penalty = 0
    for (const { at } of this.#layout.layers) penalty += this.#kernels.regularize(at, batch.count, lambda, l1, entropy)
    return { loss: sum / divisorOf(loss, batch), regularization: lambda * penalty }
  }

  #eachPiece(batch: Batch, visit: (rows: number, from: number) => void): void {
    for (let from = 0; from < batch.count; from += this.#layout.pieceRows) {
      const rows = Math.min(this.#layout.pieceRows, batch.count - from)
      this.#bind(batch, from, rows)
      visit(rows, from)
    }
  }

  #eachChunk(rows: number, visit: (row: number, count: number) => void): void {
    for (let row = 0; row < rows; row += CHUNK) visit(row, Math.min(CHUNK, rows - row))
  }

  /** Rows in the table's own order are read where they are; others are picked out first. */
  #bind({ data, order, from }: Batch, piece: number, rows: number): void {
    const first = from + piece
    if (order === null) {
      this.#columns[0] = data.inputsAt + 4 * first
      this.#targets = data.targetsAt + 4 * first
      this.#inputStride = this.#targetStride = data.stride
      return
    }
    const picked = order.subarray(first, first + rows)
    for (const row of picked) if (row >= data.rows) throw new RangeError(`row ${row} of a table of ${data.rows}`)
    const { columns, targets, order: list, pieceStride } = this.#layout
    this.#arena.integers.set(picked, list / 4)
    this.#columns[0] = columns[0] as number
    this.#targets = targets
    this.#inputStride = this.#targetStride = pieceStride
    this.#kernels.gather(data.inputsAt, data.stride, data.inputs, list, rows, this.#columns[0], pieceStride)
    this.#kernels.gather(data.targetsAt, data.stride, data.outputs, list, rows, targets, pieceStride)
  }

  #address(layer: number): number {
    const at = this.#columns[layer]
    if (at === undefined) throw new RangeError(`no layer ${layer}`)
    return at
  }

  #stride(layer: number): number {
    return layer === 0 ? this.#inputStride : this.#layout.pieceStride
  }

  #forward(row: number, count: number, batchRow: number, withSlopes: boolean, withScores: boolean): void {
    const { layers } = this.#layout
    for (let l = 0; l < layers.length; l++) {
      this.#kernels.forward(
        (layers[l] as Layout['layers'][number]).at,
        this.#address(l) + 4 * row,
        this.#stride(l),
        count,
        this.#address(l + 1) + 4 * row,
        this.#stride(l + 1),
        Number(withSlopes),
        Number(withScores),
        batchRow,
      )
    }
  }

  #basis(row: number, count: number): void {
    this.#layout.layers.forEach(({ at }, l) => {
      this.#kernels.basisOnly(at, this.#address(l) + 4 * row, this.#stride(l), count)
    })
  }

  #dataLoss(loss: Loss, row: number, count: number, scale: number): number {
    const last = this.#layout.layers.length
    const outputs = this.#layout.layers[last - 1]?.fields.outputs ?? 0
    return this.#kernels.dataLoss(
      LOSSES[loss],
      this.#address(last) + 4 * row,
      this.#stride(last),
      this.#targets + 4 * row,
      this.#targetStride,
      outputs,
      count,
      scale,
    )
  }

  #backward(row: number, count: number, batchRow: number, withScores: boolean): void {
    const { layers } = this.#layout
    for (let l = layers.length - 1; l >= 0; l--) {
      const { at } = layers[l] as Layout['layers'][number]
      const x = this.#address(l) + 4 * row
      this.#kernels.backward(at, x, this.#stride(l), count, Number(l > 0), Number(withScores), batchRow)
    }
  }

  #clearGradients(): void {
    const { floats } = this.#arena
    for (const { fields } of this.#layout.layers) {
      const { gradient, biasGradient } = fields
      floats.fill(0, gradient / 4, gradient / 4 + tiledLength(fields, fields.size + 1))
      floats.fill(0, biasGradient / 4, biasGradient / 4 + fields.tiles * fields.lanes)
    }
  }

  #clearScores(): void {
    const { floats } = this.#arena
    for (const { fields } of this.#layout.layers) {
      floats.fill(0, fields.sums / 4, fields.sums / 4 + tiledLength(fields, 1))
      for (let i = 0; i < fields.inputs; i++) {
        const range = (fields.ranges + i * RANGE_BYTES) / 4
        floats[range] = Number.POSITIVE_INFINITY
        floats[range + 1] = Number.NEGATIVE_INFINITY
      }
    }
  }
}

/** What a batch's sum of losses is divided by: cross-entropy is a mean over rows, the others over all elements. */
function divisorOf(loss: Loss, { count, data }: Batch): number {
  return loss === 'cross_entropy' ? count : count * data.outputs
}
