/** What can be kept and taken along: a benchmark's report or a race's, and how each is written. */
import { UserError } from '../user-error'
import { barsSvg, scalingSvg } from './charts'
import { benchCsv, samplesCsv } from './csv'
import { benchHtml } from './html'
import { benchMarkdown } from './markdown'
import type { RaceReport } from './race'
import { raceCsv, raceHtml, raceMarkdown, raceSvg } from './race-report'
import type { BenchReport } from './results'

export type Report = BenchReport | RaceReport

export function isRace(report: Report): report is RaceReport {
  return 'race' in report
}

export function titleOf(report: Report): string {
  return isRace(report) ? report.title : report.plan.title
}

export type ReportForm = 'csv' | 'samples' | 'markdown' | 'html' | 'json' | 'svg' | 'scaling'

/** @throws UserError where it is a race: of those no two are set beside each other */
export function benchmarkOnly(report: Report): BenchReport {
  if (!isRace(report)) return report
  throw new UserError(`${report.title} is a race: only reports of benchmarks can be compared.`)
}

/** A report in a form; null where it has nothing to show in it. */
export function reportText(report: Report, form: ReportForm): string | null {
  switch (form) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`
    case 'csv':
      return isRace(report) ? raceCsv(report) : benchCsv(report)
    case 'samples':
      return isRace(report) ? null : samplesCsv(report)
    case 'markdown':
      return isRace(report) ? raceMarkdown(report) : benchMarkdown(report)
    case 'html':
      return isRace(report) ? raceHtml(report) : benchHtml(report)
    case 'svg':
      return isRace(report) ? raceSvg(report) : barsSvg(report)
    case 'scaling':
      return isRace(report) ? null : scalingSvg(report)
  }
}
