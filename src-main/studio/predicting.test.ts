import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { fakeStudio } from './testing'

async function withTable() {
  const { studio, compute, folder } = await fakeStudio()
  const { calls } = studio.connect({})
  await mkdir(folder, { recursive: true })
  const table = join(folder, 'new.csv')
  await writeFile(table, 'x,y\n1,2\n,3\n')
  return { calls, compute, folder, table }
}

test('a file is predicted and shown with the rows that it could not be done for', async () => {
  const { calls, table } = await withTable()
  expect(await calls.matchColumns(table)).toMatchObject({
    file: table,
    head: [['x1', 'y1']],
    matches: [{ column: 'x', found: 'x' }, { column: 'y' }],
  })
  expect(await calls.predictFile(table, {})).toMatchObject({
    rows: 2,
    header: ['f'],
    head: [[1], [null]],
    unpredicted: 1,
    problems: [expect.stringContaining('line 3')],
    outside: [{ column: 'x', count: 1 }],
  })
})

test('what is saved is what was shown, whatever the network has learnt since, with the columns that are kept', async () => {
  const { calls, compute, folder, table } = await withTable()
  const { id } = await calls.predictFile(table, {})
  compute().train(5)
  expect(await calls.savePredictions(id, join(folder, 'out'), ['y'])).toEqual({ path: join(folder, 'out.csv') })
  expect(await readFile(join(folder, 'out.csv'), 'utf8')).toBe('y,f\ny1,1\ny2,\n')
  await calls.savePredictions(id, join(folder, 'all.csv'), 'all')
  expect(await readFile(join(folder, 'all.csv'), 'utf8')).toBe('x,y,f\nx1,y1,1\nx2,y2,\n')
  await calls.savePredictions(id, join(folder, 'bare.csv'), [])
  expect(await readFile(join(folder, 'bare.csv'), 'utf8')).toBe('f\n1\n""\n')
})

test('predictions are never written over their table, outside of the folder, or when they are forgotten', async () => {
  const { calls, folder, table } = await withTable()
  const { id } = await calls.predictFile(table, {})
  await expect(calls.savePredictions(id, table, [])).rejects.toThrow('another name')
  await expect(calls.savePredictions(id, join(folder, '..', 'out.csv'), [])).rejects.toThrow('outside')
  await expect(calls.predictFile(join(folder, '..', 'new.csv'), {})).rejects.toThrow('outside')
  for (let more = 0; more < 4; more++) await calls.predictFile(table, {})
  await expect(calls.savePredictions(id, join(folder, 'out.csv'), [])).rejects.toThrow('predict the file again')
})
