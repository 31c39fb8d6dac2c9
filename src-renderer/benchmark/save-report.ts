/** Saves the report that is looked at, in one of its forms. */
import { type ReportForm, reportText, titleOf } from '../../src-shared/benchmark/report'
import { saveAs } from '../state/save-as'
import { attempt } from '../state/studio'
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
    await saveAs(line, {
      what: 'save-report',
      name: `${titleOf(report)}${ending}`,
      content: async () => new Blob([text], { type }),
      write: (path) => line.saveReport(path, text),
    })
  })
}
