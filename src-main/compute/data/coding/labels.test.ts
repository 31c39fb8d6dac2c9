import { describe, expect, it } from 'vitest'
import { dataSchema } from '../../../../src-shared/contract/job'
import { codeData, readData } from '../load'
import { testFolder } from '../testing'
import type { Classes } from './labels'

const folder = testFolder()

async function load(targets: readonly string[], classes: Classes = null, columns: object = {}) {
  const file = await folder.write(`x,y\n${targets.map((target, k) => `${k},${target}\n`).join('')}`)
  const choice = dataSchema.parse({ file, inputs: ['x'], targets: ['y'], columns })
  return codeData(
    await readData(choice, null, classes),
    choice,
    null,
    classes === null ? 'regression' : 'classification',
  )
}

describe('a target of words', () => {
  it('is 0 and 1 where it is yes and no, and the model remembers the words', async () => {
    const data = await load(['ja', 'nein', 'ja'])
    expect(data.targets('train')).toEqual([Float64Array.of(1, 0, 1)])
    expect(data.preprocessing.outputs).toEqual([{ column: 'y', words: ['nein', 'ja'], center: 0, spread: 1 }])
    expect((await data.summarize()).notes).toContain("The target 'y' is 0 for 'nein' and 1 for 'ja'.")
  })

  it('is 0 and 1 where it has two values, in the order of their letters', async () => {
    const data = await load(['well', 'ill', 'well'])
    expect(data.targets('train')).toEqual([Float64Array.of(1, 0, 1)])
    expect((await data.summarize()).notes).toContain("The target 'y' is 0 for 'ill' and 1 for 'well'.")
  })

  it('may be spelled with and without capitals where that is said', async () => {
    const cells = ['Well', 'ill', 'well', 'well', 'ILL ', 'ill']
    await expect(load(cells)).rejects.toThrow("'Well' is not a number")
    const data = await load(cells, null, { y: { fold: true } })
    expect(data.targets('train')).toEqual([Float64Array.of(1, 0, 1, 1, 0, 0)])
    expect(data.preprocessing.outputs).toEqual([
      { column: 'y', words: ['ill', 'well'], fold: true, center: 0, spread: 1 },
    ])
  })

  it.each([
    ['low', 'mid', 'high'],
    ['2024-01-01', '2024-01-02', '2024-01-03'],
  ])('names what would be right of %s, %s, %s', async (...cells) => {
    await expect(load(cells)).rejects.toThrow(
      `column 'y', line 2: '${cells[0]}' is not a number; a target must be numbers, yes and no or two values (a column of more classes is for a network whose "task" is "classification")`,
    )
  })

  it('still names the one cell among numbers that is none', async () => {
    await expect(load(['1', '2', '3', 'low'])).rejects.toThrow("column 'y', line 5: 'low' is not a number")
  })
})

describe('a column of labels, for a classification', () => {
  it('is a column for each class, in the order of the outputs', async () => {
    const data = await load(['red', 'blue', 'red'], ['red', 'green', 'blue'])
    expect(data.targetNames).toEqual(['red', 'green', 'blue'])
    expect(data.targets('train')).toEqual([
      Float64Array.of(1, 0, 1),
      Float64Array.of(0, 0, 0),
      Float64Array.of(0, 1, 0),
    ])
  })

  it('may hold numbers or yes and no', async () => {
    expect((await load(['0', '2', '1'], ['0', '1', '2'])).targets('train')[2]).toEqual(Float64Array.of(0, 1, 0))
    expect((await load(['no', 'yes'], 'any')).targetNames).toEqual(['no', 'yes'])
  })

  // Case D11.
  it.each([
    [['setosa', 'versicolor', 'virginica']],
    [['2', '5', '9']],
    [['2', '9', '10']],
    [['-1', '1']],
    [['FALSE', 'TRUE']],
  ])('has the classes that stand in it, as they are written: %j', async (labels) => {
    const rows = Array.from({ length: 30 }, (_, k) => labels[(k * 7 + 1) % labels.length] ?? '')
    const data = await load(rows, 'any')
    expect(data.targetNames).toEqual(labels)
    const targets = data.targets('train')
    expect(rows.map((_, k) => labels[targets.findIndex((target) => target[k] === 1)])).toEqual(rows)
    expect(targets.reduce((sum, target) => sum + target.reduce((one, value) => one + value, 0), 0)).toBe(30)
  })

  it('has one class of spellings that differ by capitals where that is said', async () => {
    const cells = ['setosa', 'Setosa', 'setosa', 'VIRGINICA']
    expect((await load(cells, 'any')).targetNames).toHaveLength(3)
    const columns = { y: { fold: true } }
    const data = await load(cells, 'any', columns)
    expect(data.targetNames).toEqual(['VIRGINICA', 'setosa'])
    expect(data.targets('train')[1]).toEqual(Float64Array.of(1, 1, 1, 0))
    const known = await load(cells, ['Virginica', 'Setosa'], columns)
    expect(known.targetNames).toEqual(['Virginica', 'Setosa'])
    expect(known.targets('train')[0]).toEqual(Float64Array.of(0, 0, 0, 1))
    expect(known.preprocessing.outputs[0]).toMatchObject({ fold: true })
  })

  it('has no label that is no class', async () => {
    await expect(load(['red', 'pink'], ['red', 'blue'])).rejects.toThrow(
      "the target 'y' has the value 'pink', which is none of the network's classes (red, blue)",
    )
  })
})
