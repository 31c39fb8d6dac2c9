import { expect, test, vi } from 'vitest'
import { RowBlocks } from './row-blocks'

const rows = (from: number, count: number) => Array.from({ length: count }, (_, k) => [String(from + k)])

test('rows are fetched in blocks, each once', async () => {
  const fetch = vi.fn(async (from: number, count: number) => rows(from, count))
  const blocks = new RowBlocks(10, fetch)
  expect(blocks.row(25)).toBeNull()
  const changed = vi.fn()
  await Promise.all([blocks.want(25, 35, changed), blocks.want(22, 38, changed)])
  expect(fetch.mock.calls).toEqual([
    [20, 10],
    [30, 10],
  ])
  expect(changed).toHaveBeenCalledTimes(2)
  expect(blocks.row(25)).toEqual(['25'])
  expect(blocks.row(39)).toEqual(['39'])
  expect(blocks.row(40)).toBeNull()
})

test('what was refused is asked for again, and only so much is kept', async () => {
  let broken = true
  const fetch = vi.fn(async (from: number, count: number) => {
    if (broken) throw new Error('gone')
    return rows(from, count)
  })
  const blocks = new RowBlocks(10, fetch)
  await blocks.want(0, 5, () => {})
  expect(blocks.row(0)).toBeNull()
  broken = false
  for (let from = 0; from < 1000; from += 10) await blocks.want(from, from + 10, () => {})
  expect(blocks.row(0)).toBeNull()
  expect(blocks.row(999)).toEqual(['999'])
  await blocks.want(0, 5, () => {})
  expect(blocks.row(0)).toEqual(['0'])
})
