/** `predict` as others use it, on tables and networks sound and unsound. */
import { describe, expect, it } from 'vitest'
import { encodeModel, newModel } from '../../src-shared/kan/file'
import { specificationSchema } from '../../src-shared/kan/specification'
import { DATA, design, inOwnFolder } from './testing'

const { write, read, readBytes, kan, refusal, job, model } = inOwnFolder()

describe('predict', () => {
  it('writes one line a row, in order, with the columns that are kept', async () => {
    await job({ data: { ...DATA, scaling: 'standard' } })
    await kan('train', 'job.json', '--out', 'm.kan')
    const plain = await kan('predict', 'm.kan', '--data', 'table.csv')
    expect(plain.code).toBe(0)
    const lines = plain.stdout.trimEnd().split('\n')
    expect(lines[0]).toBe('y')
    expect(lines).toHaveLength(41)
    expect(lines.slice(1).every((line) => Number.isFinite(Number(line)))).toBe(true)

    await kan('predict', 'm.kan', '--data', 'table.csv', '--keep', 'id,x1', '--out', 'kept.csv')
    const kept = (await read('kept.csv')).trimEnd().split('\n')
    expect(kept[0]).toMatch(/^id,x1,y/)
    expect(kept.slice(1).map((line) => line.slice(line.lastIndexOf(',') + 1))).toEqual(lines.slice(1))
    expect(kept[3]).toMatch(/^"row 2, of 40",/)
  })

  it('matches columns by name, whatever their order', async () => {
    await model('m.kan')
    await write('a.csv', 'x0,x1\n0.5,-0.25\n0.1,0.2\n')
    await write('b.csv', 'note,x1,x0\nfirst,-0.25,0.5\nsecond,0.2,0.1\n')
    const [a, b] = await Promise.all(['a.csv', 'b.csv'].map((file) => kan('predict', 'm.kan', '--data', file)))
    expect(b?.stdout).toBe(a?.stdout)
    await write('c.csv', 'x0\n1\n')
    expect((await refusal('predict', 'm.kan', '--data', 'c.csv'))[1]).toContain('x1')
  })

  it('leaves a row empty that cannot be predicted, and names it', async () => {
    await model('m.kan')
    await write('a.csv', 'x0,x1\n0.5,0.1\n,0.2\n0.1,0.2\n')
    const { code, stdout, stderr } = await kan('predict', 'm.kan', '--data', 'a.csv')
    expect(code).toBe(0)
    expect(stdout.split('\n')).toEqual(['y', expect.stringMatching(/\d/), '""', expect.stringMatching(/\d/), ''])
    expect(stderr).toMatch(/line 3/)
  })

  it.each(['csv', 'parquet'])('writes %s that the studio reads back to the same values', async (ending) => {
    const names = ['a,b', 'x "raw"', '=1+1', 'Fläche (m²)', 'μ_visc', 'x_1^2']
    const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`
    const rows = Array.from({ length: 30 }, (_, row) => names.map((_, k) => Math.sin(row * 7 + k) / 3))
    const notes = ['=1+1', '+49 170', '@you', '-', '"two"\nlines', ' led ']
    const lines = rows.map((row, i) => [...row, quoted(notes[i % notes.length] ?? '')].join(','))
    await write('odd.csv', [[...names, 'note'].map(quoted).join(','), ...lines, ''].join('\n'))
    const data = { file: 'odd.csv', inputs: names.slice(0, 5), targets: names.slice(5), scaling: 'standard' }
    await job({ model: { ...design(names.slice(0, 5)), outputs: [{ name: 'x_1^2' }] }, data })
    expect(await kan('train', 'job.json', '--out', 'odd.kan')).toMatchObject({ code: 0 })

    const first = await kan('predict', 'odd.kan', '--data', 'odd.csv', '--keep', 'all', '--out', `first.${ending}`)
    expect(first).toMatchObject({ code: 0, stdout: '' })
    const columns = async (file: string) => {
      const found = JSON.parse((await kan('info', file, '--json')).stdout).columns as { name: string; sum: number }[]
      return found.map(({ name, sum }) => ({ name, sum }))
    }
    const kept = (await columns(`first.${ending}`)).slice(0, -1)
    expect(kept.map(({ name }) => name)).toEqual([...names, 'note'])
    expect(kept).toEqual(await columns('odd.csv'))

    // What is predicted from the file that was written is what is in it.
    const again = await kan('predict', 'odd.kan', '--data', `first.${ending}`)
    const plain = await kan('predict', 'odd.kan', '--data', 'odd.csv')
    expect(again.stdout).toBe(plain.stdout)
    const written = await kan('predict', 'odd.kan', '--data', `first.${ending}`, '--keep', 'x_1^2 (2)')
    const pairs = written.stdout.trimEnd().split('\n').slice(1)
    for (const pair of pairs) expect(Number(pair.split(',')[0])).toBe(Number(pair.split(',')[1]))
    expect(pairs).toHaveLength(30)
  })

  it('says what is wrong with a damaged, foreign or future file', async () => {
    await model('m.kan')
    const good = await readBytes('m.kan')
    await write('a.csv', 'x0,x1\n0.5,0.1\n')
    const future = newModel(specificationSchema.parse(design(['x0', 'x1'])), '')
    const text = Buffer.from(encodeModel(future)).toString('latin1').replace('\\"format\\":1', '\\"format\\":9')
    const files: Record<string, Uint8Array> = {
      'half.kan': good.subarray(0, good.length / 2),
      'empty.kan': new Uint8Array(0),
      'absurd.kan': Buffer.concat([Buffer.from('ffffffffffffff7f', 'hex'), good.subarray(8)]),
      'future.kan': Buffer.from(text, 'latin1'),
      'zip.kan': Buffer.from('PK\u0003\u0004 archive/data.pkl'),
    }
    for (const [name, bytes] of Object.entries(files)) {
      await write(name, bytes)
      const [code, sentence] = await refusal('predict', name, '--data', 'a.csv')
      expect(code).not.toBe(0)
      expect(sentence).toContain(name)
    }
    expect(await refusal('predict', 'gone.kan', '--data', 'a.csv')).toEqual([1, expect.stringContaining('gone.kan')])
    expect((await refusal('predict', 'm.kan', '--data', 'gone.csv'))[1]).toContain('gone.csv')
  })
})
