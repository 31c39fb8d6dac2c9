/** The network through the clipboard, as JSON text. */
import { attempt, useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { copyText } from '../ui/copy'
import { formatCount } from '../ui/format'
import { showNote } from '../ui/toasts'

/** Copies the network where no text is selected that a person would rather copy. */
export function listenToCopy(): void {
  window.addEventListener('copy', (event) => {
    const target = event.target instanceof Element ? event.target : null
    if (target?.closest('input, select, textarea, [contenteditable]')) return
    if (getSelection()?.isCollapsed === false) return
    if (useUi.getState().dialog !== null || useStudio.getState().document === null) return
    event.preventDefault()
    void copyNetwork()
  })
}

export const copyNetwork = () =>
  attempt(async (line) => {
    const { text, complete, parameters } = await line.copyNetwork()
    await copyText(text)
    showNote(
      complete
        ? `Copied the network with its ${formatCount(parameters)} parameters`
        : `Copied the network's structure: its ${formatCount(parameters)} parameters are too many for the clipboard`,
    )
  })

/** Whether a text means to be a network: JSON with layers. */
export function isNetwork(text: string): boolean {
  return text.trimStart().startsWith('{') && /"layers"\s*:/.test(text)
}
