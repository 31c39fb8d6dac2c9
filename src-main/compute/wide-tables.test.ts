/** Tables of more columns than rows. */
import { expect, it } from 'vitest'
import { dataSchema } from '../../src-shared/contract/job'
import { network, newSession, runOptions, table } from './testing'

// Case D9.
it('ten thousand columns of forty rows are learnt by heart, and validation shows it', async () => {
  const names = Array.from({ length: 10_000 }, (_, column) => `c${column}`)
  const value = (row: number, column: number) => ((row + 1) * (column + 1) * 0.6180339887498949) % 1
  const rows = Array.from({ length: 40 }, (_, row) => [
    ...names.map((_, column) => value(row, column)),
    value(row, 0) + 2 * value(row, 5000),
  ])
  const data = dataSchema.parse({
    file: await table([...names, 'y'].join(','), rows),
    inputs: names,
    targets: ['y'],
    split: { validation: 0.2 },
    scaling: 'minmax',
  })
  const { session, events } = newSession()
  await session.open(network([10_000, 1]), 0, null)
  const summary = await session.loadData(data)
  expect(summary).toMatchObject({ rows: { train: 32, validation: 8, test: 0 }, notes: [] })
  expect(summary.inputs).toHaveLength(10_000)
  const adam = { type: 'adam', learningRate: 1e-3 } as const
  await session.start(await runOptions({ steps: 60, optimizer: adam }))
  const end = await events.until(() => events.ends[0])
  if ('diverged' in end) throw new Error('it diverged')
  expect(end.train.loss).toBeLessThan(0.01)
  expect(end.validation?.loss).toBeGreaterThan(10 * end.train.loss)
}, 60_000)
