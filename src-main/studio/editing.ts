/** Edits of the open document, and taking them back: also while it trains. */
import type { EditResult } from '../../src-shared/contract/compute'
import type { SplitLoss } from '../../src-shared/contract/pruning'
import { describe } from '../../src-shared/kan/edits/describe'
import type { EditRequest } from '../../src-shared/kan/edits/edit'
import { fitNetwork } from '../../src-shared/kan/edits/fit-network'
import { isUserError, UserError } from '../../src-shared/user-error'
import { loadChosenData } from './data'
import { type OpenDocument, takeSnapshot } from './document'
import { readNetwork } from './network-text'
import { type Run, readPoints } from './runs'
import type { Back, Beyond, Entry } from './undo'
import type { Workspace } from './workspace'

/** What came of a change. */
export interface Changed {
  /** Whether more than the network changed: its run or its data. */
  readonly further: boolean
  readonly cost: SplitLoss | null
}

/**
 * Applies an edit between two steps and remembers how to take it back.
 *
 * @param stroke what the pieces of one movement have in common, each of which writes what the first one wrote
 */
export async function change(workspace: Workspace, edit: EditRequest, stroke?: string): Promise<Changed> {
  const { document } = workspace
  const description = describe(edit, document.snapshot.model.specification)
  const rewinds = edit.type === 'reset'
  const { run } = document
  const { inverse, cost, step } = await (rewinds ? rewind(workspace, edit, null) : apply(workspace, edit))
  if (!rewinds) document.history.trainedTo(step)
  const beyond = rewinds ? { run } : {}
  document.history.push({ edit: inverse, description, beyond, ...(stroke !== undefined && { stroke }) })
  workspace.tellChange()
  return { further: rewinds, cost }
}

/** Puts the network that a text describes in the place of this one. */
export function paste(workspace: Workspace, text: string): Promise<Changed> {
  return change(workspace, fitNetwork(readNetwork(text), workspace.document.snapshot.model.specification))
}

/** @param passes whether it is one of several, and not the first: what is trained meanwhile counts where the way ends */
export async function undo(workspace: Workspace, passes = false): Promise<Changed> {
  const { history } = workspace.document
  const entry = history.undo
  if (entry === null) throw new UserError('There is nothing to undo.')
  history.undone(await takeBack(workspace, entry, passes))
  workspace.tellChange()
  return { further: reachesFurther(entry), cost: null }
}

export async function redo(workspace: Workspace, passes = false): Promise<Changed> {
  const { history } = workspace.document
  const entry = history.redo
  if (entry === null) throw new UserError('There is nothing to redo.')
  history.redone(await takeBack(workspace, entry, passes))
  workspace.tellChange()
  return { further: reachesFurther(entry), cost: null }
}

/**
 * Undoes or redoes until the document stands at a place of its history. Where a step fails, it stands before that step and
 * says so.
 */
export async function goTo(workspace: Workspace, place: number): Promise<Changed> {
  const way = workspace.document.history.wayTo(place)
  if (way === null) throw new UserError('This place of the history is not kept any more: choose another.')
  const step = way < 0 ? undo : redo
  let further = false
  for (let done = 0; done < Math.abs(way); done++) {
    try {
      further = (await step(workspace, done > 0)).further || further
    } catch (error) {
      // What was done before it must be shown all the same.
      if (done === 0 || !isUserError(error)) throw error
      workspace.log(error.message, true)
      break
    }
  }
  return { further, cost: null }
}

/** Back to the first parameters of the seed; the next training is a run of its own. */
export const reset = (workspace: Workspace) => change(workspace, { type: 'reset' })

const reachesFurther = ({ beyond: { run, data } }: Entry) => run !== undefined || data !== undefined

async function takeBack(workspace: Workspace, entry: Entry, passes: boolean): Promise<Back> {
  const { document } = workspace
  const { run, data, path } = entry.beyond
  const beyond: Beyond = {
    ...(run !== undefined && { run: document.run }),
    ...(data !== undefined && { data: document.data }),
    ...(path !== undefined && { path: document.path }),
  }
  if (!reachesFurther(entry)) {
    const { inverse, step } = await apply(workspace, entry.edit)
    if (!passes) document.history.trainedTo(step)
    return { edit: inverse, beyond }
  }
  // Other data are another run, too.
  const { inverse: edit } = await rewind(workspace, entry.edit, run ?? null)
  if (path !== undefined) document.path = path
  if (data !== undefined) {
    document.data = data
    document.dataSummary = null
    document.dataProblem = null
    document.importance = null
    // Last, for its scores and losses are of the network as it is now. Where the file is gone by now the document says so,
    // and the network is as it was all the same.
    await loadChosenData(document)
  }
  return { edit, beyond }
}

async function apply({ document }: Workspace, edit: EditRequest): Promise<EditResult> {
  const result = await document.session.call((calls) => calls.edit(edit))
  takeSnapshot(document, result)
  document.fallback = document.snapshot
  return result
}

/** Applies an edit after which the network comes from another run, or from none. */
async function rewind(workspace: Workspace, edit: EditRequest, run: Run | null): Promise<EditResult> {
  const { document } = workspace
  await workspace.pause()
  document.history.trainedTo(document.step)
  const result = await apply(workspace, edit)
  document.history.countsFrom(result.step)
  await followRun(document, run)
  return result
}

async function followRun(document: OpenDocument, run: Run | null): Promise<void> {
  document.run = run
  document.state = run === null ? { type: 'idle' } : { type: 'paused' }
  document.points.clear()
  if (run === null) return
  const points = await readPoints(run.folder, document.step)
  // What was told while the file was read is newer.
  const newer = document.points.all
  document.points.clear()
  document.points.append(points)
  document.points.append(newer)
}
