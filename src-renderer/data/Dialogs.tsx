/** The one dialog that is open, if any. */
import { useUi } from '../state/ui'
import { FileDialog } from './FileDialog'
import { SaveDialog } from './SaveDialog'
import { TableDialog } from './TableDialog'

export function Dialogs() {
  const dialog = useUi((state) => state.dialog)
  const close = () => useUi.setState({ dialog: null })
  switch (dialog?.type) {
    case 'table':
      return <TableDialog key={dialog.table.file} table={dialog.table} onClose={close} />
    case 'open-model':
      return <FileDialog kind="model" onClose={close} />
    case 'open-data':
      return <FileDialog kind="data" onClose={close} />
    case 'save-model':
      return <SaveDialog onClose={close} />
    case undefined:
      return null
  }
}
