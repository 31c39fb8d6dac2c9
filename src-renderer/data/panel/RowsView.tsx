/** The table as it stands in its file, any place of it; a mark says which rows train, validate, test or are left out. */
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { DataRow, DataTable } from '../../../src-shared/contract/data-view'
import type { CellType } from '../../../src-shared/contract/job'
import { SplitMark } from '../../predictions/SplitMark'
import { studio, useStudio } from '../../state/studio'
import { formatCount } from '../../ui/format'
import { Grid, GridRow, useGridSight } from '../grid/Grid'
import { useRowBlocks } from '../grid/row-blocks'
import { looksNumeric } from '../import/understood'
import { scrollTo } from './scroll-to'

/** In pixels. */
const ROW = 24
const COLUMN = 116
const HEAD = 26
/** Around the rows' numbers. */
const AROUND = 36

export function RowsView() {
  const data = useStudio((state) => state.document?.dataSummary)
  const [table, setTable] = useState<{ readonly value: DataTable | null; readonly problem: string | null }>({
    value: null,
    problem: null,
  })
  useEffect(() => {
    let over = false
    setTable({ value: null, problem: null })
    studio()
      .dataTable()
      .then((value) => {
        if (!over) setTable({ value, problem: null })
      })
      .catch((error) => {
        if (!over) setTable({ value: null, problem: error instanceof Error ? error.message : String(error) })
      })
    return () => {
      over = true
    }
  }, [data])
  if (table.value === null) return <div className="empty data-empty">{table.problem ?? 'Looking at the table…'}</div>
  return <Rows table={table.value} />
}

function Rows({ table }: { table: DataTable }) {
  const { names, rows } = table
  const summary = useStudio((state) => state.document?.dataSummary)
  const choice = useStudio((state) => state.document?.data)
  const box = useRef<HTMLElement>(null)
  const size = { rows, columns: names.length, row: ROW, column: COLUMN, head: HEAD, around: AROUND }
  const sight = useGridSight(box, size)
  // The studio answers of the table that is open: another one is fetched anew.
  const fetch = useCallback((from: number, count: number) => studio().dataRows(from, count), [table])
  const rowAt = useRowBlocks(fetch, names.length, sight.top, sight.bottom)
  const roles = useMemo(() => {
    const known = new Map<string, string>()
    if (choice && 'file' in choice) {
      for (const name of choice.inputs) known.set(name.trim(), 'input')
      for (const name of choice.targets) known.set(name.trim(), 'target')
    }
    return known
  }, [choice])
  const types = useMemo(() => {
    const known = [...(summary?.inputs ?? []), ...(summary?.targets ?? [])]
    return new Map(known.map((column) => [column.name.trim(), column.type]))
  }, [summary])
  const examples = Array.from({ length: sight.bottom - sight.top }, (_, k) => rowAt(sight.top + k)?.cells)
  const seen = names.slice(sight.left, sight.right).map((name, k) => ({
    name,
    c: sight.left + k,
    x: sight.x + k * COLUMN,
    numeric: isNumeric(
      types.get(name.trim()),
      examples.map((cells) => cells?.[sight.left + k]),
    ),
    role: roles.get(name.trim()) ?? (roles.size === 0 ? '' : 'ignored'),
  }))
  const numeric = seen.map((column) => (column.numeric ? 'n' : 't')).join('')
  return (
    <div className="data-rows">
      <div className="data-tools">
        <JumpField rows={rows} onJump={(row) => box.current && scrollTo(box.current, row, rows, ROW, HEAD)} />
        <span className="muted">
          of <span className="num">{formatCount(rows)}</span>
        </span>
        <span className="spring" />
        {summary ? <Parts rows={summary.rows} table={rows} /> : null}
      </div>
      <Grid
        box={box}
        size={size}
        sight={sight}
        label="Rows of the table"
        caption="Rows"
        heads={seen.map(({ name, c, x, role, numeric }) => (
          // biome-ignore lint/a11y/useSemanticElements: only a window of the table is in the page
          // biome-ignore lint/a11y/useFocusableInteractive: the table is read, not operated
          <div
            key={c}
            className={`data-name as-${role}${numeric ? ' numeric' : ''}`}
            role="columnheader"
            aria-colindex={c + 2}
            title={role ? `${name}: ${role}` : name}
            style={{ left: x, width: COLUMN, height: HEAD }}
          >
            {name}
          </div>
        ))}
      >
        {(index, y) => (
          <Row
            key={index}
            index={index}
            y={y}
            numbers={sight.numbers}
            row={rowAt(index)}
            left={sight.left}
            right={sight.right}
            numeric={numeric}
            x={sight.x}
          />
        )}
      </Grid>
    </div>
  )
}

