/** Opening and saving: native dialogs on the desktop, the studio folder's list of files in the browser. */
import type { DocumentState, MatchedFile } from '../../src-shared/contract/studio'
import { NO_SELECTION } from '../network/selection/selection'
import { attempt, show, studio, useStudio } from '../state/studio'
import { type FileDialogType, useUi } from '../state/ui'
import { showNote } from '../ui/toasts'
import { draftOf, FRESH, type TableChoice } from './import/draft'
import { keptDraft } from './import/kept'
import type { Leaving } from './LeaveDialog'

export const chooseModel = () =>
  choose('open-model', () => attempt((line) => line.chooseFile('open-model', '').then(whenChosen(openModel))))

export const chooseTable = () =>
  choose('open-data', () => attempt((line) => line.chooseFile('open-data', '').then(whenChosen(openTable))))

export const chooseTableToPredict = () =>
  choose('predict-data', () => attempt((line) => line.chooseFile('open-data', '').then(whenChosen(predictTable))))

export const chooseMovedTable = () =>
  choose('find-data', () => attempt((line) => line.chooseFile('open-data', '').then(whenChosen(findTable))))

export function saveModel(): void {
  if (useStudio.getState().document?.path == null) saveModelAs()
  else void attempt(() => saveTo(null))
}

export function saveModelAs(): void {
  const name = useStudio.getState().document?.specification.name ?? 'model'
  choose('save-model', () => attempt((line) => line.chooseFile('save-model', `${name}.kan`).then(whenChosen(saveTo))))
}

/** The desktop has dialogs of its own; the browser shows ours. */
function choose(type: FileDialogType, native: () => Promise<void>): void {
  if (useStudio.getState().info?.door === 'desktop') void native()
  else useUi.setState({ dialog: { type } })
}

const whenChosen = (use: (path: string) => Promise<void>) => async (path: string | null) => {
  if (path !== null) await use(path)
}

export async function saveTo(path: string | null): Promise<void> {
  const saved = await studio().saveDocument(path)
  showNote(`Saved as ${saved.path}`)
}

export const newModel = () => attempt((line) => replaceDocument(() => line.newDocument()))

export const openModel = (path: string) => replaceDocument(() => studio().openDocument(path))

/** Puts another document in the open one's place, unless the person would rather keep what is not saved. */
export async function replaceDocument(open: () => Promise<DocumentState>): Promise<void> {
  if (!(await mayReplace())) return
  show(await open(), true)
  useUi.setState({ selection: NO_SELECTION })
}

/** In the browser nobody else asks; the desktop's studio asks by itself before a changed document goes. */
async function mayReplace(): Promise<boolean> {
  const { info, document } = useStudio.getState()
  if (info?.door !== 'browser' || !document?.edited) return true
  const { name } = document.specification
  const answer = await new Promise<Leaving>((onAnswer) => useUi.setState({ dialog: { type: 'leave', name, onAnswer } }))
  if (answer !== 'save') return answer === 'discard'
  if (document.path === null)
    return new Promise((onSaved) => useUi.setState({ dialog: { type: 'save-model', onSaved } }))
  await saveTo(null)
  return true
}

export const openRecent = (path: string) => attempt(() => openModel(path))

/** Reads a table's first rows and asks what it is. */
export async function openTable(path: string): Promise<void> {
  const start = keptDraft(path) ?? FRESH
  const first = await studio().previewTable(path, start.read)
  useUi.setState({ dialog: { type: 'table', file: path, first, start } })
}

/** The table of the document from another place: what was chosen about it stays. */
export async function findTable(path: string): Promise<void> {
  show(await studio().findData(path))
}

/** Asks again about the table that is in use, with the choices that were made for it. */
export async function reopenTable(choice: TableChoice): Promise<void> {
  const first = await studio().previewTable(choice.file, choice.read ?? {})
  useUi.setState({ dialog: { type: 'table', file: choice.file, first, start: draftOf(choice, first.names) } })
}

/** Sees whether a table has the network's columns, and shows what the network says about it. */
export async function predictTable(path: string): Promise<void> {
  useUi.setState({ dialog: { type: 'predict', matched: await studio().matchColumns(path) } })
}

/** A file chosen from this computer: a model opens, anything else is read as a table. */
export async function openFile(file: File): Promise<void> {
  const path = await keepFile(file)
  await (isModel(file) ? openModel(path) : openTable(path))
}

/** A file dropped into the window. */
export async function openDroppedFile(file: File): Promise<void> {
  const path = await keepFile(file)
  await (isModel(file) ? openModel(path) : openGivenTable(path))
}

/** A table that comes without a word of what it is for: a trained network that knows its columns may be to predict it. */
export async function openGivenTable(path: string): Promise<void> {
  const matched = useStudio.getState().progress.step > 0 ? await matchedOrNull(path) : null
  if (matched === null) return openTable(path)
  useUi.setState({ dialog: { type: 'dropped', matched } })
}

/** Null where a column is missing, or the file cannot be read: whoever opens it as a table is told why. */
async function matchedOrNull(path: string): Promise<MatchedFile | null> {
  const matched = await studio()
    .matchColumns(path)
    .catch(() => null)
  const isKnown = matched?.matches.every(({ found, near }) => found !== null || near !== null)
  return isKnown ? matched : null
}

/** The path of a file of this computer; in the browser it is kept in the studio's folder first. */
export async function keepFile(file: File): Promise<string> {
  return window.kanStudio?.pathForFile(file) ?? (await studio().keepUpload(file.name, await bytesOf(file)))
}

const isModel = (file: File) => file.name.toLowerCase().endsWith('.kan')
const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer())
