import { describe, expect, it } from 'vitest'
import { dataSchema } from '../../../src-shared/contract/job'
import type { Preprocessing } from '../../../src-shared/kan/preprocessing'
import { specificationSchema } from '../../../src-shared/kan/specification'
import { loadData } from './load'
import { readRows } from './read-rows'
import { testFolder } from './testing'

const folder = testFolder()

const load = async (content: string, settings: object = {}, known: Preprocessing | null = null) =>
  loadData(dataSchema.parse({ file: await folder.write(content), inputs: ['x'], targets: ['y'], ...settings }), known)

/** What a network that was trained on one table is given of another. */
async function given(trained: string, other: string, settings: object = {}) {
  const { preprocessing } = await load(trained, settings)
  const specification = specificationSchema.parse({
    format: 1,
    name: 'm',
    inputs: [{ name: 'x' }],
    outputs: [{ name: 'y' }],
    layers: [{ nodes: 1, basis: { type: 'chebyshev', degree: 2 } }],
    preprocessing,
  })
  const file = await folder.write(other, 'other.csv')
  const { inputs, notes, problems, filled, truths } = await readRows(file, specification, [])
  return { x: [...(inputs[0] ?? [])], y: truths.flatMap(({ values }) => [...values]), notes, problems, filled }
}

describe('a network remembers', () => {
  it('the decimal sign of its table, for numbers that can be read in two ways', async () => {
    const trained = 'x,y\n"1,25","2,5"\n"2,5","5,0"\n'
    const { x, notes } = await given(trained, 'x\n"1,234"\n"2,345"\n')
    expect(x).toEqual([1.234, 2.345])
    expect(notes).toEqual([
      "Numbers as in 'x' could be read in two ways; the decimal comma is taken, as where the network was trained.",
    ])
    expect((await given('x;y\n1.5;2\n2.25;3\n', 'x;z\n1,234;1\n2,345;2\n')).x).toEqual([1234, 2345])
  })

  it('signs that the job told', async () => {
    const settings = { read: { decimal: ',', thousands: '.' } }
    expect((await given('x,y\n1,2\n2,3\n', 'x\n1.101\n2.202\n', settings)).x).toEqual([1101, 2202])
  })

  it('nothing that beats what the cells of another table tell, but says so', async () => {
    const { x, notes } = await given('x;y\n1.5;2\n2.25;3\n', 'x;z\n1,5;1\n2,25;2\n')
    expect(x).toEqual([1.5, 2.25])
    expect(notes).toContain(
      'Numbers are read with a decimal comma here, and were with a decimal point where the network was trained.',
    )
  })

  it.each([
    ['the sign is missing', 'x,y\n3%,1\n12%,2\n20%,3\n', 'x\n12\n5\n', [0.12, 0.05]],
    ['fractions stand there instead', 'x,y\n3%,1\n12%,2\n20%,3\n', 'x\n0.12\n0.05\n', [0.12, 0.05]],
    ['only the new table has the sign', 'x,y\n3,1\n12,2\n20,3\n', 'x\n12 %\n5 %\n', [12, 5]],
    ['the sign stood for fractions', 'x,y\n0.03,1\n0.12,2\n0.2,3\n', 'x\n12 %\n5 %\n', [0.12, 0.05]],
  ])('percent: %s', async (_, trained, other, expected) => {
    const { x, notes } = await given(trained, other)
    expect(x).toEqual(expected)
    expect(notes.join()).toMatch(/'x' (was|is) written with %/)
  })

  it('the unit, and says where it is another one', async () => {
    const { x, notes } = await given('x,y\n1 kg,1\n2 kg,2\n', 'x\n1000 g\n2000 g\n')
    expect(x).toEqual([1000, 2000])
    expect(notes).toContain(
      "'x' is in g, and was in kg where the network was trained: its numbers are taken as they are.",
    )
  })

  it('the unit in the head of its table, tells it to people, and says where it is another one', async () => {
    const { preprocessing, summarize } = await load('x (°C);y\n1;2 kg\n2;3 kg\n', { inputs: ['x (°C)'] })
    expect(preprocessing).toMatchObject({ inputs: [{ headUnit: '°C' }], outputs: [{ unit: 'kg' }] })
    expect(await summarize()).toMatchObject({ inputs: [{ unit: '°C' }], targets: [{ unit: 'kg' }] })
    const lined = await given('x,y\n°C,kg\n1.5,2\n2.5,3\n', 'x,y\n°F,kg\n1.5,2\n2.5,4\n')
    expect(lined.notes).toContain(
      "'x' is in °F, and was in °C where the network was trained: its numbers are taken as they are.",
    )
    expect(lined.y).toEqual([2, 4])
    expect((await given('x,y\n%,kg\n12,2\n15,3\n', 'x,z\n%,s\n12,1\n14,2\n')).x).toEqual([12, 14])
  })

  it('how its target was written, to compare with what another table has there', async () => {
    expect((await given('x,y\n1,10%\n2,12%\n', 'x,y\n1,12\n2,14\n')).y).toEqual([0.12, 0.14])
    const { y } = await given('x,y\n1,alive\n2,dead\n3,dead\n', 'x,y\n1,dead\n2,dead\n3,alive\n4,lost\n')
    expect(y).toEqual([1, 1, 0, Number.NaN])
    const oddly = 'x,y\n1,ALIVE\n2,Dead\n'
    expect((await given('x,y\n1,alive\n2,dead\n', oddly)).y).toEqual([Number.NaN, Number.NaN])
    const folded = { columns: { y: { fold: true } } }
    expect((await given('x,y\n1,alive\n2,dead\n3,Dead\n', oddly, folded)).y).toEqual([0, 1])
    expect((await given('x,y\n1,2\n2,3\n', 'x,y\n1,high\n2,3\n')).y).toEqual([Number.NaN, 3])
    expect((await given('x,y\n1,2\n2,3\n', 'x\n1\n')).y).toEqual([])
  })

  it('no more than that: a single cell without the sign of the others is named as such', async () => {
    const { problems } = await given('x,y\n3%,1\n12%,2\n', 'x\n12 %\n15\n')
    expect(problems).toEqual([
      "other.csv, column 'x', line 3: '15' stands without '%', which the other cells of the column have",
    ])
  })

  it('which cells counted as missing, and takes words for missing where it fills', async () => {
    const settings = {
      columns: { x: { missing: 'mean' } },
      read: { bad: [{ column: 'x', text: 'low', action: 'missing' }] },
    }
    const trained = 'x,y\n1,1\n3,2\nlow,3\n'
    const { x, filled, problems } = await given(trained, 'x,z\nlow,1\nNA,2\n5,2\n6,1\nhigh,1\n7,1\n', settings)
    expect(x).toEqual([2, 2, 5, 6, 0, 7])
    expect(filled).toEqual([{ column: 'x', count: 2 }])
    expect(problems).toEqual(["other.csv, column 'x', line 6: 'high' is not a number"])
  })

  it('nothing of lines that are too long: they alone have no prediction', async () => {
    const { x, problems } = await given('x,y\n1,1\n2,2\n', 'x,z\n1,1\n2,2,2\n3,3\n')
    expect(x).toEqual([1, 0, 3])
    expect(problems).toEqual(['other.csv, line 3: the line has more cells than the table has columns (2)'])
  })

  it('what it fills gaps with, and counts them', async () => {
    const settings = { columns: { x: { missing: 'mean' } } }
    const { x, filled } = await given('x,y\n1,1\n3,2\n,3\n', 'x,z\n,1\n5,2\n', settings)
    expect(x).toEqual([2, 5])
    expect(filled).toEqual([{ column: 'x', count: 1 }])
  })
})

