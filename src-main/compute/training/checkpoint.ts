/** A run's checkpoint: the model and the optimiser's state of one and the same step, in two files. */
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Snapshot } from '../../../src-shared/contract/compute'
import type { Specification } from '../../../src-shared/kan/specification'
import { fileError } from '../../files/errors'
import { readModel, writeModel } from '../../files/model'
import { type OptimizerState, readOptimizer, writeOptimizer } from '../../files/optimizer'
import { RUN_FILES } from '../../files/run'

/** What of a session is kept. */
export interface Checkpoint extends Snapshot {
  /** Of that very step; null where none has a state. */
  readonly optimizer: OptimizerState | null
}

/**
 * Writes both files, each as a whole. The optimiser's state waits beside its place until the model of its step is there,
 * so that neither a crash nor a full disk parts a pair that belongs together.
 *
 * @throws UserError when the disk refuses; then the checkpoint before is intact
 */
export async function writeCheckpoint(
  folder: string,
  { model, optimizer: state, step }: Omit<Checkpoint, 'revision'>,
): Promise<void> {
  const { checkpoint, optimizer, coming } = paths(folder)
  await settle(folder)
  try {
    if (state !== null) await writeOptimizer(coming, model.specification, state, step)
    await writeModel(checkpoint, model, { backup: false })
  } catch (error) {
    await rm(coming, { force: true }).catch(() => undefined)
    throw error
  }
  try {
    if (state === null) await rm(optimizer, { force: true })
    else await rename(coming, optimizer)
  } catch (error) {
    throw fileError(error, 'save', optimizer)
  }
}

/** The optimiser's state of a run's folder, or null where there is none of that step that fits the network. */
export async function readCheckpointOptimizer(
  folder: string,
  specification: Specification,
  step: number,
): Promise<OptimizerState | null> {
  const { optimizer, coming } = paths(folder)
  for (const path of [optimizer, coming]) {
    const found = await readOptimizer(path, specification)
    if (found?.step === step) return found.optimizer
  }
  return null
}

/** A crash may have left an optimiser's state beside its place: it gets there if the model of its step was written. */
async function settle(folder: string): Promise<void> {
  const { checkpoint, optimizer, coming } = paths(folder)
  const isLeft = await stat(coming).then(
    () => true,
    () => false,
  )
  if (!isLeft) return
  const model = await readModel(checkpoint).catch(() => null)
  const left = model && (await readOptimizer(coming, model.specification))
  const belongs = left !== null && left.step === model?.specification.history?.step
  await (belongs ? rename(coming, optimizer) : rm(coming, { force: true }))
}

function paths(folder: string) {
  const optimizer = join(folder, RUN_FILES.optimizer)
  return { checkpoint: join(folder, RUN_FILES.checkpoint), optimizer, coming: `${optimizer}.new` }
}
