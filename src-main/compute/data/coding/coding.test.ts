import { describe, expect, it } from 'vitest'
import { dataSchema } from '../../../../src-shared/contract/job'
import { inputNames } from '../../../../src-shared/kan/preprocessing'
import { specificationSchema } from '../../../../src-shared/kan/specification'
import { type LoadedData, loadData, trainingColumns } from '../load'
import { readRows } from '../read-rows'
import { testFolder } from '../testing'

const folder = testFolder()

const load = async (content: string, settings: object) =>
  loadData(dataSchema.parse({ file: await folder.write(content), targets: ['y'], ...settings }), null)
const inputsOf = (data: LoadedData) => trainingColumns(data).inputs.map((column) => [...column])
const rows = (cells: readonly (string | number)[]) => `x,y\n${cells.map((cell, k) => `${cell},${k}\n`).join('')}`
const use = (settings: object) => ({ inputs: ['x'], columns: { x: settings } })

describe('a category', () => {
  // Case D10.
  it('of texts has an input for each value, in the order of the alphabet, named after column and value', async () => {
    const colours = ['red', 'green ', ' blue', 'red']
    const data = await load(`n,colour,y\n${colours.map((colour, k) => `${k},${colour},1\n`).join('')}`, {
      inputs: ['n', 'colour'],
      scaling: 'minmax',
    })
    expect(data.inputNames).toEqual(['n', 'colour = blue', 'colour = green', 'colour = red'])
    expect(inputsOf(data).slice(1)).toEqual([
      [0, 0, 1, 0],
      [0, 1, 0, 0],
      [1, 0, 0, 1],
    ])
    expect(data.preprocessing.inputs[1]).toEqual({
      type: 'category',
      column: 'colour',
      values: ['blue', 'green', 'red'],
      unseen: 'stop',
    })
    expect((await data.summarize()).inputs.map(({ name }) => name)).toEqual(data.inputNames)
  })

  it('of numbers is asked for, and its values are what is written', async () => {
    const data = await load(rows([2, 1, 2]), use({ as: 'category' }))
    expect(data.inputNames).toEqual(['x = 1', 'x = 2'])
  })

  it('folds case only where it is asked to', async () => {
    const content = rows(['yes', 'Yes', 'maybe'])
    expect((await load(content, use({}))).inputNames).toHaveLength(3)
    const folded = await load(content, use({ fold: true }))
    expect(folded.inputNames).toEqual(['x = maybe', 'x = yes'])
    expect(inputsOf(folded)).toEqual([
      [0, 0, 1],
      [1, 1, 0],
    ])
  })

  it('of folded spellings has the name that most rows have', async () => {
    const data = await load(rows(['Setosa', 'setosa', 'setosa', 'virginica']), use({ fold: true }))
    expect(data.inputNames).toEqual(['x = setosa', 'x = virginica'])
    expect((await data.summarize()).notes).toContain("Spellings in 'x' are one value: 'Setosa' and 'setosa'.")
  })

  it('takes the values that it is told, in their order, and others as 0 where that is said', async () => {
    const content = rows(['b', 'a', 'c'])
    const told = { values: ['a', 'b'] }
    const data = await load(content, use({ ...told, unseen: 'zero' }))
    expect(inputsOf(data)).toEqual([
      [0, 1, 0],
      [1, 0, 0],
    ])
    await expect(load(content, use(told))).rejects.toThrow(
      "table.csv, column 'x', line 4: 'c' is none of the values that the network knows (a, b)",
    )
  })

  it('has missing as a value of its own where that is said', async () => {
    const data = await load(rows(['a', '', 'b']), use({ missing: 'value' }))
    expect(data.inputNames).toEqual(['x = a', 'x = b', 'x is missing'])
    expect(inputsOf(data)[2]).toEqual([0, 1, 0])
  })

  it('of very many values is refused with what to do about it', async () => {
    const names = Array.from({ length: 300 }, (_, k) => `person ${k}`)
    await expect(load(rows(names), use({}))).rejects.toMatchObject({
      message: expect.stringMatching(/^the column 'x' has 300 different values, .*: leave the column out/),
      exitCode: 2,
    })
  })

  it('keeps a value that no training row has, so that the split does not change the network, and says so', async () => {
    const split = { type: 'chronological', validation: 0.25 }
    const data = await load(rows(['a', 'b', 'a', 'c']), { ...use({}), split })
    expect(data.inputNames).toHaveLength(3)
    expect((await data.summarize()).notes).toContain("No training row has 'c' in 'x': nothing is learnt of it.")
  })
})

