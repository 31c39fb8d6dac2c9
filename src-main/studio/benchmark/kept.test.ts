import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { PRESET } from '../../../src-shared/benchmark/presets'
import type { RaceReport } from '../../../src-shared/benchmark/race'
import { type BenchReport, benchRow } from '../../../src-shared/benchmark/results'
import { keepReport, listReports, readKept } from './kept'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kan bench ü '))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const report = (title: string, date: string): BenchReport => ({
  format: 1,
  plan: { ...PRESET['grid-size'].plan(['wasm']), title },
  ...{ network: null, command: '', date, machine: {}, versions: {}, peakOperations: null },
  rows: [
    benchRow(
      { name: 'a', method: 'a', engine: null, threads: null, regularized: false, widths: [1, 1], batchSize: 1 },
      { forward: [1], backward: [1], step: [1] },
      { forwardBytes: null, backwardBytes: null, deviceBytes: null, parameters: null, trainable: null },
    ),
  ],
  ...{ failures: [], warnings: [], cancelled: false },
})

it('keeps reports, lists the newest first, and reads them again', async () => {
  const [old, young] = [report('Old', '2026-01-02T03:04:05.000Z'), report('a/b: c', '2026-02-02T03:04:05.000Z')]
  expect(await listReports(folder)).toEqual([])
  const { id } = await keepReport(folder, old)
  await keepReport(folder, young)
  await writeFile(join(folder, 'benchmarks', 'other.json'), '{}')
  expect((await listReports(folder)).map(({ title }) => title)).toEqual(['a/b: c', 'Old'])
  expect(await readKept(folder, id ?? '')).toEqual(old)
})

it('keeps races beside benchmarks, and says which is which', async () => {
  const race: RaceReport = {
    ...{ format: 1, title: 'Race on a.csv', network: '[1, 1]', data: 'a.csv', date: '2026-03-02T03:04:05.000Z' },
    race: { seconds: 1, methods: [{ type: 'open' }], engines: ['wasm'] },
    scored: { rows: 'test', loss: 'mse' },
    ...{ machine: {}, versions: {}, cancelled: false },
    lines: [{ name: 'open-wasm', points: [[0, 1]], steps: 3, problem: null }],
  }
  const { id } = await keepReport(folder, race)
  await keepReport(folder, report('Times', '2026-01-02T03:04:05.000Z'))
  expect(await readKept(folder, id ?? '')).toEqual(race)
  expect((await listReports(folder)).map(({ kind, title }) => [kind, title])).toEqual([
    ['race', 'Race on a.csv'],
    ['benchmark', 'Times'],
  ])
  expect((await keepReport(folder, { ...race, lines: [] })).id).toBeNull()
})

it('keeps reports of one title and one second beside one another', async () => {
  const reports = [1, 2, 3].map((cores) => ({ ...report('Twin', '2026-01-02T03:04:05.000Z'), machine: { cores } }))
  const kept = await Promise.all(reports.map((one) => keepReport(folder, one)))
  expect(new Set(kept.map(({ id }) => id)).size).toBe(3)
  expect(await Promise.all(kept.map(({ id }) => readKept(folder, id ?? '')))).toEqual(reports)
  expect(await listReports(folder)).toHaveLength(3)
})

it('says in a sentence where a report cannot be kept, and that nothing was measured', async () => {
  await writeFile(join(folder, 'benchmarks'), 'in the way')
  const { id, problem } = await keepReport(folder, report('Any', '2026-01-02T03:04:05.000Z'))
  expect([id, problem]).toEqual([null, expect.stringMatching(/^The report is not kept\. Cannot save .*benchmarks: /)])
  const nothing = await keepReport(folder, { ...report('Any', '2026-01-02T03:04:05.000Z'), rows: [] })
  expect(nothing.problem).toContain('Nothing was measured')
})

it('says so in a sentence where the disk is full, and leaves nothing half written among the reports that were kept', async () => {
  const old = report('Old', '2026-01-02T03:04:05.000Z')
  await keepReport(folder, old)
  const full = await keepReport(folder, old, {
    async write(file, bytes) {
      await file.writeFile(bytes.subarray(0, 10))
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    },
  })
  expect(full.id).toBeNull()
  expect(full.problem).toMatch(/^The report is not kept\. Cannot save .*benchmarks.*: the disk is full\.$/)
  expect(await readdir(join(folder, 'benchmarks'))).toHaveLength(1)
  expect((await listReports(folder)).map(({ title }) => title)).toEqual(['Old'])
})

it.each(['../secret', '.hidden', 'a/b', 'nothing'])('has no report %s', async (id) => {
  await expect(readKept(folder, id)).rejects.toThrow(/There is no kept report|no such file/)
})
