/** Grids that follow the data during a training, with everything else that may happen to a network. */
import { describe, expect, it } from 'vitest'
import { type DataChoice, dataSchema } from '../../src-shared/contract/job'
import type { Edit } from '../../src-shared/kan/edits/edit'
import type { LayerParameters, Model } from '../../src-shared/kan/parameters'
import type { EdgeIndex, LayerSpecification } from '../../src-shared/kan/specification'
import { edgeCurve } from '../../src-shared/numerics/curve'
import { random } from '../../src-shared/numerics/random'
import { hello, lossesOf, metricsOf, network, newSession, opened, resumed, runOptions, table } from './testing'

const gridUpdates = { count: 10, until: 50 }
const inside = Float64Array.from({ length: 201 }, (_, p) => -1 + p / 100.5)

function at({ specification, parameters }: Model, l: number): [LayerSpecification, LayerParameters, number] {
  const [layer, numbers] = [specification.layers[l], parameters[l]]
  if (layer === undefined || numbers === undefined) throw new RangeError(`no layer ${l}`)
  return [layer, numbers, numbers.baseScaler.length / layer.nodes]
}

function curve(model: Model, l: number, edge: EdgeIndex): Float64Array {
  const [layer, numbers, inputs] = at(model, l)
  return edgeCurve(layer, numbers, inputs, edge, inside)
}

/** What belongs to an edge, its input's grid too. */
function numbersOf(model: Model, l: number, [input, output]: EdgeIndex) {
  const [, { weights, baseScaler, basisScaler, grid }, inputs] = at(model, l)
  const slot = output * inputs + input
  const part = (values: Float64Array, index: number, count: number) =>
    values.slice((index * values.length) / count, ((index + 1) * values.length) / count)
  const edges = baseScaler.length
  return [part(weights, slot, edges), baseScaler[slot], basisScaler[slot], grid && part(grid, input, inputs)]
}

const largest = (a: Float64Array, b: Float64Array) => Math.max(...a.map((value, k) => Math.abs(value - (b[k] ?? 0))))

describe('grid updates', () => {
  it('take the grids of every layer to where the rows are', async () => {
    const data = { ...hello(200), scaling: 'standard' } as const
    const { session, train } = await opened({ data })
    const before = (await session.snapshot()).model
    await train(await runOptions({ steps: 60, gridUpdates }))
    const { model } = await session.snapshot()
    const [, first] = at(model, 0)
    expect(first.grid?.[3]).toBeLessThan(-1.5)
    expect(first.grid?.[8]).toBeGreaterThan(1.5)
    expect(at(model, 1)[1].grid).not.toEqual(at(before, 1)[1].grid)
  })

  it.each([{ batchSize: null }, { batchSize: 32 }])(
    'are not repeated after a pause: the run is the one that was never interrupted ($batchSize)',
    async ({ batchSize }) => {
      const wishes = { steps: 80, batchSize, gridUpdates, lambda: 0.001 }
      const whole = await opened()
      const wholeRun = await runOptions(wishes)
      await whole.train(wholeRun)

      const run = await runOptions(wishes)
      const first = await opened()
      await first.session.step(run, 20)
      await first.session.step(run, 13)
      await first.session.close()
      const { session, events, step } = await resumed(run.folder, hello())
      expect(step).toBe(33)
      await session.start(run)
      await events.until(() => events.ends[0])
      expect((await session.snapshot()).model.parameters).toEqual((await whole.session.snapshot()).model.parameters)
      expect(await lossesOf(run.folder)).toEqual(await lossesOf(wholeRun.folder))
    },
  )

  it('leave frozen edges as they are to the bit, and a refined grid keeps their curves', async () => {
    const { session, train } = await opened({ model: network([2, 5, 1]) })
    const edges: readonly EdgeIndex[] = [
      [0, 1],
      [1, 3],
    ]
    await session.step(await runOptions({ steps: 50 }), 50)
    const { model: frozen } = await session.edit({ type: 'freeze', layer: 0, edges })
    const kept = (model: Model) => edges.map((edge) => numbersOf(model, 0, edge))
    await session.open({ ...frozen, moments: (await session.snapshot()).model.moments }, 0, null)
    await train(await runOptions({ steps: 200, lambda: 0.01, gridUpdates }))
    const { model: trained } = await session.snapshot()
    expect(kept(trained)).toEqual(kept(frozen))
    expect(at(trained, 1)[1].grid).not.toEqual(at(frozen, 1)[1].grid)

    const refine = (intervals: number): Edit => ({
      ...{ type: 'set-basis', layer: 0 },
      basis: { type: 'spline', order: 3, intervals },
    })
    await session.edit(refine(10))
    await train(await runOptions({ steps: 300, until: 300 }))
    const { model: refined } = await session.snapshot()
    for (const edge of edges) expect(largest(curve(refined, 0, edge), curve(trained, 0, edge))).toBeLessThan(1e-6)
    const { model: thawed } = await session.edit({ type: 'unfreeze', layer: 0, edges })
    await train(await runOptions({ steps: 310, until: 310 }))
    const { model: moved } = await session.snapshot()
    for (const edge of edges) expect(curve(moved, 0, edge)).not.toEqual(curve(thawed, 0, edge))
  })

  const lbfgs = { type: 'lbfgs', learningRate: 1, history: 10, maxIterations: 20 } as const
  it.each([
    { name: 'Adam', widths: [2, 5, 1], training: {}, steps: 200 },
    { name: 'L-BFGS', widths: [2, 5, 1], training: { optimizer: lbfgs }, steps: 60 },
    { name: 'cross-entropy', widths: [9, 10, 2], training: { loss: 'cross_entropy' }, steps: 200 },
  ] as const)('by $name: a pruned network trains on, and what is pruned stays away', async (how) => {
    const { widths, training, steps } = how
    const [model, data] = widths[2] === 2 ? await classes(widths) : [network(widths), hello(200)]
    const { session, train } = await opened({ model, data })
    const run = async (wishes: object) => {
      const options = await runOptions(wishes)
      return { ...options, training: { ...options.training, ...training } }
    }
    await session.step(await run({ steps: 60, lambda: 0.01 }), 60)
    const edges = Array.from({ length: widths[1] }, (_, output): EdgeIndex => [output % widths[0], output])
    await session.edit({ type: 'prune', layer: 0, edges })
    const { model: pruned } = await session.edit({ type: 'prune', layer: 1, edges: [[4, 0]] })
    const { train: right } = await session.evaluate()
    await session.open({ ...pruned, moments: null }, 0, null)
    const options = await run({ steps, gridUpdates })
    expect(await train(options)).toMatchObject({ steps })
    const { model: after } = await session.snapshot()
    expect(at(after, 0)[1].grid).not.toEqual(at(pruned, 0)[1].grid)
    for (const edge of edges) {
      expect(numbersOf(after, 0, edge).slice(1, 3)).toEqual(numbersOf(pruned, 0, edge).slice(1, 3))
      const [layer] = at(after, 0)
      expect(layer.pruned.some(([input, output]) => input === edge[0] && output === edge[1])).toBe(true)
      // Its curve was written anew, not trained.
      expect(largest(curve(after, 0, edge), curve(pruned, 0, edge))).toBeLessThan(0.05)
    }
    const first = after.moments?.first[0]?.weights
    for (const [input, output] of edges) {
      const slot = output * widths[0] + input
      expect(first?.subarray(slot * 8, (slot + 1) * 8).every((moment) => moment === 0) ?? true).toBe(true)
    }
    const losses = (await metricsOf(options.folder)).map(({ loss }) => loss)
    expect(losses.every((loss) => loss !== null && Number.isFinite(loss))).toBe(true)
    expect((await session.evaluate()).train.loss).toBeLessThanOrEqual(right.loss)
  })
})

