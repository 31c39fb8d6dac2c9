/** Where a report goes: by the native dialog on the desktop; a browser keeps it with its downloads. */
import { barsSvg, scalingSvg } from '../../src-shared/benchmark/charts'
import { benchCsv, samplesCsv } from '../../src-shared/benchmark/csv'
import { benchHtml } from '../../src-shared/benchmark/html'
import { benchMarkdown } from '../../src-shared/benchmark/markdown'
import type { BenchReport } from '../../src-shared/benchmark/results'
import { attempt, useStudio } from '../state/studio'
import { download } from '../ui/download'
import { showNote } from '../ui/toasts'
import { useBench } from './state'

interface Form {
  readonly type: string
  /** What follows the report's name. */
  readonly ending: string
  readonly text: (report: BenchReport) => string
}

const FORMS = {
  csv: { type: 'text/csv', ending: '.csv', text: benchCsv },
  samples: { type: 'text/csv', ending: ' samples.csv', text: samplesCsv },
  md: { type: 'text/markdown', ending: '.md', text: benchMarkdown },
  html: { type: 'text/html', ending: '.html', text: benchHtml },
  json: { type: 'application/json', ending: '.json', text: (report) => `${JSON.stringify(report)}\n` },
  svg: { type: 'image/svg+xml', ending: '.svg', text: barsSvg },
  scaling: { type: 'image/svg+xml', ending: ' scaling.svg', text: (report) => scalingSvg(report) ?? barsSvg(report) },
} as const satisfies Readonly<Record<string, Form>>

export function saveReport(form: keyof typeof FORMS): void {
  void attempt(async (line) => {
    const report = useBench.getState().shown?.report
    if (!report) throw new Error('there is no report')
    const { type, ending, text }: Form = FORMS[form]
    const name = `${report.plan.title}${ending}`
    if (useStudio.getState().info?.door !== 'desktop') return download(new Blob([text(report)], { type }), name)
    const path = await line.chooseFile('save-report', name)
    if (path === null) return
    const saved = await line.saveReport(path, text(report))
    showNote(`Saved as ${saved.path}`)
  })
}
