/** What is odd about a column, and what to do about it. */
import type { ColumnSummary } from '../../../src-shared/contract/data'
import { formatCount, formatFigure } from '../../ui/format'

export interface Flag {
  readonly kind:
    | 'empty'
    | 'constant'
    | 'mostly-missing'
    | 'duplicate'
    | 'identifier'
    | 'row-counter'
    | 'many-values'
    | 'off-grid'
  /** As it stands at the column's head. */
  readonly label: string
  /** One sentence: what it means and what to do. */
  readonly advice: string
}

interface Surroundings {
  readonly rows: number
  /** Of the grid that inputs reach as they are, where nothing scales them; null where they are scaled. */
  readonly grid: readonly [number, number] | null
}

/** The flags of each column, in their order. */
export function flagsOf(columns: readonly ColumnSummary[], { rows, grid }: Surroundings): readonly (readonly Flag[])[] {
  const first = new Map<string, string>()
  return columns.map((column) => {
    const key = likeness(column)
    const twin = key === null ? undefined : first.get(key)
    if (key !== null && twin === undefined) first.set(key, column.name)
    return [...own(column, rows), ...(twin === undefined ? [] : [duplicate(twin)]), ...offGrid(column, grid)]
  })
}

export const varies = (column: ColumnSummary): boolean => column.distinct > 1

export const mostlyMissing = (column: ColumnSummary, rows: number): boolean => 2 * column.missing > rows

/** Whether a column only tells rows apart: texts that are all different, or an `id` whose numbers are. */
export function isIdentifier(column: ColumnSummary, rows: number): boolean {
  const filled = rows - column.missing
  if (filled < 3 || column.distinct < filled) return false
  return column.type === 'text' || (column.type === 'number' && COUNTERS.test(column.name))
}

const COUNTERS =
  /^(id|index|row|rows?[ _-]?(nr|no|number|id)?|record|rec|rn|obs|nr\.?|no\.?|#|lfd\.?([ _-]?nr\.?)?|zeile)$|[ _-]id$/i

/** Whether its numbers count the rows one by one, so that a column of another name may do no more than that. */
function countsRows({ type, distinct, missing, min, max }: ColumnSummary, rows: number): boolean {
  if (type !== 'number' || missing > 0 || rows < 3 || distinct < rows || min === null || max === null) return false
  return Number.isInteger(min) && max - min === rows - 1
}

function own(column: ColumnSummary, rows: number): Flag[] {
  if (rows > 0 && column.missing >= rows)
    return [{ kind: 'empty', label: 'empty', advice: 'All of its cells are missing: ignore it.' }]
  if (!varies(column))
    return [
      {
        kind: 'constant',
        label: 'constant',
        advice: 'It has the same value in every row and tells nothing: ignore it.',
      },
    ]
  const flags: Flag[] = []
  if (mostlyMissing(column, rows))
    flags.push({
      kind: 'mostly-missing',
      label: 'mostly missing',
      advice: `${formatCount(column.missing)} of ${formatCount(rows)} cells are missing: better ignore it.`,
    })
  if (isIdentifier(column, rows))
    flags.push({
      kind: 'identifier',
      label: 'identifier',
      advice:
        'It is different in every row and only tells rows apart: ignore it, or a network learns the rows by heart.',
    })
  else if (countsRows(column, rows))
    flags.push({
      kind: 'row-counter',
      label: 'row counter?',
      advice: 'It counts the rows one by one: ignore it, unless it was measured or set.',
    })
  else if (column.type === 'text' && column.distinct > 50)
    flags.push({
      kind: 'many-values',
      label: 'many values',
      advice: `As a category it becomes ${formatCount(column.distinct)} inputs, one for each different text.`,
    })
  return flags
}

const duplicate = (twin: string): Flag => ({
  kind: 'duplicate',
  label: `same as ${twin}`,
  advice: `Its values look the same as those of “${twin}”: one of the two is enough.`,
})

function offGrid(column: ColumnSummary, grid: Surroundings['grid']): Flag[] {
  if (grid === null || column.type === 'text' || column.min === null || column.max === null) return []
  if (column.min >= grid[0] && column.max <= grid[1]) return []
  return [
    {
      kind: 'off-grid',
      label: 'beyond the grid',
      advice: `${formatFigure(column.min)} … ${formatFigure(column.max)} reaches beyond the grid (${formatFigure(grid[0])} … ${formatFigure(grid[1])}), where curves are flat: scale it.`,
    },
  ]
}

/** Equal for columns whose figures are all equal; null where that says nothing. */
function likeness(column: ColumnSummary): string | null {
  const { type, distinct, missing, min, max, sum, histogram, values } = column
  if (distinct < 3) return null
  const figures = type === 'text' ? values.map(({ text, count }) => [text, count]) : [min, max, sum, ...histogram]
  return JSON.stringify([type, distinct, missing, figures])
}
