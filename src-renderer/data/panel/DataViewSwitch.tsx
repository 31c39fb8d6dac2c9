/** What of the data is looked at, above the panel. */
import { useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import { Button } from '../../ui/Button'

export function DataViewSwitch() {
  const chosen = useUi((state) => state.dataView)
  const hasData = useStudio((state) => state.document?.dataSummary != null)
  if (!hasData) return null
  return (
    <>
      <Button
        label="Columns"
        hint="Each column, how it is distributed, and how it goes with the target."
        on={chosen === 'columns'}
        onClick={() => useUi.setState({ dataView: 'columns' })}
      />
      <Button
        label="Rows"
        hint="The table as it stands, and which rows train, validate and test."
        on={chosen === 'rows'}
        onClick={() => useUi.setState({ dataView: 'rows' })}
      />
    </>
  )
}
