/** The head of a column: its name, what it is and is for, its values at a glance, what is odd about it. */
import { memo } from 'react'
import type { ColumnSummary } from '../../../src-shared/contract/data'
import type { CellType } from '../../../src-shared/contract/job'
import { formatCount, formatFigure } from '../../ui/format'
import { Histogram } from '../Histogram'
import type { Change } from './change'
import type { Column } from './columns'
import type { Waiting } from './decisions'
import { withType } from './draft'
import { ROLES, TYPES, withRole } from './roles'
import { type Pinned, placed } from './TableRow'
import './column-head.css'

interface ColumnHeadProps {
  readonly column: Column
  readonly rows: number
  /** What is not decided yet; null where nothing is. */
  readonly waits: Waiting | null
  readonly place: number
  readonly x: number
  readonly width: number
  readonly pinned: Pinned | null
  readonly height: number
  readonly selected: boolean
  /** The type that was chosen; null where it is detected. */
  readonly type: CellType | null
  readonly onSelect: (name: string, keys: { shift: boolean; mod: boolean }) => void
  readonly onChange: Change
}

export const ColumnHead = memo(function ColumnHead(props: ColumnHeadProps) {
  const { column, rows, waits, place, x, width, pinned, height, selected, type, onSelect, onChange } = props
  const { name, unit, summary, role, flags } = column
  const [flag] = flags
  const at = placed(pinned, x, width)
  return (
    // biome-ignore lint/a11y/useSemanticElements: only a window of the table is in the page
    // biome-ignore lint/a11y/useFocusableInteractive: its controls are
    <div
      className={`column-head ${summary === null ? '' : `as-${role}`} ${selected ? 'selected' : ''} ${at.look}`}
      role="columnheader"
      aria-colindex={place + 2}
      style={{ ...at.style, height }}
    >
      <button
        type="button"
        className="column-name"
        aria-pressed={selected}
        title={`${name}: click for its options; Shift or Ctrl selects more`}
        onClick={(event) => onSelect(name, { shift: event.shiftKey, mod: event.ctrlKey || event.metaKey })}
      >
        <b>{name.replace(/\s+/g, ' ')}</b>
        {unit ? <small> {unit}</small> : null}
      </button>
      <div className="column-choices">
        <select
          className="select"
          aria-label={`Use ${name} as`}
          value={summary === null ? '' : role}
          disabled={summary === null}
          onChange={(event) => {
            const chosen = ROLES.find(({ value }) => value === event.target.value)?.value
            if (chosen) onChange((draft) => ({ roles: withRole(draft.roles, [name], chosen) }))
          }}
        >
          {summary === null ? <option value="">…</option> : null}
          {ROLES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <select
          className={type === null ? 'select' : 'select own'}
          aria-label={`Read ${name} as`}
          title={type === null ? 'detected' : 'chosen'}
          value={summary?.type ?? type ?? ''}
          disabled={summary === null}
          onChange={(event) => {
            const chosen = TYPES.find(({ value }) => value === event.target.value)?.value ?? null
            onChange((draft) => ({ read: withType(draft.read, [name], chosen) }))
          }}
        >
          {summary === null ? <option value="">…</option> : null}
          {TYPES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
          {type === null ? null : <option value="detect">detect again</option>}
        </select>
      </div>
      <div className="column-figure">{summary ? <Figure summary={summary} rows={rows} /> : null}</div>
      <div className="column-facts num" title={summary ? facts(summary) : undefined}>
        {summary ? facts(summary) : ''}
      </div>
      <div className="column-signs">
        {summary && summary.missing > 0 && flag?.kind !== 'empty' ? (
          <span className="sign">{formatCount(summary.missing)} missing</span>
        ) : null}
        {summary && summary.bad > 0 ? (
          <span className={waits?.bad ? 'sign alarm' : 'sign'}>{formatCount(summary.bad)} bad</span>
        ) : null}
        {waits?.code && !waits.bad ? <span className="sign">{waits.code} missing?</span> : null}
        {flag ? (
          <span className="sign" title={flag.advice}>
            {flag.label}
          </span>
        ) : null}
      </div>
    </div>
  )
})

/** The distribution of numbers, or the most frequent texts. */
export function Figure({ summary, rows }: { summary: ColumnSummary; rows: number }) {
  if (summary.type === 'number' || summary.type === 'date') return <Histogram counts={summary.histogram} wide />
  const shown = summary.values.slice(0, 2)
  return (
    <ul className="shares">
      {shown.map(({ text, count }) => (
        <li key={text} title={`${text}: ${formatCount(count)}`}>
          <i style={{ width: `${(100 * count) / Math.max(1, rows)}%` }} />
          <span>{text}</span>
          <span className="num">{share(count, rows)}</span>
        </li>
      ))}
    </ul>
  )
}

export function share(count: number, rows: number): string {
  const part = (100 * count) / Math.max(1, rows)
  return part > 0 && part < 1 ? '< 1 %' : `${Math.round(part)} %`
}

function facts({ type, min, max, distinct }: ColumnSummary): string {
  if (type === 'number' && min !== null && max !== null && min === max) return formatEnd(min)
  if (type === 'number' && min !== null && max !== null) return `${formatEnd(min)} … ${formatEnd(max)}`
  if (type === 'date' && min !== null && max !== null) return daysText(day(min), day(max))
  return `${formatCount(distinct)} ${distinct === 1 ? 'value' : 'values'}`
}

/** An end of a range as it stands in the table, as far as there is room. */
function formatEnd(value: number): string {
  const short = Number(value.toPrecision(6))
  const size = Math.abs(short)
  if (Number.isInteger(value) || size >= 1e6 || (size < 1e-3 && size > 0)) return formatFigure(value)
  return String(short).replace('-', '−')
}

/** From one day to another; within a year that is said once, as there is little room. */
function daysText(first: string, last: string): string {
  const year = /^\d{4}-/.exec(first)?.[0]
  return `${first} … ${year !== undefined && last.startsWith(year) ? last.slice(year.length) : last}`
}

/** The day of a time in seconds since 1970. */
function day(seconds: number): string {
  const date = new Date(seconds * 1000)
  return Number.isNaN(date.getTime()) ? '–' : date.toISOString().slice(0, 10)
}
