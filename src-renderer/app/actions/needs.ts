/** What must hold before an action makes sense: each answers with a reason why not, or null. */
import { isTrainable } from '../../data/trainable'
import { useStudio } from '../../state/studio'

export const isRunning = () => useStudio.getState().progress.state.type === 'running'

export const NO_DOCUMENT = 'No network is open.'

export const needsDocument = () => (useStudio.getState().document === null ? NO_DOCUMENT : null)

export function needsTraining(): string | null {
  return needsDocument() ?? (useStudio.getState().progress.step === 0 ? 'The network is not trained yet.' : null)
}

export function needsTrainable(): string | null {
  const { document } = useStudio.getState()
  if (document === null) return NO_DOCUMENT
  // The studio begins once they are read.
  if (document.dataAreComing) return null
  if (document.dataSummary === null) return 'There are no data to train on: open a table first.'
  return isTrainable(document) ? null : 'The network does not fit the data: fit it to them first.'
}

export const needsPause = () => (isRunning() ? 'Training runs: pause it first.' : null)
