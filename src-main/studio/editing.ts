/** Edits of the open document, and taking them back: also while it trains. */

import { describe } from '../../src-shared/kan/describe'
import type { Edit } from '../../src-shared/kan/edit'
import { UserError } from '../../src-shared/user-error'
import { takeSnapshot } from './document'
import { readPoints } from './runs'
import type { Workspace } from './workspace'

/** Applies an edit between two steps and remembers how to take it back. */
export async function change(workspace: Workspace, edit: Edit): Promise<void> {
  const { document } = workspace
  const description = describe(edit, document.snapshot.model.specification)
  const rewinds = edit.type === 'reset'
  const inverse = await apply(workspace, edit, rewinds)
  document.history.push({ edit: inverse, description, rewinds })
  workspace.tellChange()
}

export async function undo(workspace: Workspace): Promise<void> {
  const { history } = workspace.document
  if (history.undo === null) throw new UserError('There is nothing to undo.')
  history.undone(await apply(workspace, history.undo.edit, history.undo.rewinds))
  workspace.tellChange()
}

export async function redo(workspace: Workspace): Promise<void> {
  const { history } = workspace.document
  if (history.redo === null) throw new UserError('There is nothing to redo.')
  history.redone(await apply(workspace, history.redo.edit, history.redo.rewinds))
  workspace.tellChange()
}

/** Back to the first parameters of the seed; the next training is a run of its own. */
export const reset = (workspace: Workspace) => change(workspace, { type: 'reset' })

async function apply(workspace: Workspace, edit: Edit, rewinds: boolean): Promise<Edit> {
  if (rewinds) await workspace.pause()
  const { document } = workspace
  const result = await document.session.call((calls) => calls.edit(edit))
  takeSnapshot(document, result)
  document.fallback = document.snapshot
  if (rewinds) await followRun(workspace)
  return result.inverse
}

/** The run that the model now comes from, as its history says: none after a reset, the one before after its undo. */
async function followRun({ document }: Workspace): Promise<void> {
  const { step } = document
  const folder = document.snapshot.model.specification.history?.run ?? null
  document.run = folder === null ? null : { folder, until: step }
  document.state = folder === null ? { type: 'idle' } : { type: 'paused' }
  document.points.clear()
  if (folder !== null) document.points.append(await readPoints(folder, step))
}
