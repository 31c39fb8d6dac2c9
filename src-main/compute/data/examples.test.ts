import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { DataChoice } from '../../../src-shared/contract/job'
import { readJob } from '../../../src-shared/contract/read-job'
import { loadData } from './load'

const FOLDER = join(import.meta.dirname, '../../../examples')

const beside = (data: DataChoice): DataChoice => ('file' in data ? { ...data, file: join(FOLDER, data.file) } : data)

it.each([
  ['hello.json', { train: 800, validation: 200, test: 0 }],
  ['diabetes.json', { train: 354, validation: 88, test: 0 }],
])('the example %s loads without a complaint and fits its network', async (name, rows) => {
  const job = readJob(JSON.parse(await readFile(join(FOLDER, name), 'utf8')), name)
  const { summarize, inputNames, targetNames } = await loadData(beside(job.data), null)
  expect(await summarize()).toMatchObject({ rows, notes: [] })
  expect(job.model).toMatchObject({
    inputs: inputNames.map((input) => ({ name: input })),
    outputs: targetNames.map((target) => ({ name: target })),
  })
})
