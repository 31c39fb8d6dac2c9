/** `prune` as others use it. */
import { describe, expect, it } from 'vitest'
import { readModel } from '../files/model'
import { DATA, design, inOwnFolder, lastLine, QUICK } from './testing'

const { path, kan, refusal, job, model } = inOwnFolder()

/** A network that learned what it can leave out. */
async function trained(): Promise<void> {
  const regularization = { type: 'better_kan', lambda: 0.02 }
  await job({
    model: design(['x0', 'x1'], [6, 1]),
    data: { ...DATA, split: { validation: 0.3 } },
    training: { ...QUICK, steps: 1500, regularization },
  })
  expect(await kan('train', 'job.json', '--out', 'm.kan')).toMatchObject({ code: 0 })
}

const prunedIn = async (name: string) =>
  (await readModel(path(name))).specification.layers.reduce((sum, layer) => sum + layer.pruned.length, 0)

const predictions = async (name: string) =>
  (await kan('predict', name, '--data', 'table.csv')).stdout.trimEnd().split('\n').slice(1).map(Number)

describe('prune', () => {
  it('prunes until the loss rises by so much, on the data of the training, and compacts without changing an output', async () => {
    await trained()
    const done = await kan('prune', 'm.kan', '--until', '5', '-o', 'small.kan', '--json')
    expect(done).toMatchObject({ code: 0 })
    const { edges, loss, threshold } = lastLine(done.stdout)
    expect(edges).toBeGreaterThan(2)
    expect(threshold).toBeGreaterThan(0)
    expect(loss).toMatchObject({ name: 'validation', rows: 12, of: 12 })
    expect(loss.after).toBeLessThanOrEqual(1.05 * loss.before)
    expect(await prunedIn('small.kan')).toBe(edges)

    const compacted = await kan('prune', 'small.kan', '--compact', '--out', 'compact.kan')
    expect(compacted.stdout).toMatch(/^Compacted by \d nodes?\.\nSaved compact\.kan\.\n$/)
    const [all, some] = await Promise.all(['small.kan', 'compact.kan'].map(predictions))
    some?.forEach((value, row) => {
      expect(Math.abs(value - (all?.[row] ?? 0))).toBeLessThan(1e-5)
    })
    const widths = (await readModel(path('compact.kan'))).specification.layers.map(({ nodes }) => nodes)
    expect(widths[0]).toBeLessThan(6)
  })

  it('prunes by a threshold, of either score, on any table, and says what stayed', async () => {
    await model('m.kan')
    const done = await kan('prune', 'm.kan', '--threshold', '1e6', '--data', 'table.csv', '-o', 'out.kan')
    expect(done).toMatchObject({ code: 1 })
    await job()
    const text = await kan('prune', 'm.kan', '--threshold', '1e6', '--data', 'table.csv', '-o', 'out.kan')
    expect(text.stdout).toContain('Pruned 7 edges, 2 nodes')
    expect(text.stdout).toContain('2 weak edges stayed')
    expect(text.stdout).toMatch(/Loss on 40 training rows: [\d.e-]+ → [\d.e-]+\./)
    expect(await prunedIn('out.kan')).toBe(7)
    const flags = [
      '--threshold',
      '0',
      '--score',
      'attribution',
      '--nodes',
      '--data',
      'table.csv',
      '-o',
      'out.kan',
      '--json',
    ]
    expect(lastLine((await kan('prune', 'm.kan', ...flags)).stdout)).toMatchObject({ edges: 0, loss: null })
  })

  it.each([
    [['m.kan', '-o', 'out.kan'], 'Nothing to do: give --threshold, --until or --compact.'],
    [['m.kan', '-o', 'out.kan', '--threshold', '1', '--until', '2'], 'Give --threshold or --until, not both.'],
    [
      ['m.kan', '-o', 'out.kan', '--until', '5'],
      'm.kan does not say what it was trained on: name a table with --data.',
    ],
    [['m.kan', '-o', 'none/out.kan', '--compact'], /^--out: there is no folder /],
    [['m.kan', '-o', 'm.kan', '--compact'], /^--out: m\.kan is read by this command and would be overwritten/],
    [
      ['m.kan', '-o', 'table.csv', '--until', '5', '--data', 'table.csv'],
      /^--out: table\.csv is read by this command and would be overwritten/,
    ],
  ])('%j is refused in a sentence, with status 2', async (args, sentence) => {
    await model('m.kan')
    const [code, said] = await refusal('prune', ...args)
    expect(code).toBe(2)
    expect(said).toMatch(sentence)
  })
})
