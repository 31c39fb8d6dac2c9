/** After a training that diverged: the document becomes ready to be trained again. */
import { takeSnapshot } from './document'
import type { Workspace } from './workspace'

/**
 * The session holds the last finite numbers; where even their loss is beyond all numbers, no training could begin with
 * them, and those from before the training are put back.
 *
 * @returns whether they were
 */
export async function backToGood(workspace: Workspace): Promise<boolean> {
  const { document } = workspace
  const { session, fallback } = document
  const { train } = await session.call((calls) => calls.evaluate())
  const lost = !Number.isFinite(train.loss)
  if (lost) {
    takeSnapshot(document, await session.open(fallback.model, fallback.step, null))
    document.fallback = document.snapshot
    document.points.cut(document.step + 1)
    workspace.checkpoint = null
  }
  document.state = { type: 'paused' }
  workspace.tellChange()
  return lost
}
