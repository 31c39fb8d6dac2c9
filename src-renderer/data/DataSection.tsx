/** What the network is trained on. */
import { FileSearch, SlidersHorizontal } from 'lucide-react'
import { misfitOf } from '../../src-shared/contract/misfit'
import { ActionButton } from '../app/ActionButton'
import { openData } from '../app/actions/file'
import { attempt, show, useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { formatCount } from '../ui/format'
import { type ColumnGroup, columnGroups } from './column-groups'
import { chooseMovedTable, reopenTable } from './files'
import { Histogram } from './Histogram'
import { useNoData } from './use-no-data'
import './data.css'

/** More columns than this are counted, not listed. */
const LISTED = 24

export function DataSection() {
  const data = useStudio((state) => state.document?.dataSummary)
  const choice = useStudio((state) => state.document?.data ?? null)
  const problem = useStudio((state) => state.document?.dataProblem ?? null)
  const noData = useNoData('No data yet: open a table, or drop a CSV file into the window.')
  const specification = useStudio((state) => state.document?.specification)
  const misfit = data && specification ? misfitOf(specification, 'The table', data) : null
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
          <section
            className="columns-in-use"
            aria-label="Columns in use"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
            tabIndex={0}
          >
            <Columns columns={columnGroups(data.inputs)} use="input" />
            <Columns columns={data.targets.map((column) => ({ ...column, inputs: 1 }))} use="target" />
          </section>
          <Part name="Train" rows={data.rows.train} />
          <Part name="Validation" rows={data.rows.validation} />
          {data.rows.test > 0 ? <Part name="Test" rows={data.rows.test} /> : null}
          <Notes notes={data.notes} />
        </>
      ) : problem === null ? (
        <p className="muted">{noData}</p>
      ) : null}
      {problem === null ? null : (
        <div className="misfit" role="alert">
          <p>{problem}</p>
          {choice && 'file' in choice ? (
            <Button
              label="Find the file…"
              icon={FileSearch}
              look="outlined"
              wide
              disabled={running}
              hint="Its columns, how they are read, the split and the scaling stay as they were chosen."
              onClick={() => chooseMovedTable()}
            />
          ) : null}
        </div>
      )}
      {misfit ? (
        <div className="misfit" role="alert">
          <p>{misfit}.</p>
          <Button
            label="Fit the network to the data"
            look="primary"
            wide
            disabled={running}
            hint="Curves of columns that stay are kept; one undo takes it back."
            onClick={() => void attempt(async (line) => show(await line.adapt()))}
          />
        </div>
      ) : null}
      {choice && 'file' in choice && data ? (
        <Button
          label="Change how it is read…"
          icon={SlidersHorizontal}
          look="outlined"
          wide
          disabled={running}
          hint="Opens the table again with the choices that were made for it."
          onClick={() => attempt(() => reopenTable(choice))}
        />
      ) : null}
      <ActionButton action={openData} look="outlined" wide />
    </section>
  )
}

/** How the table was understood: to be read whenever a person wonders, and in nobody's way. */
function Notes({ notes }: { notes: readonly string[] }) {
  if (notes.length === 0) return null
  return (
    <details className="data-notes" open>
      <summary>How it was read</summary>
      <ul>
        {[...new Set(notes)].map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </details>
  )
}

function Part({ name, rows }: { name: string; rows: number }) {
  return (
    <div className="row muted">
      <span className="grow">{name}</span>
      <span className="num">{formatCount(rows)}</span>
    </div>
  )
}

function Columns({ columns, use }: { columns: readonly ColumnGroup[]; use: string }) {
  return (
    <>
      {columns.slice(0, LISTED).map(({ name, inputs, histogram }) => (
        <div className="row" key={name}>
          <span className="grow num" title={name}>
            {name}
          </span>
          <span className="muted">{inputs === 1 ? use : `${formatCount(inputs)} ${use}s`}</span>
          <Histogram counts={histogram} />
        </div>
      ))}
      {columns.length > LISTED ? (
        <div className="row muted">
          and {formatCount(columns.length - LISTED)} more {use} columns
        </div>
      ) : null}
    </>
  )
}
