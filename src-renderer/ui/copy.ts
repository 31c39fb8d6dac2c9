/** Text into the clipboard, behind either door. */

/** To be called while what the person did is still fresh: the page may not write there at any other time. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // Where a browser grants no permission: a copy that a person has just asked for needs none.
    copyAtOnce(text)
  }
}

function copyAtOnce(text: string): void {
  const fill = (event: ClipboardEvent) => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  window.addEventListener('copy', fill, true)
  const copied = document.execCommand('copy')
  window.removeEventListener('copy', fill, true)
  if (!copied) throw new Error('The clipboard could not be written: try once more.')
}
