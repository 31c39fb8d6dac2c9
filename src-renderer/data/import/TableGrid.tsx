/** The table itself, any number of rows and columns: only what is in sight is drawn. */
import { useCallback, useMemo, useRef } from 'react'
import type { TablePreview, TableSummary } from '../../../src-shared/contract/data'
import type { ReadOptions } from '../../../src-shared/contract/job'
import { ownOf } from '../../../src-shared/own'
import { studio } from '../../state/studio'
import { Grid, useGridSight } from '../grid/Grid'
import { useRowBlocks } from '../grid/row-blocks'
import { ColumnHead } from './ColumnHead'
import type { Change } from './change'
import type { Column } from './columns'
import type { Waiting } from './decisions'
import { actionOf } from './problems'
import type { Selection } from './selection'
import { type Pinned, type SeenColumn, TableRow } from './TableRow'
import { looksNumeric } from './understood'

/** In pixels. */
const ROW = 24
const COLUMN = 150
/** More targets than this are not pinned. */
const MOST_PINNED = 2
const HEAD = 140
/** Around the rows' numbers. */
const AROUND = 24

interface TableGridProps {
  readonly file: string
  readonly read: ReadOptions
  readonly preview: TablePreview
  readonly summary: TableSummary | null
  readonly columns: readonly Column[]
  readonly waiting: ReadonlyMap<string, Waiting>
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
  const { moving, pinned } = useMemo(() => inOrder(columns, shown), [columns, shown])
  const size = { rows, columns: count, row: ROW, column: COLUMN, head: HEAD, around: AROUND, pinned: pinned.length }
  const sight = useGridSight(box, size)
  const { head } = preview
  const fetch = useCallback(
    (from: number, wanted: number) => studio().tableRows(file, read, from, wanted),
    [file, read],
  )
  const fetched = useRowBlocks(fetch, columns.length, Math.max(sight.top, head.length), sight.bottom)
  const rowAt = (index: number) => head[index] ?? fetched(index)
  const bad = useMemo(() => badTexts(summary, read), [summary, read])
  const seen = useMemo(() => {
    const see = (c: number, place: number, x: number, pin: Pinned | null): SeenColumn[] => {
      const column = columns[c]
      if (!column) return []
      const guess = looksNumeric(preview.head.map((row) => row[c])) ? 'number' : null
      const type = column.summary?.type ?? guess
      const ignored = column.role === 'ignore'
      return [{ c, place, x, width: COLUMN, pinned: pin, type, ignored, bad: bad.get(column.name) }]
    }
    return [
      ...moving.slice(sight.left, sight.right).flatMap((c, k) => see(c, sight.left + k, sight.x + k * COLUMN, null)),
      ...pinned.flatMap((c, k) =>
        see(c, moving.length + k, 0, { right: (pinned.length - 1 - k) * COLUMN, first: k === 0 }),
      ),
    ]
  }, [moving, pinned, columns, preview, bad, sight.left, sight.right, sight.x])

  return (
    <Grid
      box={box}
      size={size}
      sight={sight}
      label="The table"
      caption="First rows"
      empty={count === 0 ? <p className="grid-empty">No column is called like this.</p> : null}
      heads={seen.map(({ c, place, x, pinned: pin }) => {
        const column = columns[c]
        return column ? (
          <ColumnHead
            key={c}
            column={column}
            rows={rows}
            waits={props.waiting.get(column.name) ?? null}
            place={place}
            x={x}
            width={COLUMN}
            pinned={pin}
            height={HEAD}
            selected={selection.names.has(column.name)}
            type={ownOf(read.types ?? {}, column.name) ?? null}
            onSelect={onSelect}
            onChange={onChange}
          />
        ) : null
      })}
    >
      {(index, y) => (
        <TableRow
          key={index}
          index={index}
          y={y}
          height={ROW}
          numbers={sight.numbers}
          row={rowAt(index)}
          columns={seen}
          read={preview.read}
        />
      )}
    </Grid>
  )
}

function badTexts(summary: TableSummary | null, read: ReadOptions): ReadonlyMap<string, SeenColumn['bad']> {
  const bad = new Map<string, Map<string, 'bad' | 'missing'>>()
  for (const problem of summary?.problems ?? []) {
    const { column, text } = problem
    if (column === null || text === null) continue
    const texts = bad.get(column) ?? new Map()
    bad.set(column, texts.set(text.trim(), actionOf(problem, read) === 'stop' ? 'bad' : 'missing'))
  }
  return bad
}

/** A target or two stand last, where they stay in sight. */
function inOrder(columns: readonly Column[], shown: readonly number[]) {
  const targets = shown.filter((c) => columns[c]?.role === 'target' && columns[c]?.summary !== null)
  if (targets.length > MOST_PINNED) return { moving: shown, pinned: [] }
  return { moving: shown.filter((c) => !targets.includes(c)), pinned: targets }
}
