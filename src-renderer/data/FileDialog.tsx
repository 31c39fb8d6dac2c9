/** The browser's way to open: files of the studio's folder, or one from this computer. */
import { File as FileIcon, Folder } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { FileEntry } from '../../src-shared/contract/studio'
import { TABLE_ENDINGS } from '../../src-shared/contract/table-endings'
import { attempt, useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { keepFile, openFile, openModel, openTable } from './files'
import './data.css'

interface FileDialogProps {
  readonly kind: 'model' | 'data'
  /** What it is for, where that is not opening. */
  readonly title?: string
  /** What is done with the file, where that is not opening it. */
  readonly open?: (path: string) => Promise<void>
  readonly onClose: () => void
}

const OPENING = { model: { title: 'Open a model', open: openModel }, data: { title: 'Open a table', open: openTable } }

export function FileDialog({ kind, onClose, ...wanted }: FileDialogProps) {
  const { title, open } = { ...OPENING[kind], ...wanted }
  const root = useStudio((state) => state.info?.folder ?? '')
  const [folder, setFolder] = useState(root)
  const [entries, setEntries] = useState<readonly FileEntry[] | null>(null)
  const upload = useRef<HTMLInputElement>(null)

  useEffect(() => {
    void attempt(async (line) => setEntries(await line.listFiles(folder, kind)))
  }, [folder, kind])

  function choose(entry: FileEntry) {
    if (entry.folder) return setFolder(entry.path)
    onClose()
    void attempt(() => open(entry.path))
  }

  return (
    <Dialog
      title={title}
      description={folder}
      onClose={onClose}
      actions={
        <>
          <Button label="From this computer…" look="outlined" onClick={() => upload.current?.click()} />
          <input
            ref={upload}
            type="file"
            hidden
            accept={kind === 'model' ? '.kan' : TABLE_ENDINGS.map((ending) => `.${ending}`).join(',')}
            onChange={(event) => {
              const file = event.target.files?.[0]
              if (!file) return
              onClose()
              void attempt(() => (wanted.open ? keepFile(file).then(wanted.open) : openFile(file)))
            }}
          />
          <span className="spring" />
          <Button label="Cancel" onClick={onClose} />
        </>
      }
    >
      <ul className="file-list">
        {folder === root ? null : (
          <li>
            <button type="button" className="file-row" onClick={() => setFolder(parent(folder))}>
              <Folder aria-hidden /> ..
            </button>
          </li>
        )}
        {entries?.map((entry) => (
          <li key={entry.path}>
            <button type="button" className="file-row" onClick={() => choose(entry)}>
              {entry.folder ? <Folder aria-hidden /> : <FileIcon aria-hidden />}
              <span className="grow">{entry.name}</span>
              {entry.folder ? null : <span className="muted">{new Date(entry.modifiedAt).toLocaleString()}</span>}
            </button>
          </li>
        ))}
      </ul>
      {entries?.length === 0 ? (
        <p className="file-empty">
          {kind === 'model' ? 'No .kan file here yet.' : 'No table here.'} Choose one from this computer, or drop it
          into the window.
        </p>
      ) : null}
    </Dialog>
  )
}

const parent = (folder: string) => folder.replace(/[\\/][^\\/]+[\\/]?$/, '')
