/** Reports that the studio keeps in its folder, the newest first. */
import { counted } from '../ui/format'
import { openReport, useBench } from './state'

export function KeptReports() {
  const kept = useBench((state) => state.kept)
  const id = useBench((state) => state.id)
  if (kept.length === 0) return null
  return (
    <section className="bench-group" aria-label="Kept reports">
      <h2>Reports</h2>
      <ul className="bench-reports">
        {kept.map((report) => (
          <li key={report.id}>
            <button
              type="button"
              className="layer-row"
              aria-current={report.id === id ? 'true' : undefined}
              onClick={() => openReport(report.id)}
            >
              <span className="grow">{report.title}</span>
              <span className="muted">
                {new Date(report.date).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' })},{' '}
                {counted(report.rows, report.kind === 'race' ? 'candidate' : 'row')}
                {report.cancelled ? ', cancelled' : ''}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
