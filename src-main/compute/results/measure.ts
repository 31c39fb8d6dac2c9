/** What is measured of rows as they are predicted, piece by piece: figures of all outputs, and the worst rows of one. */
import type { SplitMeasures } from '../../../src-shared/contract/results'
import type { OutputCoding } from '../../../src-shared/kan/preprocessing'
import type { Specification } from '../../../src-shared/kan/specification'
import { dataLoss } from '../../../src-shared/numerics/loss'
import { RegressionSum } from '../../../src-shared/numerics/regression-metrics'
import { unscaled } from '../data/coding/targets'
import type { Columns } from '../engines/engine'
import { largestOf } from '../evaluate'

/** Rows that a network has just computed. */
interface Piece {
  /** Which rows of the raw data they are. */
  readonly rows: Uint32Array
  /** Coded, a value for each of the rows. */
  readonly targets: Columns['targets']
  /** [rows, O], as the network gives them. */
  readonly predicted: Float64Array
}

export interface Measure {
  add(piece: Piece): void
  measures(): SplitMeasures
  /** The worst first. */
  worst(): readonly Residual[]
}

export interface Residual {
  /** Of the raw data. */
  readonly row: number
  readonly truth: number
  readonly predicted: number
}

/** @param output of which the worst rows are kept */
export function measureFor(task: Specification['task'], outputs: readonly OutputCoding[], output: number): Measure {
  return task === 'classification' ? new ClassificationMeasure() : new RegressionMeasure(outputs, output)
}

class RegressionMeasure implements Measure {
  private readonly sums: readonly RegressionSum[]
  private readonly worstRows = new Worst()

  constructor(
    private readonly outputs: readonly OutputCoding[],
    private readonly output: number,
  ) {
    this.sums = outputs.map(() => new RegressionSum())
  }

  add({ rows, targets, predicted }: Piece): void {
    const width = targets.length
    this.sums.forEach((sum, j) => {
      const coding = this.outputs[j] as OutputCoding
      rows.forEach((row, k) => {
        const truth = unscaled(coding, targets[j]?.[k] as number)
        const value = unscaled(coding, predicted[k * width + j] as number)
        sum.add(truth, value)
        if (j === this.output) this.worstRows.add({ row, truth, predicted: value })
      })
    })
  }

  measures(): SplitMeasures {
    return { type: 'regression', outputs: this.sums.map((sum) => sum.metrics()) }
  }

  worst(): readonly Residual[] {
    return this.worstRows.rows
  }
}

class ClassificationMeasure implements Measure {
  private rows = 0
  private right = 0
  private loss = 0

  add({ rows: { length: count }, targets, predicted }: Piece): void {
    const width = targets.length
    const rowMajor = new Float64Array(count * width)
    for (let k = 0; k < count; k++) {
      for (let j = 0; j < width; j++) rowMajor[k * width + j] = targets[j]?.[k] as number
      const classOf = (values: Float64Array) => largestOf(values.subarray(k * width, (k + 1) * width))
      if (classOf(predicted) === classOf(rowMajor)) this.right++
    }
    this.loss += count * dataLoss('cross_entropy', predicted, rowMajor, width).value
    this.rows += count
  }

  measures(): SplitMeasures {
    const { rows, loss, right } = this
    return { type: 'classification', rows, loss: loss / rows, accuracy: right / rows }
  }

  worst(): readonly Residual[] {
    return []
  }
}

const MOST_WORST = 20

/** The rows with the largest residuals of all that were added; of equal ones those that came first. */
class Worst {
  readonly rows: Residual[] = []
  private least = Number.NEGATIVE_INFINITY

  add(residual: Residual): void {
    const size = sizeOf(residual)
    if (!Number.isFinite(size) || (this.rows.length === MOST_WORST && size <= this.least)) return
    let place = this.rows.length
    while (place > 0 && sizeOf(this.rows[place - 1] as Residual) < size) place--
    this.rows.splice(place, 0, residual)
    if (this.rows.length > MOST_WORST) this.rows.pop()
    this.least = sizeOf(this.rows[this.rows.length - 1] as Residual)
  }
}

const sizeOf = ({ truth, predicted }: Residual) => Math.abs(truth - predicted)
