import { describe, expect, it } from 'vitest'
import type { PredictOptions } from '../../src-shared/contract/compute'
import type { Model } from '../../src-shared/kan/parameters'
import { forward } from '../../src-shared/numerics/network'
import { predict } from './predict'
import { network, table } from './testing'

const predicted = (model: Model, file: string, wishes: Partial<PredictOptions> = {}) =>
  predict({ model, file, engine: 'wasm', keep: [], ...wishes })

const scaling = (column: string, center: number, spread: number) => ({ column, center, spread })

/** A network that was trained on columns `dose` and `age`, scaled. */
function trained(): Model {
  const { specification, parameters } = network([2, 3, 1])
  const inputs = [scaling('dose', 5, 2), scaling('age', 40, 20)]
  return {
    specification: {
      ...specification,
      inputs: [
        { name: 'dose', group: 0 },
        { name: 'age', group: 0 },
      ],
      preprocessing: { scaling: 'standard', inputs, outputs: [scaling('y0', 100, 50)] },
    },
    parameters,
    moments: null,
  }
}

const rows = Array.from({ length: 25 }, (_, k) => [3 + k / 6, 25 + k])

function expected({ specification, parameters }: Model): number[] {
  const inputs = rows.flatMap(([dose = 0, age = 0]) => [(dose - 5) / 2, (age - 40) / 20])
  return [...forward(specification, parameters, Float64Array.from(inputs))].map((output) => output * 50 + 100)
}

describe('a prediction', () => {
  it('is in the target’s own unit, a value a row', async () => {
    const { header, outputs, problems, kept } = await predicted(trained(), await table('dose,age', rows))
    expect(header).toEqual(['y0'])
    expect(kept).toEqual([])
    expect(problems).toEqual([])
    const want = expected(trained())
    expect(outputs[0]).toHaveLength(25)
    outputs[0]?.forEach((value, row) => {
      expect(value).toBeCloseTo(want[row] ?? 0, 3)
    })
  })

  it('finds columns by name, whatever stands beside them, and carries along what it is asked to', async () => {
    const plain = await predicted(trained(), await table('dose,age', rows))
    const file = await table(
      'id,age,note,dose',
      rows.map(([dose = 0, age = 0], k) => [`r${k}`, age, 'n', dose]),
    )
    const moved = await predicted(trained(), file, { keep: ['id'] })
    expect(moved.outputs).toEqual(plain.outputs)
    expect(moved.header).toEqual(['id', 'y0'])
    expect(moved.kept[0]?.slice(0, 2)).toEqual(['r0', 'r1'])
    await expect(predicted(trained(), await table('dose,weight', rows))).rejects.toThrow(/age/)
  })

  it('of a row that cannot be read is none, and names line and column; the others stay', async () => {
    const broken = rows.map((row, k) => (k === 3 ? [row[0] ?? 0, 'old'] : row))
    const { outputs, problems } = await predicted(trained(), await table('dose,age', broken))
    expect(problems).toEqual([expect.stringMatching(/line 5/)])
    expect(problems[0]).toContain('age')
    expect(outputs[0]?.[3]).toBeNaN()
    expect(outputs[0]?.filter(Number.isFinite)).toHaveLength(24)
    const whole = await predicted(trained(), await table('dose,age', rows))
    expect(outputs[0]?.[4]).toBe(whole.outputs[0]?.[4])
  })

  it.each(['regression', 'classification'] as const)(
    'of a row that the network has no finite value for is none, and names its line: %s',
    async (task) => {
      const model = trained()
      const { preprocessing, ...plain } = model.specification
      const specification =
        task === 'classification' ? { ...plain, task } : { ...plain, ...(preprocessing && { preprocessing }) }
      const far = rows.map((row, k) => (k === 3 ? [1e300, -1e300] : row))
      const { outputs, problems, labels } = await predicted({ ...model, specification }, await table('dose,age', far))
      expect(problems).toEqual([expect.stringMatching(/line 5: the network has no finite value there/)])
      expect(outputs[0]?.[3]).toBeNaN()
      expect(outputs[0]?.filter(Number.isFinite)).toHaveLength(24)
      if (task === 'classification') expect(labels?.map((label) => label === null).indexOf(true)).toBe(3)
      else expect(labels).toBeNull()
    },
  )

  it('is compared with the true values, where the file has them too, over the rows that have both', async () => {
    const want = expected(trained())
    // 10 too much in every second row; one row has no true value, one cannot be predicted.
    const truths = want.map((value, k) => (k === 5 ? 'n/a' : value - (k % 2 === 0 ? 10 : 0)))
    const cells = rows.map(([dose = 0, age = 0], k) => [k === 6 ? 'old' : age, truths[k] ?? '', dose])
    const { comparisons, outputs, header } = await predicted(trained(), await table('age,y0,dose', cells))
    expect(header).toEqual(['y0'])
    expect(outputs[0]?.[5]).not.toBeNaN()
    expect(comparisons).toMatchObject([{ column: 'y0', figures: { rows: 23, lost: 1 } }])
    expect(comparisons[0]?.figures.mae).toBeCloseTo((12 * 10) / 23, 2)
    expect(comparisons[0]?.figures.rmse).toBeCloseTo(Math.sqrt((12 * 100) / 23), 2)
    expect((await predicted(trained(), await table('dose,age', rows))).comparisons).toEqual([])
  })

  it('of many rows is that of each of them', async () => {
    const many = Array.from({ length: 8200 }, (_, k) => rows[k % 25] ?? [])
    const [long, short] = [
      await predicted(trained(), await table('dose,age', many)),
      await predicted(trained(), await table('dose,age', rows)),
    ]
    expect(long.outputs[0]).toHaveLength(8200)
    for (const row of [0, 24, 8191, 8192, 8199]) expect(long.outputs[0]?.[row]).toBe(short.outputs[0]?.[row % 25])
  })

  it('of a curve known by hand is that curve, outside its knots too', async () => {
    const { specification, parameters } = network([1, 1])
    const [layer] = parameters
    if (layer === undefined) throw new Error('no layer')
    const hill = {
      ...layer,
      weights: Float64Array.of(0.2, 0.1, 0, 0.4, 0.8, 0.3, -0.1, -0.6),
      baseScaler: Float64Array.of(1),
      basisScaler: Float64Array.of(1),
      bias: Float64Array.of(0),
    }
    const file = await table('x0', [[-0.5], [0], [0.5], [3]])
    const { outputs } = await predicted({ specification, parameters: [hill], moments: null }, file, {
      engine: 'reference',
    })
    const want = [-0.053614084, 0.58125, 0.740917166, 2.85772238]
    want.forEach((value, row) => {
      expect(outputs[0]?.[row]).toBeCloseTo(value, 8)
    })
  })
})