describe('columns of a table that a trained network is given', () => {
  const trained = 'a,x,y\nred,1,1\nblue,2,2\n'

  it('have their types from the network by name, never by place', async () => {
    const { preprocessing } = await load('a,b,y\n1,2,1\n2,3,2\n', {
      inputs: ['a', 'b'],
      columns: { a: { as: 'category' } },
    })
    const swapped = await load('b,a,y\n1.5,1,1\n2.5,2,2\n', { inputs: ['a', 'b'] }, preprocessing)
    expect(swapped.inputNames).toEqual(['a = 1', 'a = 2', 'b'])
  })

  it('have none of them where it has other columns', async () => {
    const { preprocessing } = await load(trained, { inputs: ['a', 'x'] })
    const choice = { inputs: ['c', 'd'], columns: {} }
    await expect(load('c,d,y\n1,2,1\n2,3,2\n', choice, preprocessing)).rejects.toThrow(
      "the network was trained with 'a' as a category, but 'c' is read as a number",
    )
  })

  it('are what the job says', async () => {
    const { preprocessing } = await load('a,x,y\n1,1,1\n2,2,2\n', {
      inputs: ['a', 'x'],
      columns: { a: { as: 'category' } },
    })
    const told = { inputs: ['a', 'x'], read: { types: { a: 'number' } } }
    await expect(load('a,x,y\n1,1,1\n2,2,2\n', told, preprocessing)).rejects.toThrow("'a' is read as a number")
  })
})

describe('signs of numbers in a file that has a kind of its own for them', () => {
  it('are a matter of texts only', async () => {
    const settings = { read: { decimal: ',', thousands: '.' } }
    const { raw } = await load('{"x":1.125,"y":1}\n{"x":2.25,"y":2}\n', settings)
    expect(raw.inputs[0]).toMatchObject({ type: 'number', values: Float64Array.of(1.125, 2.25) })
  })

  it('are found in texts, too', async () => {
    const { raw } = await load('{"x":"1,5","y":1.25}\n{"x":"2,25","y":2.5}\n{"x":"1.234,5","y":2.5}\n')
    expect(raw.inputs[0]).toMatchObject({ type: 'number', values: Float64Array.of(1.5, 2.25, 1234.5) })
    expect([...(raw.targets[0]?.values ?? [])]).toEqual([1.25, 2.5, 2.5])
  })
})

it('says what became of gaps that are filled', async () => {
  const { summarize } = await load('x,y\n1,1\n,2\n3,3\n', { columns: { x: { missing: 'mean' } } })
  expect((await summarize()).notes).toEqual(["One missing cell of 'x' is filled with the mean of the training rows."])
})
