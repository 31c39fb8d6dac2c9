/** Where the page about the open network's training goes, behind either door. */
import { attempt, useStudio } from '../state/studio'
import { download } from '../ui/download'
import { showNote } from '../ui/toasts'

/** By the native dialog on the desktop; a browser keeps it with its downloads. */
export function saveTrainingReport(): void {
  void attempt(async (line) => {
    const { info, document } = useStudio.getState()
    const name = `${document?.specification.name ?? 'network'} training.html`
    const path = info?.door === 'desktop' ? await line.chooseFile('save-report', name) : null
    if (info?.door === 'desktop' && path === null) return
    const text = await line.trainingReport()
    if (path === null) return download(new Blob([text], { type: 'text/html' }), name)
    const saved = await line.saveReport(path, text)
    showNote(`Saved as ${saved.path}`)
  })
}
