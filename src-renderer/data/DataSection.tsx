/** What the network is trained on. */
import { Sheet } from 'lucide-react'
import type { ColumnSummary } from '../../src-shared/contract/data'
import { actions, runAction } from '../app/actions'
import { useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { formatCount } from '../ui/format'
import { Histogram } from './Histogram'

/** More columns than this are counted, not listed. */
const LISTED = 24

export function DataSection() {
  const data = useStudio((state) => state.document?.dataSummary)
  const problem = useStudio((state) => state.document?.dataProblem)
  const running = useStudio((state) => state.progress.state.type === 'running')
  return (
    <section className="section">
      <h2>Data</h2>
      {data ? (
        <>
          <div className="row">
            <b className="grow" title={data.name}>
              {data.name}
            </b>
            <span className="muted num">
              {formatCount(data.rows.train + data.rows.validation + data.rows.test)} rows
            </span>
          </div>
          <Columns columns={data.inputs} use="input" />
          <Columns columns={data.targets} use="target" />
          <div className="row muted">
            <span className="grow">Train · validation</span>
            <span className="num">
              {formatCount(data.rows.train)} · {formatCount(data.rows.validation)}
            </span>
          </div>
        </>
      ) : (
        <p className="muted">{problem ?? 'No data yet: open a table, or drop a CSV file into the window.'}</p>
      )}
      <Button
        label="Open table…"
        icon={Sheet}
        look="outlined"
        wide
        disabled={running}
        onClick={() => runAction(actions.openData)}
      />
    </section>
  )
}

function Columns({ columns, use }: { columns: readonly ColumnSummary[]; use: string }) {
  return (
    <>
      {columns.slice(0, LISTED).map((column) => (
        <div className="row" key={column.name}>
          <span className="grow" title={column.name}>
            <span className="num">{column.name}</span> <span className="muted">{use}</span>
          </span>
          <Histogram counts={column.histogram} />
        </div>
      ))}
      {columns.length > LISTED ? (
        <div className="row muted">
          and {formatCount(columns.length - LISTED)} more {use}s
        </div>
      ) : null}
    </>
  )
}
