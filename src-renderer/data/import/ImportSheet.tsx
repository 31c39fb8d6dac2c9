/** A table before it is used: how it is read, what its columns are for, what is wrong in it, which rows train. */
import { Dialog } from '@base-ui/react/dialog'
import { RotateCcw } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { TablePreview } from '../../../src-shared/contract/data'
import type { ReadOptions } from '../../../src-shared/contract/job'
import { NO_SELECTION } from '../../network/selection/selection'
import { chooseData, useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import { Button } from '../../ui/Button'
import { formatCount } from '../../ui/format'
import { ColumnList } from './ColumnList'
import { ColumnPanel } from './ColumnPanel'
import { describeColumns } from './columns'
import { blockerOf, waiting } from './decisions'
import { choiceOf, type Draft, FRESH, inputCount, networkText } from './draft'
import { flagsOf } from './flags'
import { droppedRows } from './gaps'
import { keepDraft } from './kept'
import { ProblemsPanel } from './ProblemsPanel'
import { ReadBar } from './ReadBar'
import { RowsPanel } from './RowsPanel'
import { SearchBar } from './SearchBar'
import { SheetFoot, type Using } from './SheetFoot'
import { type Filter, found } from './search'
import { clicked, NOTHING, type Selection } from './selection'
import { TableGrid } from './TableGrid'
import { useTable } from './use-table'
import './sheet.css'
import './panels.css'

interface ImportSheetProps {
  readonly file: string
  readonly first: TablePreview
  readonly start: Draft
  readonly onClose: () => void
}

/** More columns than this get a list of their own beside the table. */
const LISTED = 24

const NOTHING_WAITS: ReturnType<typeof waiting> = new Map()

export function ImportSheet({ file, first, start, onClose }: ImportSheetProps) {
  const popup = useRef<HTMLDivElement>(null)
  const [draft, setDraft] = useState(start)
  const [using, setUsing] = useState<Using>({ type: 'not-yet' })
  const [selection, setSelection] = useState<Selection>(NOTHING)
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState<Filter>('all')
  const table = useTable(file, draft.read, first)
  const specification = useStudio((state) => state.document?.specification)
  const percent = useStudio(({ reading }) => (reading < 1 ? ` ${Math.floor(100 * reading)} %` : ''))
  const range = specification?.layers[0]?.range
  const network = specification?.inputs.map(({ name }) => name)

  const { preview, summary } = table
  const grid = draft.scaling === 'none' ? (range ?? null) : null
  const flags = useMemo(() => (summary ? flagsOf(summary.columns, { rows: summary.rows, grid }) : []), [summary, grid])
  const columns = useMemo(
    () => describeColumns(preview, summary, flags, draft),
    [preview, summary, flags, draft.roles, draft.uses],
  )
  const shown = useMemo(() => found(columns, search, filter), [columns, search, filter])
  const names = useMemo(() => shown.map((c) => columns[c]?.name ?? ''), [shown, columns])
  const asking = useMemo(() => (summary ? waiting(summary, draft) : NOTHING_WAITS), [summary, draft])
  const known = columns.every((column) => column.summary !== null)
  const roles = columns.map(({ role }) => role)
  const blocker = known && summary ? blockerOf(draft, summary, roles) : null
  const ready = known && table.settled && blocker === null
  const changed = draft !== FRESH
  const selected = columns.filter(({ name }) => selection.names.has(name))

  const change = useCallback((part: Partial<Draft> | ((before: Draft) => Partial<Draft>)) => {
    setDraft((before) => ({ ...before, ...(typeof part === 'function' ? part(before) : part) }))
    setUsing((before) => (before.type === 'failed' ? { type: 'not-yet' } : before))
  }, [])
  const read = useCallback(
    (next: (before: ReadOptions) => ReadOptions) => change((d) => ({ read: next(d.read) })),
    [change],
  )
  const select = useCallback(
    (name: string, keys: { shift: boolean; mod: boolean }) =>
      setSelection((before) => clicked(before, names, name, keys)),
    [names],
  )

  function leave() {
    if (using.type === 'loading') return
    keepDraft(file, draft)
    onClose()
  }

  /** The sheet stays until the table is loaded: where that fails nothing that was chosen is lost. */
  async function use() {
    if (!summary || !ready || using.type === 'loading') return
    setUsing({ type: 'loading' })
    try {
      await chooseData(choiceOf(file, draft, summary.columns, roles))
    } catch (error) {
      return setUsing({ type: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
    keepDraft(file, null)
    useUi.setState({ selection: NO_SELECTION })
    onClose()
  }

  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : leave())}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup
          className="sheet"
          ref={popup}
          initialFocus={popup}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void use()
          }}
        >
          <header className="sheet-head">
            <Dialog.Title className="dialog-title">{file.replace(/^.*[\\/]/, '')}</Dialog.Title>
            <Dialog.Description className="muted">
              {summary ? `${formatCount(summary.rows)} rows, ` : ''}
              {formatCount(columns.length)} columns
            </Dialog.Description>
            {table.settled || table.problem ? null : <span className="reading">Reading the whole file…{percent}</span>}
            <span className="spring" />
            <Button
              label="Back to what was detected"
              icon={RotateCcw}
              disabled={!changed}
              hint="Gives up every choice made here."
              onClick={() => {
                setDraft(FRESH)
                setUsing({ type: 'not-yet' })
              }}
            />
          </header>
          <ReadBar read={preview.read} chosen={draft.read} columns={columns} onRead={read} />
          <div className="sheet-body">
            {columns.length > LISTED ? (
              <ColumnList
                columns={columns}
                shown={shown}
                selection={selection}
                onSelect={setSelection}
                onChange={change}
              />
            ) : null}
            <div className="sheet-middle">
              <SearchBar
                columns={columns}
                search={search}
                filter={filter}
                shown={names}
                onSearch={setSearch}
                onFilter={setFilter}
                onSelect={(some) => setSelection({ names: new Set(some), anchor: some[0] ?? null })}
              />
              <TableGrid
                file={file}
                read={draft.read}
                preview={preview}
                summary={summary}
                columns={columns}
                waiting={asking}
                shown={shown}
                selection={selection}
                onSelect={select}
                onChange={change}
              />
            </div>
            <aside className="sheet-side" aria-label="Choices">
              {table.problem ? (
                <section className="section alarm" role="alert">
                  {table.problem}
                </section>
              ) : null}
              {selected.length > 0 && summary ? (
                <ColumnPanel
                  columns={selected}
                  rows={summary.rows}
                  draft={draft}
                  onChange={change}
                  onClose={() => setSelection(NOTHING)}
                />
              ) : null}
              {summary ? <ProblemsPanel table={summary} columns={columns} draft={draft} onChange={change} /> : null}
              <RowsPanel
                columns={columns}
                rows={summary?.rows ?? null}
                dropped={summary ? droppedRows(summary, roles, draft) : { least: 0, most: 0 }}
                draft={draft}
                onChange={change}
              />
            </aside>
          </div>
          <SheetFoot
            using={using}
            blocker={blocker}
            outcome={outcome()}
            size={`${formatCount(summary?.rows ?? 0)} rows`}
            ready={ready}
            onCancel={leave}
            onUse={() => void use()}
          />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )

  function outcome(): string {
    if (!summary || !known) return ''
    const chosen = summary.columns.filter((_, c) => roles[c] === 'input')
    const inputs = inputCount(chosen, draft.uses)
    const targets = columns.filter(({ role }) => role === 'target').map(({ name }) => name)
    const aims = targets.length <= 3 ? targets.join(', ') : `${formatCount(targets.length)} columns`
    return [
      `${formatCount(inputs)} ${inputs === 1 ? 'input' : 'inputs'} → ${aims}.`,
      ...(network
        ? [
            networkText(
              network,
              chosen.map(({ name }) => name),
            ),
          ]
        : []),
    ].join(' ')
  }
}
