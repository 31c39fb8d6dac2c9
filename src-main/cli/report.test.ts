/** `report` as others use it: a page of a run or a network, that stands by itself. */
import { expect, it } from 'vitest'
import { inOwnFolder } from './testing'

const { kan, job, path, read, write, refusal } = inOwnFolder()

it('tells a run and a trained network as a page with its settings, losses, network, scores and predictions', async () => {
  await job()
  expect((await kan('train', 'job.json', '--out', 'a.kan')).code).toBe(0)
  const { code, stdout } = await kan('report', 'a.kan', '--html', 'a.html')
  expect([code, stdout]).toEqual([0, 'Saved a.html.\n'])
  const page = await read('a.html')
  for (const part of [
    '<h2 id="scores">',
    'aria-label="Losses over the steps',
    'aria-label="The network [2,',
    'Predicted over true',
    '&quot;optimizer&quot;',
    'RMSE',
  ]) {
    expect(page).toContain(part)
  }
  expect(page).not.toMatch(/<script|src=|href=|url\(|NaN|Infinity/)
  expect(await refusal('report', 'a.kan', '--html', 'a.kan')).toEqual([2, expect.stringContaining('overwritten')])
})

it('tells what it can where the data are gone', async () => {
  await job()
  await kan('train', 'job.json', '--out', 'a.kan')
  await write('table.csv', 'nothing\n')
  expect((await kan('report', 'a.kan', '--html', 'a.html')).code).toBe(0)
  expect(await read('a.html')).toContain('Scores and predictions are missing.')
})

it('refuses what is neither a run nor a network', async () => {
  expect(await refusal('report', 'nothing.kan')).toEqual([1, expect.stringContaining('nothing.kan')])
  expect(await refusal('report', path())).toEqual([1, expect.stringContaining('no run')])
})
