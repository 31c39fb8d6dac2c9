/** The rows that the network trains on: its columns one by one and against the target, or the table as it stands in its file. */
import { useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import { ColumnsView } from './ColumnsView'
import { RowsView } from './RowsView'
import './panel.css'

export function DataPanel() {
  const view = useUi((state) => state.dataView)
  const hasData = useStudio((state) => state.document?.dataSummary != null)
  const problem = useStudio((state) => state.document?.dataProblem)
  const name = useStudio((state) => state.document?.dataSummary?.name)
  if (!hasData)
    return (
      <div className="empty data-empty">
        {problem ?? 'No data yet: open a table, or drop a CSV file into the window, and its columns are shown here.'}
      </div>
    )
  return view === 'rows' ? <RowsView key={name} /> : <ColumnsView key={name} />
}
