/** Where a report goes: by the native dialog on the desktop; a browser keeps it with its downloads. */
import { type ReportForm, reportText, titleOf } from '../../src-shared/benchmark/report'
import { attempt, useStudio } from '../state/studio'
import { download } from '../ui/download'
import { showNote } from '../ui/toasts'
import { lookedAt, useBench } from './state'

/** Media types, and what follows the report's name. */
const FILES: Readonly<Record<ReportForm, { readonly type: string; readonly ending: string }>> = {
  csv: { type: 'text/csv', ending: '.csv' },
  samples: { type: 'text/csv', ending: ' samples.csv' },
  markdown: { type: 'text/markdown', ending: '.md' },
  html: { type: 'text/html', ending: '.html' },
  json: { type: 'application/json', ending: '.json' },
  svg: { type: 'image/svg+xml', ending: '.svg' },
  scaling: { type: 'image/svg+xml', ending: ' scaling.svg' },
}

export function saveReport(form: ReportForm): void {
  void attempt(async (line) => {
    const report = lookedAt(useBench.getState())
    const text = report && reportText(report, form)
    if (!text) throw new Error('there is nothing to save')
    const { type, ending } = FILES[form]
    const name = `${titleOf(report)}${ending}`
    if (useStudio.getState().info?.door !== 'desktop') return download(new Blob([text], { type }), name)
    const path = await line.chooseFile('save-report', name)
    if (path === null) return
    const saved = await line.saveReport(path, text)
    showNote(`Saved as ${saved.path}`)
  })
}
