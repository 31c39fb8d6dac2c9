import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { makeSample } from '../conformance-models'
import { compile, PENALTY, SPLINE, stretch, trained } from '../conformance-runs'
import { EngineLost } from '../lost'
import { reference } from '../reference/engine'
import { tensorflow } from './engine'
import { openLibrary } from './library'

vi.setConfig({ testTimeout: 300_000 })
const library = openLibrary()

describe.skipIf(typeof library === 'string')('tensorflow, where its library is installed', () => {
  it.each([[[2, 5, 1]], [[10, 64, 64, 1]]])(
    '200 steps of %j lose what the formulas lose',
    async ([inputs, ...nodes]) => {
      const layers = nodes.map((width) => ({ basis: SPLINE, nodes: width }))
      const sample = makeSample({ inputs: inputs as number, layers, rows: 40, seed: 3 })
      const run = { maxSteps: 200, learningRate: 1e-3 }
      const expected = (await trained(reference, sample, run)).result.losses
      const { losses } = (await trained(tensorflow, sample, run)).result
      expect(losses).toHaveLength(200)
      for (const [step, loss] of losses.entries()) {
        expect(Math.abs(loss / (expected[step] as number) - 1)).toBeLessThan(1e-3)
      }
    },
  )

  it('holds no more after many steps than after a few, and nothing when it is let go', async () => {
    if (typeof library === 'string') throw new Error(library)
    const sample = makeSample({ inputs: 3, layers: [{ basis: SPLINE, nodes: 4, locked: true }], rows: 30, seed: 1 })
    await trained(tensorflow, sample, { maxSteps: 2, regularization: PENALTY, clipNorm: 1 })
    const before = library.tensors
    const network = await compile(tensorflow, sample)
    const data = network.load(sample.columns)
    const run = stretch({ maxSteps: 300, regularization: PENALTY, clipNorm: 1 })
    network.train(data, run)
    const held = library.tensors
    network.train(data, run)
    network.edgeStatistics(data)
    network.lossAndGradient(data, run.objective)
    network.writeParameters(network.readParameters(), network.readMoments())
    network.applyMasks(sample.specification)
    expect(library.tensors).toBe(held)
    network.dispose()
    expect(library.tensors).toBe(before)
  })
})

it.skipIf(typeof library === 'string')('a fault inside TensorFlow is told as the loss of the engine', () => {
  if (typeof library === 'string') throw new Error(library)
  const [three, four] = [3, 4].map((size) => library.floats(new Float32Array(size * size), [size, size]))
  if (three === undefined || four === undefined) throw new Error('no tensors')
  expect(() => library.product(three, four)).toThrow(EngineLost)
  library.free(three)
  library.free(four)
})

describe('a library that is not there', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('is told in a sentence, before and while the program runs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kan-libraries-'))
    vi.stubEnv('KAN_STUDIO_LIBRARIES', folder)
    const found = await tensorflow.probe()
    expect(found).toMatchObject({ available: false, reason: expect.stringMatching(/^TensorFlow (is not|was) .*\.$/) })
    const sample = makeSample({ inputs: 1, layers: [{ basis: SPLINE, nodes: 1 }], rows: 2, seed: 1 })
    await expect(compile(tensorflow, sample)).rejects.toMatchObject({ name: 'UserError' })
    await rm(folder, { recursive: true })
  })
})
