/** Where do `bench`'s reports go? */
import { resolve } from 'node:path'
import { barsSvg, scalingSvg } from '../../src-shared/benchmark/charts'
import { benchCsv, samplesCsv } from '../../src-shared/benchmark/csv'
import { benchHtml } from '../../src-shared/benchmark/html'
import { benchMarkdown } from '../../src-shared/benchmark/markdown'
import type { BenchReport } from '../../src-shared/benchmark/results'
import { UserError } from '../../src-shared/user-error'
import { writeFileAtomic } from '../files/atomic'
import { refuseUnwritable } from './flags'

export interface BenchFiles {
  readonly csv?: string
  readonly samples?: string
  readonly markdown?: string
  readonly html?: string
  readonly json?: string
  readonly svg?: string
}

export function refuseUnwritableReports({ csv, samples, markdown, html, json, svg }: BenchFiles): void {
  const paths = Object.entries({ csv, samples, markdown, html, json, svg }).filter(([, path]) => path !== undefined)
  for (const [flag, path] of paths) refuseUnwritable(`--${flag}`, path)
  if (new Set(paths.map(([, path]) => resolve(path ?? ''))).size < paths.length) {
    throw new UserError(`${paths.map(([flag]) => `--${flag}`).join(' and ')} name the same file: give each its own.`, {
      exitCode: 2,
    })
  }
}

export async function writeReports(
  { csv, samples, markdown, html, json, svg }: BenchFiles,
  report: BenchReport,
): Promise<void> {
  const whole = () => `${JSON.stringify(report, null, 2)}\n`
  const files: [string | undefined, () => string][] = [
    [csv, () => benchCsv(report)],
    [csv && `${csv}.json`, whole],
    [samples, () => samplesCsv(report)],
    [markdown, () => benchMarkdown(report)],
    [html, () => benchHtml(report)],
    [json, whole],
    [svg, () => scalingSvg(report) ?? barsSvg(report)],
  ]
  for (const [path, text] of files) {
    if (path !== undefined) await writeFileAtomic(resolve(path), new TextEncoder().encode(text()))
  }
}
