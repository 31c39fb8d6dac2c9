/** Going on after the compute process was lost. */
import { join } from 'node:path'
import type { Model } from '../../src-shared/kan/parameters'
import { readModel } from '../files/model'
import { RUN_FILES } from '../files/run'
import { loadChosenData } from './data'
import { backToGood } from './divergence'
import { type OpenDocument, takeSnapshot } from './document'
import { start } from './training'
import type { Workspace } from './workspace'

/**
 * A new process takes the last checkpoint, or what the studio saw last, whichever has seen more edits, then more steps;
 * training runs again if it ran. After a divergence the document becomes ready to be trained again.
 */
export async function resumeFromCheckpoint(workspace: Workspace): Promise<void> {
  const lost = workspace.document
  if (lost.session.alive) {
    if (lost.state.type === 'diverged') await backToGood(workspace)
    return
  }
  const { lostWhileRunning: goOn, engineAtFault } = workspace
  const best = await bestKnown(workspace)
  const { path, data, dataSummary, trainedOn, training } = lost
  // Automatic might take the same one again.
  const engine = engineAtFault === null ? lost.engine : 'wasm'
  // A file that could be loaded is loaded again, whatever was said about it.
  const dataProblem = dataSummary === null ? lost.dataProblem : null
  const beginning = { path, data, dataProblem, trainedOn, training, engine }
  const prepared = workspace.prepare({ model: best.model, step: best.step, ...beginning })
  try {
    takeSnapshot(prepared, await prepared.session.open(best.model, best.step, best.resume))
    await loadChosenData(prepared)
  } catch (error) {
    await workspace.stop(prepared)
    throw error
  }
  workspace.adopt(carryOver(lost, prepared))
  await workspace.stop(lost)
  if (goOn && prepared.dataSummary) await start(workspace)
}

/** What belongs to the document and not to its process stays: where it is saved, its history, its curve so far. */
function carryOver(lost: OpenDocument, prepared: OpenDocument): OpenDocument {
  lost.points.cut(prepared.step + 1)
  return Object.assign(prepared, {
    run: lost.run,
    points: lost.points,
    history: lost.history,
    saved: lost.saved,
    state: lost.state.type === 'idle' ? lost.state : { type: 'paused' },
  })
}

async function bestKnown(workspace: Workspace): Promise<{ model: Model; step: number; resume: string | null }> {
  const { checkpoint, document } = workspace
  const { model, step, revision } = document.snapshot
  const last = { model, step, resume: null }
  if (checkpoint === null || checkpoint.revision < revision || checkpoint.step <= step) return last
  try {
    const saved = await readModel(join(checkpoint.folder, RUN_FILES.checkpoint))
    return { model: saved, step: checkpoint.step, resume: checkpoint.folder }
  } catch (error) {
    workspace.log(`The last checkpoint could not be read: ${(error as Error).message}`)
    return last
  }
}
