/** A run's checkpoint: the model and the optimiser's state of one and the same step, in two files. */
import { copyFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Model, Moments } from '../../../src-shared/kan/parameters'
import type { Specification } from '../../../src-shared/kan/specification'
import { writeModel } from '../../files/model'
import { readMoments, writeMoments } from '../../files/moments'
import { RUN_FILES } from '../../files/run'

/**
 * Writes both files. Each is replaced as a whole, the model last; until it is there, the optimiser's state that belongs
 * to the model before stays as a second file, so that a crash at any moment leaves a pair that belongs together.
 *
 * @throws UserError when the disk refuses; then the checkpoint before is intact
 */
export async function writeCheckpoint(folder: string, model: Model, step: number): Promise<void> {
  const { optimizer, former } = paths(folder)
  if (model.moments !== null) {
    await copyFile(optimizer, former).catch(ignoreMissing)
    await writeMoments(optimizer, model.specification, model.moments, step)
  }
  await writeModel(join(folder, RUN_FILES.checkpoint), model, { backup: false })
  await rm(former, { force: true })
  if (model.moments === null) await rm(optimizer, { force: true })
}

/** The optimiser's state of a run's folder, or null where there is none of that step that fits the network. */
export async function readCheckpointMoments(
  folder: string,
  specification: Specification,
  step: number,
): Promise<Moments | null> {
  const { optimizer, former } = paths(folder)
  for (const path of [optimizer, former]) {
    const found = await readMoments(path, specification)
    if (found?.step === step) return found.moments
  }
  return null
}

function paths(folder: string) {
  const optimizer = join(folder, RUN_FILES.optimizer)
  return { optimizer, former: `${optimizer}.former` }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
