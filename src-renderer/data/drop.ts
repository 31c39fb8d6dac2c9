/** Files dropped anywhere in the window. */
import { attempt } from '../state/studio'
import { openDroppedFile } from './files'

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false

export function listenToFiles(): void {
  let depth = 0
  const hint = document.createElement('div')
  hint.className = 'drop-hint'
  hint.textContent = 'Drop a table (CSV, Excel, Parquet, JSON) or a model (.kan)'

  window.addEventListener('dragenter', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth++
    document.body.append(hint)
  })
  window.addEventListener('dragleave', (event) => {
    if (!hasFiles(event)) return
    depth--
    if (depth <= 0) hint.remove()
  })
  // Without this the browser would leave the page and show the file.
  window.addEventListener('dragover', (event) => {
    if (hasFiles(event)) event.preventDefault()
  })
  window.addEventListener('drop', (event) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    depth = 0
    hint.remove()
    const file = event.dataTransfer?.files[0]
    if (file) void attempt(() => openDroppedFile(file))
  })
}
