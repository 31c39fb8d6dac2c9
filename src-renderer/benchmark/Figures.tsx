/** Every row of a benchmark as figures, sortable, with the best marked and ratios to a chosen row; bars beside them. */
import { ArrowDown, ArrowUp } from 'lucide-react'
import { useMemo } from 'react'
import { BETTER_KAN } from '../../src-shared/benchmark/plan'
import type { BenchReport, BenchRow, Spread } from '../../src-shared/benchmark/results'
import { milliseconds, spreadText, whereOf } from '../../src-shared/benchmark/words'
import { Bars } from './Bars'
import { bestOf, type Column, columnsOf, ordered, ratioText, ratioTo } from './columns'
import { Published } from './Published'
import { type Shown, sortBy, toggleBaseline, useBench } from './state'

export function Figures() {
  const shown = useBench((state) => state.shown)
  const order = useBench((state) => state.order)
  const rows = useMemo(() => (shown ? ordered(shown.rows, order) : []), [shown, order])
  if (shown === null)
    return <div className="empty">Nothing is measured yet: choose what to measure, and press Run.</div>
  return (
    <div className="bench-figures">
      <div className="bench-table">
        <Table {...{ shown, rows }} />
        {shown.report?.warnings.map((warning) => (
          <p key={warning} className="bench-warning">
            {warning}
          </p>
        ))}
        {shown.report === null ? null : <Where report={shown.report} />}
        {shown.title === BETTER_KAN ? <Published /> : null}
      </div>
      <Bars rows={rows} />
    </div>
  )
}

/** What a report was measured on. */
function Where({ report }: { report: BenchReport }) {
  return (
    <details className="bench-where">
      <summary>Measured on</summary>
      <dl>
        {whereOf(report).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function Table({ shown, rows }: { shown: Shown; rows: readonly BenchRow[] }) {
  const baseline = useBench((state) => state.baseline)
  const measuring = useBench((state) => state.running?.measuring ?? null)
  const chosen = rows.find(({ name }) => name === baseline) ?? null
  const columns = useMemo(() => columnsOf(shown.rows), [shown.rows])
  const best = useMemo(
    () => new Map(columns.map((column) => [column.id, bestOf(shown.rows, column)])),
    [shown.rows, columns],
  )
  const reasons = new Map(shown.failures.map(({ row, reason }) => [row, reason]))
  const told = new Set(rows.map(({ name }) => name))
  const untold = shown.names.filter((name) => !told.has(name))
  return (
    <table className="figures bench-rows" aria-label={`Figures of ${shown.title}`}>
      <thead>
        <tr>
          <Heading id="name" title="method" hint="Method and engine; +l1 with the original L1 and entropy." />
          {columns.map((column) => (
            <Heading key={column.id} {...column} />
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name} className={row === chosen ? 'on' : ''} aria-busy={row.name === measuring || undefined}>
            <th scope="row">
              <button
                type="button"
                className="worst-row"
                aria-pressed={row === chosen}
                title="Ratios of all rows to this one."
                onClick={() => toggleBaseline(row.name)}
              >
                {row.name}
              </button>
            </th>
            {columns.map((column) => (
              <Cell key={column.id} {...{ row, column, chosen }} best={best.get(column.id) ?? null} />
            ))}
          </tr>
        ))}
        {untold.map((name) => (
          <tr key={name} className="untold">
            <th scope="row">{name}</th>
            <td className="words" colSpan={columns.length}>
              {reasons.get(name) ?? (name === measuring ? 'measuring…' : 'waits for its turn')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Heading({ id, title, hint }: Pick<Column, 'id' | 'title' | 'hint'>) {
  const order = useBench((state) => state.order)
  const isBy = order?.by === id
  const Arrow = order?.descending ? ArrowDown : ArrowUp
  return (
    <th scope="col" aria-sort={isBy ? (order.descending ? 'descending' : 'ascending') : 'none'}>
      <button type="button" className="bench-sort" title={hint} onClick={() => sortBy(id)}>
        {isBy ? <Arrow aria-hidden /> : null}
        {title}
      </button>
    </th>
  )
}

interface CellProps {
  readonly row: BenchRow
  readonly column: Column
  readonly chosen: BenchRow | null
  readonly best: number | null
}

function Cell({ row, column, chosen, best }: CellProps) {
  const value = column.value(row)
  const isBest = best !== null && value === best
  const ratio = ratioTo(row, chosen, column)
  const spread = column.spread?.(row) ?? null
  return (
    <td title={spread ? `${spreadText(spread)} ms: median, lower and upper quartile` : undefined}>
      {isBest ? (
        <b className="best" title="The best of this column.">
          {column.text(row)}
          <span className="unseen"> best</span>
        </b>
      ) : (
        column.text(row)
      )}
      {ratio !== null ? (
        <span className="aside">{ratioText(ratio)}</span>
      ) : chosen === null && spread && row.samples.step.length > 1 ? (
        <span className="aside">±{milliseconds(half(spread))}</span>
      ) : null}
    </td>
  )
}

const half = ({ lower, upper }: Spread) => (upper - lower) / 2
