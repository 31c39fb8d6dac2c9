import { describe, expect, it } from 'vitest'
import { dataSchema } from '../../../src-shared/contract/job'
import type { Results } from '../../../src-shared/contract/results'
import { newModel } from '../../../src-shared/kan/file/file'
import { RegressionSum } from '../../../src-shared/numerics/regression-metrics'
import { predict } from '../predict'
import { hello, network, opened, runOptions, table } from '../testing'

/** 40 rows of two targets far from 0, in a file whose first line is its header. */
const rows = Array.from({ length: 40 }, (_, k) => [k, (k * 7) % 11, 500 + 3 * k, 1e4 - k * k])

async function trainedOnTable() {
  const file = await table('x0,x1,y0,y1', rows)
  const data = dataSchema.parse({
    file,
    inputs: ['x0', 'x1'],
    targets: ['y0', 'y1'],
    split: { validation: 0.25, test: 0.1, seed: 3 },
    scaling: 'standard',
  })
  const studio = await opened({ model: network([2, 3, 2]), data })
  await studio.train(await runOptions({ steps: 40 }))
  return { ...studio, file }
}

function figures({ splits }: Results, name: string) {
  const measures = splits.find((split) => split.name === name)?.measures
  if (measures?.type !== 'regression') throw new Error(`no figures of ${name}`)
  return measures.outputs
}