describe('yes and no', () => {
  it('are 1 and 0, in several languages and whatever case', async () => {
    const data = await load(rows(['yes', 'NO', ' ja', 'Nein', 'true', 'off']), use({}))
    expect(inputsOf(data)).toEqual([[1, 0, 1, 0, 1, 0]])
    expect(data.preprocessing.inputs).toEqual([{ type: 'boolean', column: 'x', range: [0, 1], center: 0, spread: 1 }])
  })

  it('are filled with the share of yes among the training rows', async () => {
    const data = await load(rows(['yes', 'no', '', 'no', 'no']), use({ missing: 'mean' }))
    expect(inputsOf(data)).toEqual([[1, 0, 0.25, 0, 0]])
  })
})

describe('a date', () => {
  const content = rows(['2024-03-01', '2024-03-02T12:00', '2024-02-29 00:00:01Z'])

  it('is the seconds since the first training row', async () => {
    const data = await load(content, use({}))
    expect(inputsOf(data)).toEqual([[86_399, 86_399 + 129_600, 0]])
    expect(data.inputNames).toEqual(['x'])
  })

  it('gives an input for each part that is asked for', async () => {
    const parts = ['year', 'month', 'day', 'weekday', 'hour', 'second', 'day-of-year']
    const data = await load(content, use({ date: { parts } }))
    expect(data.inputNames).toEqual(parts.map((part) => `x (${part})`))
    expect(inputsOf(data).map((column) => column[2])).toEqual([2024, 2, 29, 4, 0, 1, 60])
    expect(inputsOf(data)[3]).toEqual([5, 6, 4])
  })

  it('of a real column of times keeps its seconds when it is scaled', async () => {
    const times = Array.from({ length: 100 }, (_, k) => `2024-07-01T00:${String(k % 60).padStart(2, '0')}:0${k % 10}`)
    const [values = []] = inputsOf(await load(rows(times), { ...use({}), scaling: 'minmax' }))
    expect(Math.min(...values)).toBe(-1)
    expect(new Set(values).size).toBe(new Set(times).size)
  })
})

describe('the order of a date', () => {
  const english = rows(['13/02/2024', '01/03/2024', '02/03/2024'])

  it('is remembered, and settles what another table leaves in doubt', async () => {
    const { preprocessing } = await load(english, use({ date: { parts: ['month'] } }))
    expect(preprocessing.inputs).toMatchObject([{ type: 'date', part: 'month', order: 'day-first' }])
    const specification = specificationSchema.parse({
      format: 1,
      name: 'm',
      inputs: [{ name: 'x (month)' }],
      outputs: [{ name: 'y' }],
      layers: [{ nodes: 1, basis: { type: 'chebyshev', degree: 2 } }],
      preprocessing,
    })
    const months = async (...dates: string[]) => {
      const { inputs } = await readRows(await folder.write(rows(dates)), specification, [])
      return Array.from(inputs[0] ?? [])
    }
    expect(await months('01/02/2024', '03/02/2024')).toEqual([2, 2])
    expect(await months('02/14/2024', '03/02/2024')).toEqual([2, 3])
  })

  it('is not written where a date says it itself', async () => {
    const { preprocessing } = await load(rows(['2024-03-01', '2024-03-02', '2024-04-01']), use({}))
    expect(preprocessing.inputs[0]).not.toHaveProperty('order')
  })
})

