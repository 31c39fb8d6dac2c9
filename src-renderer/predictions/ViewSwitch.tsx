/** What of the predictions is looked at: one of three, above the panel. */
import { useStudio } from '../state/studio'
import { type ResultsView, useUi } from '../state/ui'
import { Button } from '../ui/Button'

const VIEWS: readonly { readonly view: ResultsView; readonly label: string; readonly hint: string }[] = [
  { view: 'fit', label: 'Scatter', hint: 'Predicted against true: a perfect network draws the diagonal.' },
  { view: 'residuals', label: 'Residuals', hint: 'What is true less what is predicted, and how it is distributed.' },
  {
    view: 'worst',
    label: 'Worst rows',
    hint: 'The rows with the largest residuals, and where they stand in the file.',
  },
]

export function ViewSwitch() {
  const chosen = useUi((state) => state.resultsView)
  const hasResults = useStudio((state) => state.document?.dataSummary != null && state.progress.step > 0)
  if (!hasResults) return null
  return VIEWS.map(({ view, label, hint }) => (
    <Button
      key={view}
      {...{ label, hint }}
      on={view === chosen}
      onClick={() => useUi.setState({ resultsView: view })}
    />
  ))
}
