/** `predict` as others use it, on tables and networks sound and unsound. */
import { describe, expect, it } from 'vitest'
import { encodeModel, newModel } from '../../src-shared/kan/file/file'
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

  it('says how far it is from the target where the table has that too, and keeps quiet where it has not', async () => {
    await model('m.kan')
    await write('a.csv', 'x0,y,x1\n0.5,0.5,0.1\n0.1,,0.2\n0.2,0.75,0.2\n')
    const { code, stderr, stdout } = await kan('predict', 'm.kan', '--data', 'a.csv')
    expect(code).toBe(0)
    expect(stdout.split('\n')).toHaveLength(5)
    expect(stderr).toMatch(/^Compared with 'y' in 2 rows: R² -?\d\S*, RMSE \d\S*, MAE \d\S*\.$/m)
    await write('b.csv', 'x0,x1\n0.5,0.1\n')
    expect((await kan('predict', 'm.kan', '--data', 'b.csv')).stderr).toBe('')
    await write('c.csv', 'x0,x1,y\n0.5,0.1,\n')
    expect((await kan('predict', 'm.kan', '--data', 'c.csv')).stderr).toContain("No predicted row has a number in 'y'")
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
    const written = await kan('predict', 'odd.kan', '--data', `first.${ending}`, '--keep', 'x_1^2 predicted')
    const pairs = written.stdout.trimEnd().split('\n').slice(1)
    for (const pair of pairs) expect(Number(pair.split(',')[0])).toBe(Number(pair.split(',')[1]))
    expect(pairs).toHaveLength(30)
  })

  it('writes as the table is written: its delimiter, decimal sign and mark', async () => {
    const rows = Array.from({ length: 20 }, (_, k) =>
      `${(k / 8).toFixed(3)};${(k / 4).toFixed(2)}`.replaceAll('.', ','),
    )
    await write('deutsch.csv', `\ufeff${['Menge;Ausbeute', ...rows, ''].join('\r\n')}`)
    const model = { ...design(['Menge']), outputs: [{ name: 'Ausbeute' }] }
    await job({ model, data: { file: 'deutsch.csv', inputs: ['Menge'], targets: ['Ausbeute'], scaling: 'standard' } })
    expect(await kan('train', 'job.json', '--out', 'de.kan')).toMatchObject({ code: 0 })
    await kan('predict', 'de.kan', '--data', 'deutsch.csv', '--keep', 'all', '--out', 'aus.csv')
    const lines = (await read('aus.csv')).split('\n')
    expect(lines[0]).toBe('\ufeffMenge;Ausbeute;Ausbeute predicted')
    expect(lines[3]).toMatch(/^0,250;0,50;-?\d+,\d+$/)
    // What stands there is what a table with points gives.
    await write('points.csv', `Menge\n0.25\n0.125\n`)
    const [, value] = (await kan('predict', 'de.kan', '--data', 'points.csv')).stdout.split('\n')
    expect(Number(lines[3]?.split(';')[2]?.replace(',', '.'))).toBe(Number(value))
  })

  it('never writes over what it reads', async () => {
    await model('m.kan')
    await write('a.csv', 'x0,x1\n0.5,0.1\n')
    for (const out of ['a.csv', 'm.kan', './a.csv']) {
      expect(await refusal('predict', 'm.kan', '--data', 'a.csv', '--out', out)).toEqual([
        2,
        expect.stringContaining(`--out: ${out} is read by this command`),
      ])
    }
    await job()
    for (const flag of ['--out', '--metrics']) {
      const [code, sentence] = await refusal('train', 'job.json', flag, 'table.csv')
      expect([code, sentence]).toEqual([2, expect.stringContaining(`${flag}: table.csv is read`)])
    }
    expect(await read('table.csv')).toMatch(/^id,x0,x1,y/)
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

  // Case D10.
  it('codes categories as the network was trained, and names the row of one that it never saw', async () => {
    const colours = ['red', 'green', 'blue'].flatMap((colour, k) => new Array<string>(10).fill(`${colour},${k + 1}`))
    await write('colours.csv', `colour,y\n${colours.join('\n')}\n`)
    const data = { file: 'colours.csv', inputs: ['colour'], targets: ['y'], scaling: 'minmax' }
    const names = ['red', 'green', 'blue'].map((value) => `colour = ${value}`)
    const training = { optimizer: { type: 'lbfgs' }, steps: 20 }
    await job({ model: design(names), data, training })
    expect(await kan('train', 'job.json', '--out', 'm.kan')).toMatchObject({ code: 0 })
    await write('new.csv', 'note,colour\n,red\n,blue\n,purple\n')
    const { stdout, stderr } = await kan('predict', 'm.kan', '--data', 'new.csv')
    const [, red, blue, purple] = stdout.split('\n')
    expect(Number(red)).toBeCloseTo(1, 1)
    expect(Number(blue)).toBeCloseTo(3, 1)
    expect(purple).toBe('""')
    expect(stderr).toContain("new.csv, column 'colour', line 4: 'purple' is none of the values that the network knows")

    await job({ model: design(names), data: { ...data, columns: { colour: { unseen: 'zero' } } }, training })
    await kan('train', 'job.json', '--out', 'm.kan')
    const again = await kan('predict', 'm.kan', '--data', 'new.csv')
    expect(Number.isFinite(Number(again.stdout.split('\n')[3]))).toBe(true)
    expect(again.stderr).toContain('Values that the network was not trained on')
    expect(again.stderr).toContain('colour (1 row)')

    await job({ model: design(['colour', 'size']), data, training })
    expect(await refusal('train', 'job.json')).toEqual([
      2,
      expect.stringContaining('the table has 3 inputs (colour = blue, colour = green, colour = red), the network 2'),
    ])
  })

  // Case D12.
  it('fills a missing value as the training did', async () => {
    const rows = Array.from({ length: 20 }, (_, k) => `${[4, 9, 15].includes(k + 1) ? '' : k + 1},${2 * (k + 1)}`)
    await write('gaps.csv', `x,y\n${rows.join('\n')}\n`)
    const data = { file: 'gaps.csv', inputs: ['x'], targets: ['y'], scaling: 'minmax' }
    await job({ model: design(['x']), data })
    expect(await refusal('train', 'job.json')).toEqual([
      1,
      expect.stringContaining('line 5: the cell is empty, as 3 of 20'),
    ])
    await job({ model: design(['x']), data: { ...data, columns: { x: { missing: 'mean' } } } })
    await kan('train', 'job.json', '--out', 'm.kan')
    await write('new.csv', 'x\n10.705882352941176\n""\n')
    const [, mean, filled] = (await kan('predict', 'm.kan', '--data', 'new.csv')).stdout.split('\n')
    expect(filled).toBe(mean)
  })

  // Case V3.
  it('asks where a name differs by case or spaces only, and takes the answer', async () => {
    await model('m.kan')
    await write('a.csv', 'X0, x1 \n0.5,-0.25\n')
    expect(await refusal('predict', 'm.kan', '--data', 'a.csv')).toEqual([
      2,
      expect.stringContaining("did you mean 'X0'?"),
    ])
    expect(await kan('predict', 'm.kan', '--data', 'a.csv', '--rename', 'x0=X0')).toMatchObject({ code: 0, stderr: '' })
    expect((await refusal('predict', 'm.kan', '--data', 'a.csv', '--rename', 'x0'))[0]).toBe(2)
  })

  it('says in one line how many rows lie outside of what the network was trained on', async () => {
    await job()
    await kan('train', 'job.json', '--out', 'm.kan')
    await write('far.csv', 'x0,x1\n100,0\n-100,0\n0,0.1\n')
    const { stderr } = await kan('predict', 'm.kan', '--data', 'far.csv')
    expect(stderr).toBe('Predictions are less sure outside what the network was trained on: x0 (2 rows).\n')
  })

  // Case E1.
  it('writes columns of any name so that they are read again as they were', async () => {
    const names = ['a,b', 'x "raw"', '=1+1', 'Fläche (m²)', 'μ_visc', 'x_1^2']
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`
    const rows = Array.from({ length: 12 }, (_, k) => names.map((_, c) => Math.sin(k * (c + 1))))
    await write(
      'odd.csv',
      `${[...names, '+f@'].map(cell).join(',')}\n${rows.map((row) => `${row.join(',')},${row[0]}`).join('\n')}\n`,
    )
    const data = { file: 'odd.csv', inputs: names, targets: ['+f@'] }
    await job({ model: { ...design(names), outputs: [{ name: '+f@' }] }, data })
    expect(await kan('train', 'job.json', '--out', 'm.kan')).toMatchObject({ code: 0 })
    await kan('predict', 'm.kan', '--data', 'odd.csv', '--out', 'first.csv', '--keep', names.map(cell).join(','))
    await kan('predict', 'm.kan', '--data', 'first.csv', '--out', 'second.csv', '--keep', names.map(cell).join(','))
    expect(await read('second.csv')).toBe(await read('first.csv'))
    const [header = ''] = (await read('first.csv')).split('\n')
    expect(header.trim()).toBe([...names, '+f@'].map((name) => (/[",]/.test(name) ? cell(name) : name)).join(','))
  })
})
