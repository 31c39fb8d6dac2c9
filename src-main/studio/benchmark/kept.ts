/** Reports of benchmarks as the studio keeps them: `benchmarks/<time>-<title>.json` in its folder. */
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readReport } from '../../../src-shared/benchmark/read-report'
import { isRace, type Report, titleOf } from '../../../src-shared/benchmark/report'
import type { KeptReport } from '../../../src-shared/contract/studio'
import { isUserError, UserError } from '../../../src-shared/user-error'
import { type AtomicOptions, writeFileAtomic } from '../../files/atomic'
import { fileError } from '../../files/errors'
import { fileNameOf } from '../../files/run'

const FOLDER = 'benchmarks'
const ENDING = '.json'

/**
 * Its id, or in a sentence why it could not be kept. What was measured is told all the same.
 *
 * @param options how it is written; tests have a disk that is full
 */
export async function keepReport(
  folder: string,
  report: Report,
  options: AtomicOptions = {},
): Promise<{ readonly id: string; readonly problem: null } | { readonly id: null; readonly problem: string }> {
  if (!isWorthKeeping(report)) return { id: null, problem: 'Nothing was measured, so there is no report to keep.' }
  const stamp = report.date.slice(0, 19).replaceAll(':', '').replace('T', '-')
  try {
    await mkdir(join(folder, FOLDER), { recursive: true })
    const id = await takeName(folder, `${stamp}-${fileNameOf(titleOf(report))}`)
    const path = pathOf(folder, id)
    await writeFileAtomic(path, new TextEncoder().encode(`${JSON.stringify(report)}\n`), options).catch(
      async (error) => {
        await rm(path, { force: true })
        throw error
      },
    )
    return { id, problem: null }
  } catch (error) {
    const told = fileError(error, 'save', join(folder, FOLDER))
    if (isUserError(told)) return { id: null, problem: `The report is not kept. ${told.message}` }
    throw error
  }
}

function isWorthKeeping(report: Report): boolean {
  return isRace(report) ? report.lines.some(({ points }) => points.length > 0) : report.rows.length > 0
}

/** The name, or it and a number where others have it: two reports may be of one second. An empty file holds the place. */
async function takeName(folder: string, name: string): Promise<string> {
  for (let count = 1; ; count++) {
    const id = count === 1 ? name : `${name}-${count}`
    try {
      await writeFile(pathOf(folder, id), '', { flag: 'wx' })
      return id
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
}

const pathOf = (folder: string, id: string) => join(folder, FOLDER, id + ENDING)

/** The newest first. What is no report is left out. */
export async function listReports(folder: string): Promise<readonly KeptReport[]> {
  const names = await readdir(join(folder, FOLDER)).catch(() => [])
  const ids = names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length))
  const listed = await Promise.all(
    ids.map(async (id): Promise<KeptReport | null> => {
      try {
        const report = await readKept(folder, id)
        const { date, cancelled } = report
        const [kind, rows] = isRace(report) ? (['race', report.lines] as const) : (['benchmark', report.rows] as const)
        return { id, kind, title: titleOf(report), date, rows: rows.length, cancelled }
      } catch (error) {
        if (isUserError(error)) return null
        throw error
      }
    }),
  )
  return listed.filter((report) => report !== null).sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))
}

/** @throws UserError where there is no report of that name, or what is there is none */
export async function readKept(folder: string, id: string): Promise<Report> {
  if (!/^[^/\\]+$/.test(id) || id.startsWith('.')) throw new UserError(`There is no kept report ${id}.`)
  return readReportFile(pathOf(folder, id))
}

/** A report wherever it lies. Throws UserError. */
export async function readReportFile(path: string): Promise<Report> {
  const large = await stat(path).catch((error: unknown) => {
    throw fileError(error, 'read', path)
  })
  if (large.size > LARGEST) throw new UserError(`${path} is too large to be a report of a benchmark.`)
  return readReport(await readFile(path, 'utf8'), path)
}

const LARGEST = 256 * 2 ** 20
