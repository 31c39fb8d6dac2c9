/** The document's data: chosen, loaded into the session, and the network fitted to its columns. */
import { basename, extname } from 'node:path'
import type { DataSummary } from '../../src-shared/contract/data'
import type { DataChoice } from '../../src-shared/contract/job'
import { describe } from '../../src-shared/kan/edits/describe'
import type { Edit } from '../../src-shared/kan/edits/edit'
import type { Fingerprint, Specification } from '../../src-shared/kan/specification'
import { isUserError, UserError } from '../../src-shared/user-error'
import { type OpenDocument, takeSnapshot } from './document'
import type { Workspace } from './workspace'

/**
 * Loads data for the open document. Where its columns differ from the network's inputs and outputs the network is
 * fitted to them. One undo takes back both. If the data cannot be loaded nothing has changed.
 */
export async function chooseData(workspace: Workspace, data: DataChoice): Promise<void> {
  const { document, jail } = workspace
  const choice = 'file' in data ? { ...data, file: await jail.reading(data.file) } : data
  await workspace.pause()
  document.history.trainedTo(document.step)
  const fitted = await fitColumns(document, choice)
  const { run, path } = document
  // Before they are loaded: the scores and losses that come with them stay.
  const putBack = beginAnew(document)
  let summary: DataSummary
  try {
    summary = await document.session.call((calls) => calls.loadData(choice))
  } catch (error) {
    if (fitted) {
      takeSnapshot(document, await document.session.call((calls) => calls.edit(fitted.inverse)))
    }
    putBack()
    throw error
  }
  document.history.countsFrom(document.step)
  // Back to data that could not be loaded is no way back.
  if (fitted || document.dataSummary !== null) {
    const { inverse, description, anew, rewinds } = fitted ?? SAME_COLUMNS
    const beyond = { data: document.data, ...(rewinds && { run }), ...(anew && { path }) }
    document.history.push({ edit: inverse, description, beyond })
  }
  // Another network must not be saved over the one before.
  if (fitted?.anew) document.path = null
  document.data = choice
  document.dataSummary = summary
  document.dataProblem = null
  document.trainedOn = null
  workspace.tellChange()
}

/** The document's data from another place: columns, coding and split stay what they are. */
export async function findData(workspace: Workspace, path: string): Promise<void> {
  const { data } = workspace.document
  if (data === null || !('file' in data))
    throw new UserError('The data of this document are in no file: choose a table first.')
  await chooseData(workspace, { ...data, file: path })
}

/** Fits the network to the data that the document has, as choosing them anew would. */
export async function adapt(workspace: Workspace): Promise<void> {
  const { data } = workspace.document
  if (data === null)
    throw new UserError('There is no data to fit the network to: drop a table or choose a generator first.')
  await chooseData(workspace, data)
}

/** Another data set is another run: its losses are no continuation of the curve. @returns what puts the old one back */
function beginAnew(document: OpenDocument): () => void {
  const { importance, run, state } = document
  const points = document.points.all
  document.importance = null
  document.run = null
  document.points.clear()
  document.state = { type: 'idle' }
  return () => {
    Object.assign(document, { importance, run, state })
    document.points.clear()
    document.points.append(points)
  }
}

/** Loads a document's own choice into its new session; where that fails the document says why and stays without. */
export async function loadChosenData(document: OpenDocument): Promise<void> {
  const { data, session } = document
  if (data === null || document.dataProblem !== null) return
  try {
    document.dataSummary = await session.call((calls) => calls.loadData(data))
    document.dataProblem = changeOf(document.trainedOn, document.dataSummary)
  } catch (error) {
    if (!isUserError(error) || !session.alive) throw error
    document.dataSummary = null
    document.dataProblem = error.message
  }
}

/** What is another about a file than it was when the document was saved, in a sentence. */
function changeOf(before: Fingerprint | null, { name, fingerprint: now }: DataSummary): string | null {
  if (before === null || now === null || before.hash === now.hash) return null
  const rows =
    before.rows === now.rows
      ? `its ${now.rows} rows hold other values`
      : `it had ${before.rows} rows and has ${now.rows} now`
  return `${name} has changed since this network was trained on it: ${rows}. Train on it as it is, or choose the file that it was.`
}

/** The network stays as it is: only its data are others, or the same read in another way. */
const SAME_COLUMNS: Fitted = {
  inverse: { type: 'sequence', edits: [] },
  description: 'Choose other data',
  anew: false,
  rewinds: false,
}

interface Fitted {
  readonly inverse: Edit
  readonly description: string
  /** Whether nothing of the network stays. */
  readonly anew: boolean
  /** Whether it was trained: its steps are counted from 0 again. */
  readonly rewinds: boolean
}

/**
 * Fits the network to other columns. Curves of those that stay are kept; where none stays the network begins anew from its
 * seed and is named after the table.
 */
async function fitColumns(document: OpenDocument, choice: DataChoice): Promise<Fitted | null> {
  const { specification } = document.snapshot.model
  const { inputs, targets: outputs } = await document.session.call((calls) => calls.inputsOf(choice))
  if (isNamed(specification.inputs, inputs) && isNamed(specification.outputs, outputs)) return null
  const fit: Edit = { type: 'set-columns', inputs, outputs }
  const anew = !specification.inputs.some(({ name }) => inputs.includes(name))
  const rewinds = anew && document.step > 0
  const name = 'file' in choice ? basename(choice.file, extname(choice.file)) : specification.name
  const renamed = anew && name !== specification.name
  const edits: Edit[] = [
    fit,
    ...(rewinds ? [{ type: 'reset' } as const] : []),
    ...(renamed ? [{ type: 'rename', name } as const] : []),
  ]
  const edit: Edit = edits.length === 1 ? fit : { type: 'sequence', edits }
  const result = await document.session.call((calls) => calls.edit(edit))
  takeSnapshot(document, result)
  return { inverse: result.inverse, description: describe(fit, specification), anew, rewinds }
}

function isNamed(ends: Specification['inputs'] | Specification['outputs'], names: readonly string[]): boolean {
  return ends.length === names.length && ends.every(({ name }, i) => name === names[i])
}
