/** The rows that the network trains on: its columns one by one and against the target, or the table as it stands in its file. */
import { useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import { useNoData } from '../use-no-data'
import { ColumnsView } from './ColumnsView'
import { RowsView } from './RowsView'
import './panel.css'

export function DataPanel() {
  const view = useUi((state) => state.dataView)
  const hasData = useStudio((state) => state.document?.dataSummary != null)
  const noData = useNoData(
    'No data yet: open a table, or drop a CSV file into the window, and its columns are shown here.',
  )
  const name = useStudio((state) => state.document?.dataSummary?.name)
  if (!hasData) return <div className="empty data-empty">{noData}</div>
  return view === 'rows' ? <RowsView key={name} /> : <ColumnsView key={name} />
}
