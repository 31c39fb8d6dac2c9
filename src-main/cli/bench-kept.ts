/** `bench` without measuring: kept reports as a list, as files, and one beside another. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { comparisonHtml } from '../../src-shared/benchmark/html'
import { comparisonMarkdown } from '../../src-shared/benchmark/markdown'
import { benchmarkOnly, type Report } from '../../src-shared/benchmark/report'
import { UserError } from '../../src-shared/user-error'
import { writeFileAtomic } from '../files/atomic'
import { listReports, readKept, readReportFile } from '../studio/benchmark/kept'
import type { BenchFiles } from './bench-files'
import { print, table } from './print'

export async function printReports(folder: string): Promise<void> {
  const kept = await listReports(resolve(folder))
  if (kept.length === 0) {
    await print(`There are no kept reports in ${resolve(folder, 'benchmarks')}.\n`)
    return
  }
  const rows = kept.map(({ id, title, date, kind, rows, cancelled }) => [
    id,
    title,
    date.slice(0, 16).replace('T', ' '),
    `${rows} ${kind === 'race' ? 'candidate' : 'row'}${rows === 1 ? '' : 's'}${cancelled ? ', cancelled' : ''}`,
  ])
  await print(table(rows))
}

/** @param name a kept report's name, or a file */
export function readNamed(folder: string, name: string): Promise<Report> {
  return name.endsWith('.json') && existsSync(name) ? readReportFile(name) : readKept(resolve(folder), name)
}

/** Prints the comparison as Markdown, and writes it as a page too where one is wanted. */
export async function compareNamed(
  folder: string,
  names: readonly string[],
  { html, markdown }: BenchFiles,
): Promise<void> {
  const [first, second, ...rest] = names
  if (first === undefined || second === undefined || rest.length > 0) {
    throw new UserError('--compare takes two reports, before and after: names that --list tells, or .json files.', {
      exitCode: 2,
    })
  }
  const read = async (name: string) => benchmarkOnly(await readNamed(folder, name))
  const [before, after] = [await read(first), await read(second)]
  const text = comparisonMarkdown(before, after)
  await print(text)
  for (const [path, content] of [
    [markdown, text],
    [html, comparisonHtml(before, after)],
  ] as const) {
    if (path !== undefined) await writeFileAtomic(resolve(path), new TextEncoder().encode(content))
  }
}
