import { mkdtemp, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newModel } from '../../src-shared/kan/file/file'
import { type Specification, specificationSchema } from '../../src-shared/kan/specification'
import { adamStep } from '../../src-shared/numerics/adam'
import { lbfgsStep } from '../../src-shared/numerics/lbfgs'
import { readVector, trainableVector } from '../../src-shared/numerics/trainable-vector'
import { type OptimizerState, readOptimizer, writeOptimizer } from './optimizer'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kan-moments-'))
})
afterEach(async () => {
  await rm(folder, { recursive: true, force: true })
})

function design(nodes: number): Specification {
  return specificationSchema.parse({
    format: 1,
    name: 'hello',
    inputs: [{ name: 'x' }],
    outputs: [{ name: 'f' }],
    layers: [
      { nodes, basis: { type: 'chebyshev', degree: 2 }, bias: false },
      { nodes: 1, basis: { type: 'rbf', centers: 4 } },
    ],
  })
}

/** The moments after two steps whose gradients are the parameters themselves. */
function adam(specification: Specification): OptimizerState {
  const { parameters } = newModel(specification, 'hello')
  const settings = { learningRate: 0.1 }
  const first = adamStep(parameters, parameters, null, settings, specification)
  const { moments } = adamStep(first.parameters, first.parameters, first.moments, settings, specification)
  return { type: 'adam', moments }
}

/** After two steps on a bowl around 1. */
function lbfgs(specification: Specification): OptimizerState {
  const bowl = (x: Float64Array) => ({
    loss: x.reduce((sum, value) => sum + (value - 1) ** 4, 0),
    gradient: x.map((value) => 4 * (value - 1) ** 3),
  })
  const options = { learningRate: 1, history: 10, maxIterations: 4, limits: { gradient: 0, change: 0, curvature: 0 } }
  const vector = trainableVector(specification)
  const x = readVector(vector, newModel(specification, 'hello').parameters)
  const first = lbfgsStep(bowl, x, bowl(x), null, options)
  const { state } = lbfgsStep(bowl, first.x, bowl(first.x), first.state, options)
  if (state === null) throw new Error('nothing was to be done')
  return { type: 'lbfgs', state }
}

describe("the optimiser's state", () => {
  it('comes back bit for bit with both counters', async () => {
    const path = join(folder, 'optimizer.safetensors')
    await writeOptimizer(path, design(3), adam(design(3)), 17)
    expect(await readOptimizer(path, design(3))).toEqual({ optimizer: adam(design(3)), step: 17 })
  })

  it('comes back bit for bit from L-BFGS too, to the design whose numbers it moved', async () => {
    const path = join(folder, 'optimizer.safetensors')
    const state = lbfgs(design(3))
    await writeOptimizer(path, design(3), state, 4)
    expect(state.type === 'lbfgs' && state.state.pairs.length).toBeGreaterThan(1)
    expect(await readOptimizer(path, { ...design(3), name: 'other' })).toEqual({ optimizer: state, step: 4 })
    const frozen = design(3).layers.map((layer, l) => ({ ...layer, frozen: l === 0 ? [[0, 1] as const] : [] }))
    expect(await readOptimizer(path, { ...design(3), layers: frozen })).toBeNull()
    expect(await readOptimizer(path, design(4))).toBeNull()
  })

  it('is null for a network of another structure, for a damaged file and for none', async () => {
    const path = join(folder, 'optimizer.safetensors')
    expect(await readOptimizer(path, design(3))).toBeNull()
    await writeOptimizer(path, design(3), adam(design(3)), 17)
    expect(await readOptimizer(path, design(4))).toBeNull()
    expect(await readOptimizer(path, { ...design(3), layers: design(3).layers.slice(0, 1) })).toBeNull()
    await truncate(path, 500)
    expect(await readOptimizer(path, design(3))).toBeNull()
  })

  it('is named where it cannot be read', async () => {
    await expect(readOptimizer(folder, design(3))).rejects.toThrow(`Cannot read ${folder}: it is a folder, not a file.`)
  })
})
