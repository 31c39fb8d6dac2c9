/** Where do `bench`'s reports go? */
import { resolve } from 'node:path'
import { type Report, type ReportForm, reportText, titleOf } from '../../src-shared/benchmark/report'
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
  report: Report,
): Promise<void> {
  const files: [string | undefined, readonly ReportForm[]][] = [
    [csv, ['csv']],
    [csv && `${csv}.json`, ['json']],
    [samples, ['samples']],
    [markdown, ['markdown']],
    [html, ['html']],
    [json, ['json']],
    [svg, ['scaling', 'svg']],
  ]
  for (const [path, forms] of files) {
    if (path === undefined) continue
    const text = forms.map((form) => reportText(report, form)).find((text) => text !== null)
    if (text === undefined) throw new UserError(`${titleOf(report)} has nothing to write as ${path}.`)
    await writeFileAtomic(resolve(path), new TextEncoder().encode(text))
  }
}
