/** How well do predicted values agree with the true ones? R², RMSE and MAE, in one pass over the rows. */

export interface RegressionMetrics {
  /** Rows that are compared: those whose prediction is finite. */
  readonly rows: number
  /** Rows that are not, as their prediction is not finite. */
  readonly lost: number
  /**
   * 1 − SS_res / SS_tot, SS_tot about the mean of these very rows: 1 is perfect, 0 is no better than that mean, below 0 is worse.
   * Null where it is not defined: the true values are all the same, or there is none.
   */
  readonly r2: number | null
  /** Root of the mean squared error, in the unit of the values; null where there is no row. */
  readonly rmse: number | null
  /** Mean absolute error, in the unit of the values; null where there is no row. */
  readonly mae: number | null
}

/** Takes pairs one by one, so that a split of any size needs no memory. */
export class RegressionSum {
  private rows = 0
  private lost = 0
  private mean = 0
  private squaresAboutMean = 0
  private squaredErrors = 0
  private absoluteErrors = 0
  private smallest = Number.POSITIVE_INFINITY
  private largest = Number.NEGATIVE_INFINITY

  /** @param truth finite */
  add(truth: number, predicted: number): void {
    if (!Number.isFinite(predicted)) {
      this.lost++
      return
    }
    this.rows++
    // Welford 1962: nothing cancels, however far from 0 the values are.
    const difference = truth - this.mean
    this.mean += difference / this.rows
    this.squaresAboutMean += difference * (truth - this.mean)
    const error = truth - predicted
    this.squaredErrors += error * error
    this.absoluteErrors += Math.abs(error)
    this.smallest = Math.min(this.smallest, truth)
    this.largest = Math.max(this.largest, truth)
  }

  metrics(): RegressionMetrics {
    const { rows, lost } = this
    if (rows === 0) return { rows, lost, r2: null, rmse: null, mae: null }
    // Not by a sum of squares of 0: the mean of equal values may be off by its last bit.
    const isConstant = this.smallest === this.largest
    return {
      rows,
      lost,
      r2: isConstant ? null : 1 - this.squaredErrors / this.squaresAboutMean,
      rmse: Math.sqrt(this.squaredErrors / rows),
      mae: this.absoluteErrors / rows,
    }
  }
}
