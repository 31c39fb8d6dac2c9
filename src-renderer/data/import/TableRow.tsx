/** A row of the table as it is understood: the cells of the columns in sight. */
import { memo } from 'react'
import type { ReadReport } from '../../../src-shared/contract/data'
import type { CellType } from '../../../src-shared/contract/job'
import { formatCount } from '../../ui/format'
import { GridRow } from '../grid/Grid'
import { understood } from './understood'

/** How far from the right edge a column stays in sight, in pixels, and whether it is the first to do so. */
export interface Pinned {
  readonly right: number
  readonly first: boolean
}

/** Class and place of what stands in a column. */
export const placed = (pinned: Pinned | null, x: number, width: number) =>
  pinned === null
    ? { look: '', style: { left: x, width } }
    : { look: pinned.first ? 'pinned first' : 'pinned', style: { right: pinned.right, width } }

/** A column that is in sight. */
export interface SeenColumn {
  /** Which of the table's columns it is, and which of those that are shown. */
  readonly c: number
  readonly place: number
  /** In pixels. */
  readonly x: number
  readonly width: number
  /** Where it is pinned; null where it scrolls. */
  readonly pinned: Pinned | null
  readonly type: CellType | null
  readonly ignored: boolean
  /** Texts that are not of its type; those that count as missing or go with their row look so. */
  readonly bad: ReadonlyMap<string, 'bad' | 'missing'> | undefined
}

interface TableRowProps {
  readonly index: number
  /** In pixels. */
  readonly y: number
  readonly height: number
  /** Width of the column with the rows' numbers. */
  readonly numbers: number
  /** Null until it is there. */
  readonly row: readonly (string | null)[] | null
  readonly columns: readonly SeenColumn[]
  readonly read: ReadReport
}

export const TableRow = memo(function TableRow({ index, y, height, numbers, row, columns, read }: TableRowProps) {
  return (
    <GridRow index={index} y={y} height={height} numbers={numbers} number={formatCount(index + 1)}>
      {columns.map((column) => (
        <Cell key={column.c} column={column} raw={row === null ? undefined : (row[column.c] ?? null)} read={read} />
      ))}
    </GridRow>
  )
})

interface CellProps {
  readonly column: SeenColumn
  /** Undefined until it is there. */
  readonly raw: string | null | undefined
  readonly read: ReadReport
}

const Cell = memo(
  function Cell({ column, raw, read }: CellProps) {
    const { place, x, width, pinned, type, ignored, bad } = column
    const at = placed(pinned, x, width)
    const { text, kind } = understood(raw, type, read, bad)
    const look = ['grid-cell', type === 'number' ? 'num' : '', kind, ignored ? 'ignored' : '', at.look].join(' ')
    return (
      // biome-ignore lint/a11y/useSemanticElements: only a window of the table is in the page
      <div className={look} role="cell" aria-colindex={place + 2} title={raw ?? undefined} style={at.style}>
        {raw === undefined ? '' : kind === 'missing' ? text || <span className="gap">missing</span> : text}
      </div>
    )
  },
  (before, after) =>
    before.raw === after.raw &&
    before.read === after.read &&
    before.column.x === after.column.x &&
    before.column.pinned?.right === after.column.pinned?.right &&
    before.column.pinned?.first === after.column.pinned?.first &&
    before.column.place === after.column.place &&
    before.column.type === after.column.type &&
    before.column.ignored === after.column.ignored &&
    before.column.bad === after.column.bad,
)
