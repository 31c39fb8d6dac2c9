/** Where does a file go that the window has made? By the native dialog on the desktop; a browser keeps it with its downloads. */
import type { ChosenFile } from '../../src-shared/contract/studio'
import { download } from '../ui/download'
import { showNote } from '../ui/toasts'
import type { StudioClient } from './client'
import { useStudio } from './studio'

interface File {
  /** What the dialog asks for, and the name that it offers. */
  readonly what: ChosenFile
  readonly name: string
  /** Made when it is known that there is a place for it. */
  readonly content: () => Promise<Blob>
  readonly write: (path: string, content: Blob) => Promise<{ readonly path: string }>
}

export async function saveAs(line: StudioClient, { what, name, content, write }: File): Promise<void> {
  if (useStudio.getState().info?.door !== 'desktop') return download(await content(), name)
  const path = await line.chooseFile(what, name)
  if (path === null) return
  const saved = await write(path, await content())
  showNote(`Saved as ${saved.path}`)
}
