import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Model } from '../../../src-shared/kan/parameters'
import { adamStep } from '../../../src-shared/numerics/adam'
import { UserError } from '../../../src-shared/user-error'
import { readModel } from '../../files/model'
import { network, temporaryFolder } from '../testing'
import { readCheckpointOptimizer, writeCheckpoint } from './checkpoint'
import { disk } from './full-disk'

vi.mock('node:fs/promises', async (original) => (await import('./full-disk')).withFullDisk(await original()))

beforeEach(() => {
  disk.full = false
})

/** A network after some steps down its own parameters. */
function trained(steps: number): Model {
  let { specification, parameters, moments } = network([2, 2, 1])
  for (let step = 0; step < steps; step++) {
    ;({ parameters, moments } = adamStep(parameters, parameters, moments, { learningRate: 0.01 }, specification))
  }
  specification = { ...specification, history: { step: steps } }
  return { specification, parameters, moments }
}

const write = (folder: string, steps: number) => writeCheckpoint(folder, checkpoint(trained(steps), steps))

const checkpoint = (model: Model, step: number) => ({
  model,
  step,
  optimizer: model.moments && { type: 'adam' as const, moments: model.moments },
})

/** What somebody who resumes finds: a model and the optimiser's state that belongs to it. */
async function found(folder: string): Promise<Model> {
  const model = await readModel(join(folder, 'checkpoint.kan'))
  const state = await readCheckpointOptimizer(folder, model.specification, model.specification.history?.step ?? 0)
  return { ...model, moments: state?.type === 'adam' ? state.moments : null }
}

describe('a checkpoint', () => {
  it('is found again to the bit', async () => {
    const folder = await temporaryFolder()
    await write(folder, 3)
    await write(folder, 5)
    expect(await found(folder)).toEqual(trained(5))
    expect((await readdir(folder)).sort()).toEqual(['checkpoint.kan', 'optimizer.safetensors'])
  })

  it('without an optimiser’s state leaves none from before', async () => {
    const folder = await temporaryFolder()
    await write(folder, 3)
    await writeCheckpoint(folder, checkpoint({ ...trained(3), moments: null }, 3))
    expect((await found(folder)).moments).toBeNull()
    expect(await readdir(folder)).toEqual(['checkpoint.kan'])
  })

  it.each(['checkpoint.kan', 'optimizer.safetensors'])(
    'that a crash cut off once %s was written is one pair, the old or the new',
    async (last) => {
      const [folder, later] = [await temporaryFolder(), await temporaryFolder()]
      await write(folder, 3)
      await write(later, 5)
      await writeFile(join(folder, 'optimizer.safetensors.new'), await readFile(join(later, 'optimizer.safetensors')))
      if (last === 'checkpoint.kan') {
        await writeFile(join(folder, last), await readFile(join(later, last)))
      }
      const whole = trained(last === 'checkpoint.kan' ? 5 : 3)
      expect(await found(folder)).toEqual(whole)

      // The next process cannot write either: that pair stays.
      disk.full = true
      await expect(write(folder, 8)).rejects.toThrow('the disk is full')
      disk.full = false
      expect(await found(folder)).toEqual(whole)
      await write(folder, 8)
      expect(await found(folder)).toEqual(trained(8))
      expect(await readdir(folder)).toHaveLength(2)
    },
  )

  it('that no longer fits on the disk leaves the pair before, however often it is tried', async () => {
    const folder = await temporaryFolder()
    await write(folder, 3)
    // The smaller file of the two still fits: the first to be written.
    let files = 0
    for (const [k, steps] of [5, 6, 7].entries()) {
      files = 0
      disk.full = () => files++ >= k % 2
      await expect(write(folder, steps)).rejects.toThrow(UserError)
      disk.full = false
      expect(await found(folder)).toEqual(trained(3))
      expect((await readdir(folder)).sort()).toEqual(['checkpoint.kan', 'optimizer.safetensors'])
    }
  })
})
