/** The one dialog about files or tables that is open, if any. */
import { PredictDialog } from '../predictions/PredictDialog'
import { useUi } from '../state/ui'
import { DroppedDialog } from './DroppedDialog'
import { FileDialog } from './FileDialog'
import { findTable, predictTable } from './files'
import { ImportSheet } from './import/ImportSheet'
import { LeaveDialog } from './LeaveDialog'
import { SaveDialog } from './SaveDialog'

export function Dialogs() {
  const dialog = useUi((state) => state.dialog)
  const close = () => useUi.setState({ dialog: null })
  switch (dialog?.type) {
    case 'table':
      return (
        <ImportSheet key={dialog.file} file={dialog.file} first={dialog.first} start={dialog.start} onClose={close} />
      )
    case 'open-model':
      return <FileDialog kind="model" onClose={close} />
    case 'open-data':
      return <FileDialog kind="data" onClose={close} />
    case 'predict-data':
      return <FileDialog kind="data" title="Predict a file" open={predictTable} onClose={close} />
    case 'find-data':
      return <FileDialog kind="data" title="Where is the table?" open={findTable} onClose={close} />
    case 'dropped':
      return <DroppedDialog matched={dialog.matched} onClose={close} />
    case 'predict':
      return <PredictDialog key={dialog.matched.file} matched={dialog.matched} onClose={close} />
    case 'save-model':
      return <SaveDialog onClose={close} onSaved={dialog.onSaved} />
    case 'leave':
      return (
        <LeaveDialog
          name={dialog.name}
          onAnswer={(answer) => {
            close()
            dialog.onAnswer(answer)
          }}
        />
      )
    case 'palette':
    case 'shortcuts':
    case 'library':
    case undefined:
      return null
  }
}