/** Which of two nearby sums of nine columns is larger. */
async function classes(widths: readonly number[]): Promise<[Model, DataChoice]> {
  const next = random(5)
  const inputs = Array.from({ length: 9 }, (_, k) => `x${k}`)
  const rows = Array.from({ length: 120 }, () => {
    const x = inputs.map(() => 2 * next() - 1)
    const isFirst = (x[0] ?? 0) * (x[1] ?? 0) + (x[2] ?? 0) > 0
    return [...x, isFirst ? 1 : 0, isFirst ? 0 : 1]
  })
  const file = await table([...inputs, 'yes', 'no'].join(','), rows)
  const { specification, ...rest } = network(widths)
  return [
    { ...rest, specification: { ...specification, task: 'classification' } },
    dataSchema.parse({ file, inputs, targets: ['yes', 'no'] }),
  ]
}

describe('fitting the grid to the data', () => {
  const standard = { ...hello(200), scaling: 'standard' } as const
  const gridOf = (model: Model, l: number) => at(model, l)[1].grid

  it('moves the grid of one layer, keeps moments and curves, and is undone to the bit', async () => {
    const { session, train } = await opened({ data: standard, model: network([2, 4, 1]) })
    await session.step(await runOptions(), 30)
    const before = await session.snapshot()
    const { train: loss } = await session.evaluate()
    const { model, inverse } = await session.edit({ type: 'fit-grid', layer: 0 })
    expect(gridOf(model, 0)).not.toEqual(gridOf(before.model, 0))
    expect(gridOf(model, 1)).toEqual(gridOf(before.model, 1))
    expect(model.moments).toEqual(before.model.moments)
    expect((await session.evaluate()).train.loss).toBeLessThan(1.5 * loss.loss)
    const back = await session.edit(inverse)
    expect(back.model).toEqual(before.model)
    expect(await train(await runOptions({ steps: 50 }))).toMatchObject({ steps: 50 })
  })

  it('moves those of all layers while it trains', async () => {
    const { session, events } = await opened({ data: standard })
    const run = await runOptions({ steps: 100_000 })
    await session.start(run)
    await events.until(() => (events.frames.at(-1)?.step ?? 0) > 20)
    const { model } = await session.edit({ type: 'fit-grid', layer: null })
    const step = events.frames.at(-1)?.step ?? 0
    await events.until(() => (events.frames.at(-1)?.step ?? 0) > step + 20)
    const { model: later } = await session.pause()
    for (const l of [0, 1]) {
      expect(gridOf(model, l)?.[3]).not.toBeCloseTo(-1, 3)
      expect(Float32Array.from(gridOf(later, l) ?? [])).toEqual(Float32Array.from(gridOf(model, l) ?? []))
    }
    expect(events.lines).toContain('Fit the grids to the data')
  })

  it('says why there is nothing to fit', async () => {
    const { session } = await opened()
    await session.edit({ type: 'set-basis', layer: 1, basis: { type: 'chebyshev', degree: 4 } })
    await expect(session.edit({ type: 'fit-grid', layer: 1 })).rejects.toThrow('Layer 2 has no grid to fit')
    await expect(session.edit({ type: 'fit-grid', layer: 7 })).rejects.toThrow('There is no layer 8')
    const { session: empty } = newSession()
    await empty.open(network([2, 1]), 0, null)
    await expect(empty.edit({ type: 'fit-grid', layer: 0 })).rejects.toThrow('no data')
  })
})
