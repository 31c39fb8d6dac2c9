/** One column in full: figures, how it is coded, what is odd about it, its histogram, and how it goes with the target. */
import { FoldHorizontal } from 'lucide-react'
import { useState } from 'react'
import type { DataColumn, DataColumns, DataColumnView } from '../../../src-shared/contract/data-view'
import { withUnit } from '../../../src-shared/kan/units'
import { edit } from '../../state/studio'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import { ColumnHistogram } from './ColumnHistogram'
import { figuresOf } from './figures'
import { Scatter } from './Scatter'
import { useDataColumn } from './use-data'
import { codingText, odditiesOf, strengthText } from './words'

interface ColumnDetailProps {
  readonly column: DataColumn
  readonly index: number
  readonly known: DataColumns
}

export function ColumnDetail({ column, index, known }: ColumnDetailProps) {
  const { rows, columns, targets, target } = known
  const { value, problem } = useDataColumn(index, target)
  // The former column stays until the next is there: nothing flickers while arrow keys walk the list.
  const [last, setLast] = useState<DataColumnView | null>(null)
  if (value !== null && value !== last) setLast(value)
  const view = value ?? last
  if (view === null) return <div className="empty data-empty">{problem ?? 'Looking at the column…'}</div>
  const goal = targets[target] ?? ''
  const goalUnit = columns[columns.length - targets.length + target]?.unit
  const title = withUnit(column.name, column.unit)
  const { points } = view
  const odd = odditiesOf(column, rows)
  const description = `${view.name} against ${goal}: ${formatCount(points.y.length)} of ${formatCount(points.rows)} rows, ${strengthText(column.strength)}${points.predicted ? ', with what the network says of them' : ''}.`
  return (
    <>
      <section className="data-facts" aria-label={`Column ${column.name}`}>
        <h3 title={title}>{title}</h3>
        <p className="muted">
          {column.role}, {codingText(view)}
        </p>
        <ColumnHistogram view={view} rows={rows} />
        {odd.map(({ kind, label, advice }) => (
          <div key={kind} className="data-advice">
            <b>{label}</b> {advice}
          </div>
        ))}
        {odd.some(({ kind }) => kind === 'out-of-grid') ? (
          <Button
            label="Fit grid to data"
            icon={FoldHorizontal}
            look="outlined"
            wide
            hint="Moves the first layer's grids to where the training rows are; the curves keep their values there."
            onClick={() => edit({ type: 'fit-grid', layer: 0 })}
          />
        ) : null}
        <Figures column={column} view={view} known={known} />
      </section>
      <div className="data-chart">
        <p className="data-legend">
          <span className="count">
            <i className="data-dot rows" aria-hidden />{' '}
            {points.y.length < points.rows
              ? `${formatCount(points.y.length)} of ${formatCount(points.rows)} rows`
              : `${formatCount(points.rows)} rows`}
          </span>
          {points.predicted ? (
            <span>
              <i className="data-dot of-network" aria-hidden /> predicted
            </span>
          ) : null}
        </p>
        <Scatter
          view={view}
          name={withUnit(view.name, column.unit)}
          target={withUnit(goal, goalUnit)}
          description={description}
        />
      </div>
    </>
  )
}

function Figures({ column, view, known }: { column: DataColumn; view: DataColumnView; known: DataColumns }) {
  const { kind } = view
  return (
    <dl className={kind === 'date' ? 'data-figures wide' : 'data-figures'}>
      {figuresOf(column, view, known).map(({ name, text, hint }) => (
        <div key={name} title={hint}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}
