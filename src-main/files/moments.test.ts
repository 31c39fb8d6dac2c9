import { mkdtemp, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newModel } from '../../src-shared/kan/file'
import { type Specification, specificationSchema } from '../../src-shared/kan/specification'
import { adamStep } from '../../src-shared/numerics/adam'
import { readMoments, writeMoments } from './moments'

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
function moments(specification: Specification) {
  const { parameters } = newModel(specification, 'hello')
  const settings = { learningRate: 0.1 }
  const first = adamStep(parameters, parameters, null, settings, specification)
  return adamStep(first.parameters, first.parameters, first.moments, settings, specification).moments
}

describe("the optimiser's state", () => {
  it('comes back bit for bit with both counters', async () => {
    const path = join(folder, 'optimizer.safetensors')
    await writeMoments(path, design(3), moments(design(3)), 17)
    expect(await readMoments(path, design(3))).toEqual({ moments: moments(design(3)), step: 17 })
  })

  it('is null for a network of another structure, for a damaged file and for none', async () => {
    const path = join(folder, 'optimizer.safetensors')
    expect(await readMoments(path, design(3))).toBeNull()
    await writeMoments(path, design(3), moments(design(3)), 17)
    expect(await readMoments(path, design(4))).toBeNull()
    expect(await readMoments(path, { ...design(3), layers: design(3).layers.slice(0, 1) })).toBeNull()
    await truncate(path, 500)
    expect(await readMoments(path, design(3))).toBeNull()
  })

  it('is named where it cannot be read', async () => {
    await expect(readMoments(folder, design(3))).rejects.toThrow(`Cannot read ${folder}: it is a folder, not a file.`)
  })
})
