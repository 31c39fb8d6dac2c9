/** A table from the clipboard: kept as a file of the studio's folder, then opened like one that was dropped. */
import { shortcutText } from '../app/keys'
import { attempt, studio, useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { showNote } from '../ui/toasts'
import { openGivenTable } from './files'
import { isTable, pastedName } from './pasted'

/** Opens a table that is pasted where no field takes it. */
export function listenToPaste(): void {
  window.addEventListener('paste', (event) => {
    const target = event.target instanceof Element ? event.target : null
    if (target?.closest('input, select, textarea, [contenteditable]')) return
    if (useUi.getState().dialog !== null || useStudio.getState().document === null) return
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!isTable(text)) return
    event.preventDefault()
    void attempt(() => openPasted(text))
  })
}

/** Asks for the clipboard, which the system or the person may refuse; keys need not ask. */
export async function pasteTable(): Promise<void> {
  const text = await readClipboard()
  if (text === null) showNote(`Press ${shortcutText('Mod+V')} to paste the table`)
  else if (isTable(text)) await attempt(() => openPasted(text))
  else showNote('There is no table in the clipboard: copy cells first, in a spreadsheet or as text')
}

async function openPasted(text: string): Promise<void> {
  await openGivenTable(await studio().keepUpload(pastedName(new Date()), new TextEncoder().encode(text)))
}

async function readClipboard(): Promise<string | null> {
  try {
    return await navigator.clipboard.readText()
  } catch {
    return null
  }
}