/** Whether cells stand at the right, as numbers do. Yes and no are numbers to the network, though words in the table. */
function isNumeric(type: CellType | undefined, cells: readonly (string | null | undefined)[]): boolean {
  if (type === undefined) return looksNumeric(cells)
  return type === 'number' && cells.some((cell) => looksNumeric([cell]))
}

interface RowProps {
  readonly index: number
  readonly y: number
  readonly numbers: number
  /** Null until it is there. */
  readonly row: DataRow | null
  readonly left: number
  readonly right: number
  /** For each column in sight n where it is one of numbers, else t: a text, so that rows are drawn again only where it changes. */
  readonly numeric: string
  readonly x: number
}

const Row = memo(function Row({ index, y, numbers, row, left, right, numeric, x }: RowProps) {
  const isLeftOut = row !== null && row.part === null
  const part = row === null ? '' : (row.part ?? 'left out')
  return (
    <GridRow
      index={index}
      y={y}
      height={ROW}
      numbers={numbers}
      look={isLeftOut ? 'left-out' : ''}
      title={part}
      number={
        <>
          {row?.part && row.part !== 'train' ? <SplitMark name={row.part} /> : null}
          <span>
            {formatCount(index + 1)}
            {part !== '' && part !== 'train' ? <span className="unseen">, {part}</span> : null}
          </span>
        </>
      }
    >
      {row?.cells.slice(left, right).map((cell, k) => (
        // biome-ignore lint/a11y/useSemanticElements: only a window of the table is in the page
        <div
          key={left + k}
          className={numeric[k] === 'n' ? 'grid-cell num' : 'grid-cell'}
          role="cell"
          aria-colindex={left + k + 2}
          title={cell ?? undefined}
          style={{ left: x + k * COLUMN, width: COLUMN }}
        >
          {cell ?? <span className="gap">missing</span>}
        </div>
      ))}
    </GridRow>
  )
})

/** How many rows train, validate, test and are left out, which is what the marks mean. */
function Parts({
  rows,
  table,
}: {
  rows: { readonly train: number; readonly validation: number; readonly test: number }
  table: number
}) {
  const leftOut = table - rows.train - rows.validation - rows.test
  return (
    <p className="data-legend">
      <span>{formatCount(rows.train)} train</span>
      {(['validation', 'test'] as const).map((part) =>
        rows[part] > 0 ? (
          <span key={part}>
            <SplitMark name={part} /> {formatCount(rows[part])} {part}
          </span>
        ) : null,
      )}
      {leftOut > 0 ? (
        <span>
          <s>{formatCount(leftOut)}</s> left out
        </span>
      ) : null}
    </p>
  )
}

function JumpField({ rows, onJump }: { rows: number; onJump: (row: number) => void }) {
  const [text, setText] = useState('')
  const row = Number(text.replace(/\s/g, ''))
  const isRow = Number.isInteger(row) && row >= 1 && row <= rows
  return (
    <label className="data-jump">
      Go to row
      <input
        className="input"
        inputMode="numeric"
        placeholder="1"
        value={text}
        aria-invalid={text.trim() !== '' && !isRow}
        aria-description={`From 1 to ${rows}; Enter goes there.`}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && isRow) onJump(row - 1)
        }}
      />
    </label>
  )
}
