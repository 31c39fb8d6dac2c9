/** All columns in a list, and the chosen one beside it. */
import { useMemo, useState } from 'react'
import type { DataColumns } from '../../../src-shared/contract/data-view'
import { ColumnDetail } from './ColumnDetail'
import { ColumnsList } from './ColumnsList'
import { listed, ORDERS, type Order } from './sort'
import { useDataColumns } from './use-data'

export function ColumnsView() {
  const [target, setTarget] = useState(0)
  const { value, problem } = useDataColumns(target)
  // While another target's are worked out the list stays.
  const [last, setLast] = useState<DataColumns | null>(null)
  if (value !== null && value !== last) setLast(value)
  const columns = value ?? last
  if (columns === null) return <div className="empty data-empty">{problem ?? 'Looking at the columns…'}</div>
  return <Columns columns={columns} target={target} onTarget={setTarget} />
}

interface ColumnsProps {
  readonly columns: DataColumns
  readonly target: number
  readonly onTarget: (target: number) => void
}

function Columns({ columns: known, target, onTarget }: ColumnsProps) {
  const { columns, targets, rows } = known
  const [search, setSearch] = useState('')
  const [order, setOrder] = useState<Order>('table')
  const [chosen, setChosen] = useState(0)
  const shown = useMemo(() => listed(columns, search, order), [columns, search, order])
  // Other data may have fewer.
  const index = chosen < columns.length ? chosen : 0
  const column = columns[index]
  return (
    <div className="data-columns">
      <div className="data-side">
        <div className="data-tools">
          <input
            className="input text"
            type="search"
            aria-label="Find a column"
            placeholder="Find"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
          <select
            className="select"
            aria-label="Order"
            value={order}
            onChange={(event) => setOrder(ORDERS.find(({ value }) => value === event.target.value)?.value ?? 'table')}
          >
            {ORDERS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
        {targets.length > 1 ? (
          <div className="data-tools">
            <select
              className="select"
              aria-label="Target"
              title="Columns are shown against this target."
              value={target}
              onChange={(event) => onTarget(Number(event.target.value))}
            >
              {targets.map((name, t) => (
                <option key={name} value={t}>
                  against {name}
                </option>
              ))}
            </select>
          </div>
        ) : null}
        <p className="data-heads" aria-hidden>
          <span>column</span>
          <span title="Correlation with the target: r, of categories η; the rank correlation where it is ordered by that.">
            {order === 'rank' ? 'rank r' : 'r, η'}
          </span>
        </p>
        <ColumnsList {...{ columns, shown, rows }} chosen={index} onChoose={setChosen} rank={order === 'rank'} />
      </div>
      {column ? <ColumnDetail column={column} index={index} known={known} /> : null}
    </div>
  )
}
