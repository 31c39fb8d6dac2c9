/** Summaries of columns for tests. */
import type { ColumnSummary } from '../../../src-shared/contract/data'

/** Nine different numbers from 0 to 1, but for the change. */
export const column = (name: string, change: Partial<ColumnSummary> = {}): ColumnSummary => ({
  name,
  type: 'number',
  missing: 0,
  distinct: 9,
  min: 0,
  max: 1,
  mean: 0.5,
  sum: 5,
  histogram: [],
  unit: null,
  bad: 0,
  values: [],
  suspects: [],
  ...change,
})
