/** The table itself, any number of rows and columns: only what is in sight is drawn. */
import { useCallback, useMemo, useRef } from 'react'
import type { TablePreview, TableSummary } from '../../../src-shared/contract/data'
import type { ReadOptions } from '../../../src-shared/contract/job'
import { formatCount } from '../../ui/format'
import { useScrolled } from '../../ui/use-scrolled'
import { inSight, lengthOf } from '../../ui/window'
import { ColumnHead } from './ColumnHead'
import type { Change } from './change'
import type { Column } from './columns'
import type { Selection } from './selection'
import { type SeenColumn, TableRow } from './TableRow'
import { looksNumeric } from './understood'
import { useRows } from './use-rows'
import './table-grid.css'

/** In pixels. */
const ROW = 24
const COLUMN = 156
const HEAD = 140
/** Of a digit of the rows' numbers, and of what is around them. */
const DIGIT = 7
const AROUND = 24

interface TableGridProps {
  readonly file: string
  readonly read: ReadOptions
  readonly preview: TablePreview
  readonly summary: TableSummary | null
  readonly columns: readonly Column[]
  /** Indices of the columns that are shown. */
  readonly shown: readonly number[]
  readonly selection: Selection
  readonly onSelect: (name: string, keys: { shift: boolean; mod: boolean }) => void
  readonly onChange: Change
}

export function TableGrid(props: TableGridProps) {
  const { file, read, preview, summary, columns, shown, selection, onSelect, onChange } = props
  const box = useRef<HTMLElement>(null)
  const rows = summary?.rows ?? preview.head.length
  const count = shown.length
  const numbers = AROUND + DIGIT * Math.max(3, formatCount(rows).length)
  const sight = useScrolled(
    box,
    useCallback(
      ({ left, top, width, height }) => {
        const down = inSight(rows, ROW, top, Math.max(0, height - HEAD))
        const across = inSight(count, COLUMN, left, Math.max(0, width - numbers), 2)
        return {
          top: down.first,
          bottom: down.end,
          y: HEAD + down.offset,
          left: across.first,
          right: across.end,
          x: numbers + across.offset,
        }
      },
      [rows, count, numbers],
    ),
  )
  const rowAt = useRows(file, read, preview.head, columns.length, sight.top, sight.bottom)
  const bad = useMemo(() => badTexts(summary), [summary])
  const seen = useMemo(
    () =>
      shown.slice(sight.left, sight.right).flatMap((c, k): SeenColumn[] => {
        const column = columns[c]
        if (!column) return []
        const guess = looksNumeric(preview.head.map((row) => row[c])) ? 'number' : null
        return [
          {
            c,
            place: sight.left + k,
            x: sight.x + k * COLUMN,
            width: COLUMN,
            type: column.summary?.type ?? guess,
            ignored: column.role === 'ignore',
            bad: bad.get(column.name),
          },
        ]
      }),
    [shown, columns, preview, bad, sight.left, sight.right, sight.x],
  )

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="grid" ref={box} tabIndex={0} aria-label="The table">
      {/* biome-ignore lint/a11y/useSemanticElements: only a window of the table is in the page */}
      <div
        role="table"
        aria-label="First rows"
        aria-rowcount={rows + 1}
        aria-colcount={count + 1}
        style={{ width: numbers + lengthOf(count, COLUMN), height: HEAD + lengthOf(rows, ROW) }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the row of names is read, not operated */}
        <div className="grid-head" role="row" aria-rowindex={1} style={{ height: HEAD }}>
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
          <div className="grid-corner" role="columnheader" aria-colindex={1} style={{ width: numbers, height: HEAD }}>
            row
          </div>
          {seen.map(({ c, place, x }) => {
            const column = columns[c]
            return column ? (
              <ColumnHead
                key={c}
                column={column}
                rows={rows}
                place={place}
                x={x}
                width={COLUMN}
                height={HEAD}
                selected={selection.names.has(column.name)}
                type={read.types?.[column.name] ?? null}
                onSelect={onSelect}
                onChange={onChange}
              />
            ) : null
          })}
        </div>
        {Array.from({ length: sight.bottom - sight.top }, (_, k) => (
          <TableRow
            key={sight.top + k}
            index={sight.top + k}
            y={sight.y + k * ROW}
            height={ROW}
            numbers={numbers}
            row={rowAt(sight.top + k)}
            columns={seen}
            read={preview.read}
          />
        ))}
      </div>
      {count === 0 ? <p className="grid-empty">No column is called like this.</p> : null}
    </section>
  )
}

function badTexts(summary: TableSummary | null): ReadonlyMap<string, ReadonlySet<string>> {
  const bad = new Map<string, Set<string>>()
  for (const { column, text } of summary?.problems ?? []) {
    if (column === null || text === null) continue
    const texts = bad.get(column) ?? new Set()
    bad.set(column, texts.add(text.trim()))
  }
  return bad
}