describe('results', () => {
  it('are the figures of what the saved model predicts, in the targets’ own units', async () => {
    const { session, file } = await trainedOnTable()
    const { model } = await session.snapshot()
    const { outputs } = await predict({ model, file, engine: 'wasm', keep: [] })
    const told = await session.results({ output: 1, whole: true })
    expect(told).toMatchObject({ whole: true, step: 40, output: 1, inputs: ['x0', 'x1'], outputs: ['y0', 'y1'] })
    expect(told.splits.map((split) => [split.name, split.rows])).toEqual([
      ['train', 26],
      ['validation', 10],
      ['test', 4],
    ])
    const seen = new Set<number>()
    for (const { name, points } of told.splits) {
      const sums = [new RegressionSum(), new RegressionSum()]
      points.rows.forEach((row, k) => {
        seen.add(row)
        sums.forEach((sum, j) => {
          sum.add(rows[row]?.[2 + j] ?? 0, outputs[j]?.[row] ?? 0)
        })
        expect(points.truth[k]).toBeCloseTo(rows[row]?.[3] ?? 0, 8)
        expect(points.predicted[k]).toBeCloseTo(outputs[1]?.[row] ?? 0, 8)
      })
      figures(told, name).forEach((figure, j) => {
        const expected = sums[j]?.metrics()
        expect(figure.rows).toBe(points.rows.length)
        expect(figure.r2).toBeCloseTo(expected?.r2 ?? 0, 8)
        expect(figure.rmse).toBeCloseTo(expected?.rmse ?? 0, 6)
        expect(figure.mae).toBeCloseTo(expected?.mae ?? 0, 6)
      })
    }
    expect(seen.size, 'every row is in one split').toBe(40)
  })

  it('name the worst rows by their lines, the worst first, with their inputs', async () => {
    const { session } = await trainedOnTable()
    const { splits } = await session.results({ output: 0, whole: true })
    for (const { worst, points } of splits) {
      expect(worst).toHaveLength(Math.min(20, points.rows.length))
      const sizes = worst.map(({ truth, predicted }) => Math.abs(truth - predicted))
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a))
      const all = [...points.truth].map((truth, k) => Math.abs(truth - (points.predicted[k] ?? 0)))
      expect(sizes[0]).toBe(Math.max(...all))
      for (const { row, place, inputs, truth } of worst) {
        expect(place).toBe(`line ${row + 2}`)
        expect(inputs[0]).toBeCloseTo(rows[row]?.[0] ?? 0, 10)
        expect(inputs[1]).toBeCloseTo(rows[row]?.[1] ?? 0, 10)
        expect(truth).toBeCloseTo(rows[row]?.[2] ?? 0, 10)
      }
    }
  })

  it('are of the same sampled rows while training runs, and of all rows when it stands still', async () => {
    const { session } = await opened({ data: hello(6000, { validation: 0.5 }) })
    await session.start(await runOptions({ steps: 100_000, batchSize: 32 }))
    const first = await session.results({ output: 0, whole: false })
    await session.results({ output: 0, whole: true })
    const later = await session.results({ output: 0, whole: true })
    expect(later.step, 'training goes on').toBeGreaterThan(first.step)
    expect([first.whole, later.whole], 'never of all rows of a network that changes').toEqual([false, false])
    const [before, after] = [first, later].map(({ splits }) => splits[0]?.points)
    expect(before?.rows).toHaveLength(2000)
    expect(after?.rows).toEqual(before?.rows)
    expect(after?.truth).toEqual(before?.truth)
    expect(after?.predicted).not.toEqual(before?.predicted)
    await session.pause()
    const still = await session.results({ output: 0, whole: true })
    expect(still.whole).toBe(true)
    expect(figures(still, 'train')[0]?.rows).toBe(3000)
    expect(figures(still, 'validation')[0]?.rows).toBe(3000)
    expect(still.splits[0]?.points.rows).toEqual(before?.rows)
    expect(still.splits[0]?.worst[0]?.place, 'rows that no file holds').toMatch(/^row \d+$/)
    const { train } = await session.evaluate()
    expect(figures(still, 'train')[0]?.rmse).toBeCloseTo('rmse' in train ? train.rmse : 0, 6)
  })

  it('do not change a bit of the training', async () => {
    const options = { steps: 300, batchSize: 64, lambda: 1e-3, gridUpdates: { count: 3, until: 30 } }
    const parameters = []
    for (const asks of [false, true]) {
      const { session, events } = await opened({ data: hello(3000, { validation: 0.2, test: 0.1 }) })
      await session.start(await runOptions(options))
      let answers = 0
      while (events.ends.length === 0) {
        if (asks) {
          await session.results({ output: 0, whole: answers % 2 === 1 })
          answers++
        } else await events.until(() => events.ends[0])
      }
      if (asks) expect(answers).toBeGreaterThan(2)
      parameters.push((await session.snapshot()).model.parameters)
    }
    expect(parameters[1]).toEqual(parameters[0])
  })

  it('look at fewer rows of a large network', async () => {
    const { session } = await opened({ model: network([2, 200, 200, 1]), data: hello(1000) })
    const { splits, whole } = await session.results({ output: 0, whole: false })
    expect(whole).toBe(false)
    expect(splits[0]?.points.rows.length).toBeLessThan(200)
    expect(splits[0]?.points.rows.length).toBeGreaterThanOrEqual(50)
  })

  it('leave R² undefined where the target is the same in all rows', async () => {
    const file = await table('x,y', [
      [1, 5],
      [2, 5],
      [3, 5],
    ])
    const { session } = await opened({
      model: network([1, 2, 1]),
      data: dataSchema.parse({ file, inputs: ['x'], targets: ['y'], scaling: 'standard' }),
    })
    const told = await session.results({ output: 0, whole: true })
    expect(figures(told, 'train')[0]).toMatchObject({ rows: 3, r2: null, rmse: expect.any(Number) })
  })

  it('of a classification are the loss and the part of the rows that is told right', async () => {
    const file = await table(
      'x,a,b',
      Array.from({ length: 30 }, (_, k) => [k / 30, Number(k < 15), Number(k >= 15)]),
    )
    const specification = { ...network([1, 2, 2]).specification, task: 'classification' as const }
    const { session, train } = await opened({
      model: newModel(specification, 'test'),
      data: dataSchema.parse({ file, inputs: ['x'], targets: ['a', 'b'], split: { validation: 0.2 } }),
    })
    await train(await runOptions({ loss: 'cross_entropy', steps: 200, learningRate: 0.05 }))
    const { splits } = await session.results({ output: 0, whole: true })
    const measured = await session.evaluate()
    expect(splits.map(({ name }) => name)).toEqual(['train', 'validation'])
    for (const { name, measures, worst } of splits) {
      const { loss, accuracy } = (name === 'train' ? measured.train : measured.validation) as {
        loss: number
        accuracy: number
      }
      expect(measures).toMatchObject({ type: 'classification', accuracy })
      expect(measures.type === 'classification' && measures.loss).toBeCloseTo(loss, 5)
      expect(worst).toEqual([])
    }
  })

  it('say in a sentence what is missing', async () => {
    const { session } = await opened({ model: network([3, 1]) })
    await expect(session.results({ output: 0, whole: false })).rejects.toThrow('The table has 2 inputs, the network 3')
    await session.open(network([2, 1]), 0, null)
    await expect(session.results({ output: 1, whole: false })).rejects.toThrow('There is no output 2')
  })
})
