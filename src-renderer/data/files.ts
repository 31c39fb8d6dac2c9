/** Opening and saving: native dialogs on the desktop, the studio folder's list of files in the browser. */
import type { DocumentState } from '../../src-shared/contract/studio'
import { attempt, show, studio, useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { showNote } from '../ui/toasts'

export const chooseModel = () =>
  choose('open-model', () => attempt((line) => line.chooseFile('open-model', '').then(whenChosen(openModel))))

export const chooseTable = () =>
  choose('open-data', () => attempt((line) => line.chooseFile('open-data', '').then(whenChosen(openTable))))

export function saveModel(): void {
  if (useStudio.getState().document?.path == null) saveModelAs()
  else void attempt(() => saveTo(null))
}

export function saveModelAs(): void {
  const name = useStudio.getState().document?.specification.name ?? 'model'
  choose('save-model', () => attempt((line) => line.chooseFile('save-model', `${name}.kan`).then(whenChosen(saveTo))))
}

/** The desktop has dialogs of its own; the browser shows ours. */
function choose(type: 'open-model' | 'open-data' | 'save-model', native: () => Promise<void>): void {
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
  if (!mayReplace()) return
  show(await open())
  useUi.setState({ selection: { type: 'none' } })
}

/** In the browser nobody else asks; the desktop's studio asks by itself before a changed document goes. */
function mayReplace(): boolean {
  const { info, document } = useStudio.getState()
  if (info?.door !== 'browser' || !document?.edited) return true
  return window.confirm(`“${document.specification.name}” has changes that are not saved. Go on without them?`)
}

export const openRecent = (path: string) => attempt(() => openModel(path))

/** Reads a table and asks what its columns are. */
export async function openTable(path: string): Promise<void> {
  const table = await studio().inspectTable(path)
  useUi.setState({ dialog: { type: 'table', table } })
}

/** A file dropped into the window or chosen from this computer: a model opens, anything else is read as a table. */
export async function openFile(file: File): Promise<void> {
  const path = window.kanStudio?.pathForFile(file) ?? (await studio().keepUpload(file.name, await bytesOf(file)))
  await (file.name.toLowerCase().endsWith('.kan') ? openModel(path) : openTable(path))
}

const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer())
