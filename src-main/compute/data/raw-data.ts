/** A data set before scaling, whether read or generated. */

/** Columns as they are in the table. */
export interface RawData {
  readonly name: string
  readonly inputs: readonly Float64Array[]
  readonly targets: readonly Float64Array[]
  readonly inputNames: readonly string[]
  readonly targetNames: readonly string[]
}
