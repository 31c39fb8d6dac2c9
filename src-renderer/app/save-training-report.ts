/** Saves the page about the open network's training. */
import { saveAs } from '../state/save-as'
import { attempt, useStudio } from '../state/studio'

export function saveTrainingReport(): void {
  void attempt((line) =>
    saveAs(line, {
      what: 'save-report',
      name: `${useStudio.getState().document?.specification.name ?? 'network'} training.html`,
      content: async () => new Blob([await line.trainingReport()], { type: 'text/html' }),
      write: async (path, page) => line.saveReport(path, await page.text()),
    }),
  )
}
