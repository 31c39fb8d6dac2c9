/** Predictions as a table that others read. */
import type { Prediction } from '../../src-shared/contract/compute'
import type { TableColumn } from '../../src-shared/contract/data'
import { csvLine } from './csv'

/** Kept columns, then outputs, then labels where there are any. */
export function predictionColumns({ header, kept, outputs, labels }: Prediction): readonly TableColumn[] {
  const cells = [...kept, ...outputs, ...(labels === null ? [] : [labels])]
  return cells.map((column, k) => ({ name: header[k] ?? '', cells: column }))
}

/**
 * One line a row of the data, in its order, with the delimiter, the decimal sign and the mark of the table. Kept cells stand as they do in the data, one that begins with =, + or @ too: what
 * was not changed there is not changed here.
 */
export function predictionsAsCsv(prediction: Prediction): string {
  const { dialect } = prediction
  const rows = prediction.outputs[0]?.length ?? 0
  const lines = [(dialect.mark ? '\ufeff' : '') + csvLine(prediction.header, dialect)]
  const columns = predictionColumns(prediction)
  for (let row = 0; row < rows; row++)
    lines.push(
      csvLine(
        columns.map(({ cells }) => cells[row] ?? null),
        dialect,
      ),
    )
  return lines.join('')
}
