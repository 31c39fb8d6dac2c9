/** What is pasted where no field takes it: a network takes the place of the one there, a table is opened as one that was dropped. */
import { shortcutText } from '../app/keys'
import { isNetwork } from '../design/clipboard'
import { pastedWords } from '../design/words'
import { attempt, pasteNetwork, useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { showNote } from '../ui/toasts'
import { openGivenTable } from './files'
import { isTable, pastedName } from './pasted'

export function listenToPaste(): void {
  window.addEventListener('paste', (event) => {
    const target = event.target instanceof Element ? event.target : null
    if (target?.closest('input, select, textarea, [contenteditable]')) return
    if (useUi.getState().dialog !== null || useStudio.getState().document === null) return
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (!isNetwork(text) && !isTable(text)) return
    event.preventDefault()
    void openPasted(text)
  })
}

/** Asks for the clipboard, which the system or the person may refuse; keys need not ask. */
export async function pasteFromClipboard(): Promise<void> {
  const text = await readClipboard()
  if (text === null) showNote(`Press ${shortcutText('Mod+V')} to paste`)
  else if (isNetwork(text) || isTable(text)) await openPasted(text)
  else
    showNote('There is neither a table nor a network in the clipboard: copy cells first, in a spreadsheet or as text')
}

function openPasted(text: string): Promise<void> {
  if (isNetwork(text)) return pasteNetwork(text, pastedWords)
  return attempt(async (line) => {
    await openGivenTable(await line.keepUpload(pastedName(new Date()), new TextEncoder().encode(text)))
  })
}

async function readClipboard(): Promise<string | null> {
  try {
    return await navigator.clipboard.readText()
  } catch {
    return null
  }
}
