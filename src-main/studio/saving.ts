/** Saving the open document, with what going on later needs: its step, its run, its data and settings. */
import { basename, dirname, extname, join } from 'node:path'
import type { History, Specification } from '../../src-shared/kan/specification'
import { UserError } from '../../src-shared/user-error'
import { writeModel } from '../files/model'
import { markOf } from './document'
import { storedPath, withStoredFile } from './paths'
import type { Workspace } from './workspace'

/** @param path absolute and allowed; gets the ending `.kan` if it has none */
export async function save(workspace: Workspace, path: string): Promise<{ path: string }> {
  const target = withEnding(path)
  const { document } = workspace
  await workspace.look()
  // Training that runs goes on meanwhile: what is saved is this moment.
  const saved = markOf(document)
  const { model } = document.snapshot
  await writeModel(target, { ...model, specification: withHistory(workspace, target) })
  // Before the change is told of: whoever hears it asks for the recent files.
  await workspace.rememberRecent(target)
  document.path = target
  document.saved = saved
  workspace.tellChange()
  return { path: target }
}

function withHistory({ document, folder }: Workspace, target: string): Specification {
  const { snapshot, run, data, dataSummary, trainedOn, training, engine } = document
  const fingerprint = dataSummary?.fingerprint ?? trainedOn
  const plateau = snapshot.model.specification.history?.plateau
  const history: History = {
    step: snapshot.step,
    ...(plateau && { plateau }),
    ...(run && { run: storedPath(run.folder, folder, folder) }),
    ...(fingerprint && { data: fingerprint }),
    job: { ...(data && { data: withStoredFile(data, dirname(target), folder) }), training, engine },
  }
  return { ...snapshot.model.specification, history }
}

/** The path with an ending. Throws UserError if there is nothing before it. */
export function withEnding(path: string, ending: `.${string}` = '.kan'): string {
  const name = basename(path)
  if (name === '' || name === ending)
    throw new UserError(`${path} has no name: give the file one, such as name${ending}.`)
  return extname(name).toLowerCase() === ending ? path : join(dirname(path), `${name}${ending}`)
}