describe('missing values', () => {
  // Case D12.
  const gaps = `x,y\n${Array.from({ length: 20 }, (_, k) => `${[4, 9, 15].includes(k + 1) ? '' : k + 1},${2 * (k + 1)}\n`).join('')}`

  it('are counted and refused with what can be done, by default', async () => {
    await expect(load(gaps, { inputs: ['x'] })).rejects.toThrow(
      `table.csv, column 'x', line 5: the cell is empty, as 3 of 20 are in this column; leave such rows out ` +
        `("columns": {"x": {"missing": "drop"}}), or fill them ("mean")`,
    )
  })

  it('leave their rows out where that is said, before the split is made', async () => {
    const data = await load(gaps, { ...use({ missing: 'drop' }), split: { validation: 0.2 } })
    expect(data.rows).toEqual({ train: 14, validation: 3, test: 0 })
    expect((await data.summarize()).notes).toContain(
      "3 of 20 rows are left out, as they have no value in 'x'; 17 are left.",
    )
    expect([...(data.raw.tableRows ?? [])]).not.toContain(3)
    expect(await data.raw.place(3, 'x')).toBe("table.csv, column 'x', line 6")
  })

  it('are filled with the mean of the rows that have one', async () => {
    const data = await load(gaps, use({ missing: 'mean' }))
    expect(data.preprocessing.inputs[0]).toMatchObject({ fill: expect.closeTo(10.705882, 6) })
    const [x = []] = inputsOf(data)
    expect(x).toHaveLength(20)
    for (const row of [3, 8, 14]) expect(x[row]).toBeCloseTo(182 / 17, 12)
  })

  it('are filled with the mean of the training rows alone', async () => {
    const split = { type: 'chronological', validation: 0.5 }
    const data = await load('x,y\n1,1\n3,1\n,1\n100,1\n', { ...use({ missing: 'mean' }), split, scaling: 'standard' })
    expect(data.preprocessing.inputs[0]).toMatchObject({ fill: 2, center: 2, range: [1, 3] })
    expect([...(data.columns('validation')?.inputs[0] ?? [])]).toEqual([0, 98])
  })

  it('of a target are never made up', async () => {
    const content = 'x,y\n1,2\n2,\n3,6\n'
    await expect(load(content, { inputs: ['x'] })).rejects.toThrow("column 'y', line 3: the cell is empty, as 1 of 3")
    await expect(load(content, { inputs: ['x'], columns: { y: { missing: 'mean' } } })).rejects.toMatchObject({
      exitCode: 2,
    })
    const data = await load(content, { inputs: ['x'], columns: { y: { missing: 'drop' } } })
    expect(data.rows.train).toBe(2)
  })

  it('in every row leave nothing to train on', async () => {
    await expect(load('x,y\n,2\n,3\n', use({ missing: 'drop', as: 'number' }))).rejects.toThrow(
      'leaving those out leaves none',
    )
    await expect(load('x,y\n,2\n,3\n', use({ missing: 'mean', as: 'number' }))).rejects.toThrow(
      "'x' has no value in any training row",
    )
  })
})

describe('what was chosen about reading a table', () => {
  it('makes codes missing, in numbers and texts, and the model remembers them', async () => {
    const read = { missing: ['-999', '?'] }
    const content = 'x,c,y\n1,a,1\n-999,?,2\n?,b,3\n3,a,4\n'
    const columns = { x: { missing: 'mean' }, c: { missing: 'value' } }
    const data = await load(content, { inputs: ['x', 'c'], columns, read })
    expect(inputsOf(data)[0]).toEqual([1, 2, 2, 3])
    expect(data.inputNames).toEqual(['x', 'c = a', 'c = b', 'c is missing'])
    expect(data.preprocessing.missing).toEqual(['-999', '?'])
  })

  it('makes bad cells missing, or leaves their rows out, by the first rule that fits', async () => {
    const content = 'x,y\n1,1\nbad,2\nworse,3\n4,4\n5,5\n6,6\n'
    const bad = [
      { text: 'bad', action: 'drop' },
      { column: 'x', action: 'missing' },
    ]
    const data = await load(content, { inputs: ['x'], columns: { x: { missing: 'mean' } }, read: { bad } })
    expect(inputsOf(data)[0]).toEqual([1, 4, 4, 5, 6])
    expect((await data.summarize()).notes[0]).toMatch(/^1 of 6 rows is left out, as it holds a cell/)
    await expect(load(content, { inputs: ['x'], read: { bad: bad.slice(0, 1) } })).rejects.toThrow(
      "line 4: 'worse' is not a number",
    )
  })

  it('takes a column for what it is told to be', async () => {
    const data = await load(rows([1, 2, 1]), { inputs: ['x'], read: { types: { x: 'text' } } })
    expect(data.inputNames).toEqual(['x = 1', 'x = 2'])
  })

  it('understands dates and decimal commas as the table is understood', async () => {
    const content = 'when;x;y\n13.02.2024;1,5;1\n14.02.2024;2,25;2\n'
    const data = await load(content, { inputs: ['when', 'x'] })
    expect(inputsOf(data)).toEqual([
      [0, 86_400],
      [1.5, 2.25],
    ])
  })
})

