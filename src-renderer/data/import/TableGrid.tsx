/** The table itself, any number of rows and columns: only what is in sight is drawn. */
import { useCallback, useMemo, useRef } from 'react'
import type { TablePreview, TableSummary } from '../../../src-shared/contract/data'
import type { ReadOptions } from '../../../src-shared/contract/job'
import { studio } from '../../state/studio'
import { Grid, numbersWidth, useGridSight } from '../grid/Grid'
import { useRowBlocks } from '../grid/row-blocks'
import { ColumnHead } from './ColumnHead'
import type { Change } from './change'
import type { Column } from './columns'
import type { Selection } from './selection'
import { type SeenColumn, TableRow } from './TableRow'
import { looksNumeric } from './understood'

/** In pixels. */
const ROW = 24
const COLUMN = 156
const HEAD = 140
/** Around the rows' numbers. */
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
  const size = { rows, columns: count, row: ROW, column: COLUMN, head: HEAD, around: AROUND }
  const numbers = numbersWidth(size)
  const sight = useGridSight(box, size)
  const { head } = preview
  const fetch = useCallback(
    (from: number, wanted: number) => studio().tableRows(file, read, from, wanted),
    [file, read],
  )
  const fetched = useRowBlocks(fetch, columns.length, Math.max(sight.top, head.length), sight.bottom)
  const rowAt = (index: number) => head[index] ?? fetched(index)
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
    <Grid
      box={box}
      size={size}
      label="The table"
      caption="First rows"
      empty={count === 0 ? <p className="grid-empty">No column is called like this.</p> : null}
      heads={seen.map(({ c, place, x }) => {
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
    >
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
    </Grid>
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