describe('a logarithm', () => {
  it('is taken before scaling, of inputs and targets', async () => {
    const columns = { x: { transform: 'log' }, y: { transform: 'log' } }
    const data = await load('x,y\n1,10\n100,1000\n10,100\n', { inputs: ['x'], columns, scaling: 'minmax' })
    const { inputs, targets } = trainingColumns(data)
    for (const [column] of [inputs, targets]) {
      expect(column?.[0]).toBeCloseTo(-1, 14)
      expect(column?.[2]).toBeCloseTo(0, 14)
    }
    expect(data.preprocessing.inputs[0]).toMatchObject({ transform: 'log', range: [1, 100] })
    expect(data.preprocessing.outputs[0]).toMatchObject({ transform: 'log', center: Math.log(100) })
  })

  it.each(['x', 'y'])('of %s is refused in one sentence where a number is not above 0', async (column) => {
    const content = 'x,y\n1,1\n2,2\n0,0\n-3,-3\n'
    await expect(load(content, { inputs: ['x'], columns: { [column]: { transform: 'log' } } })).rejects.toThrow(
      `table.csv, column '${column}', line 4: 0 has no logarithm`,
    )
  })
})

describe('a use that makes no sense', () => {
  it.each([
    [{ missing: 'mean' }, 'a,b', "the column 'x' is a category, which has no mean"],
    [{ missing: 'value' }, '1,2', "the column 'x' is of numbers, and only a category can have missing as a value"],
    [{ transform: 'log' }, 'a,b', "the column 'x' is a category, and only numbers have a logarithm"],
    [{ date: { parts: ['year'] } }, '1,2', "the column 'x' is of numbers, and only dates have parts"],
  ])('as %j of cells %s is refused with exit status 2', async (settings, cells, message) => {
    await expect(load(rows(cells.split(',')), use(settings))).rejects.toMatchObject({
      message: expect.stringContaining(message),
      exitCode: 2,
    })
  })

  it('of a column that is not there names it', async () => {
    await expect(load(rows([1]), { inputs: ['x'], columns: { X: {} } })).rejects.toThrow(`did you mean 'x'?`)
  })

  it('of text as numbers names the first cell', async () => {
    await expect(load(rows(['9007199254740993', 1]), use({ as: 'number' }))).rejects.toThrow(
      "line 2: '9007199254740993' has more digits than a number can hold",
    )
    await expect(load(rows(['a', 'b']), use({ as: 'number' }))).rejects.toThrow(
      "line 2: 'a' is not a number (and 1 more)",
    )
    await expect(load(rows(['yes', 'perhaps']), use({ as: 'boolean' }))).rejects.toThrow(
      "line 3: 'perhaps' is not yes or no",
    )
    await expect(load(rows(['2024-02-30']), use({ as: 'date' }))).rejects.toThrow("line 2: '2024-02-30' is not a date")
  })
})

describe('a category that is written in another way', () => {
  it('is known where its values are whole numbers, but not where they are codes', async () => {
    const specification = (values: readonly string[]) =>
      specificationSchema.parse({
        format: 1,
        name: 'm',
        inputs: values.map((value) => ({ name: `x = ${value}` })),
        outputs: [{ name: 'y' }],
        layers: [{ nodes: 1, basis: { type: 'chebyshev', degree: 2 } }],
        preprocessing: {
          scaling: 'none',
          inputs: [{ type: 'category', column: 'x', values, unseen: 'stop' }],
          outputs: [{ column: 'y', center: 0, spread: 1 }],
        },
      })
    const given = await readRows(await folder.write('x;z\n1,0;1\n2.0;1\n3;1\n'), specification(['1', '2', '3']), [])
    expect(given.inputs.map((column) => [...column])).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ])
    const codes = await readRows(await folder.write('x;z\n1;1\n'), specification(['01', '02']), [])
    expect(codes.problems).toHaveLength(1)
  })
})

describe('names of inputs', () => {
  it('are all different, whatever columns and values are called', () => {
    const category = { type: 'category', unseen: 'stop' } as const
    expect(
      inputNames([
        { ...category, column: 'a', values: ['b = c'] },
        { ...category, column: 'a = b', values: ['c'] },
      ]),
    ).toEqual(['a = b = c', 'a = b = c (2)'])
  })
})
