/** The browser's way to save: a name within the studio's folder. */
import { useEffect, useState } from 'react'
import { attempt, useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { saveTo } from './files'
import './data.css'

interface SaveDialogProps {
  readonly onClose: () => void
  /** Told once, for whoever waits for it. */
  readonly onSaved?: ((saved: boolean) => void) | undefined
}

export function SaveDialog({ onClose, onSaved }: SaveDialogProps) {
  const folder = useStudio((state) => state.info?.folder ?? '')
  const suggestion = useStudio((state) => state.document?.specification.name ?? 'model')
  const own = useStudio((state) => state.document?.path ?? null)
  const [name, setName] = useState(`${suggestion}.kan`)
  const [taken, setTaken] = useState<readonly string[]>([])
  useEffect(() => {
    void attempt(async (line) => setTaken((await line.listFiles(folder, 'model')).map((entry) => entry.path)))
  }, [folder])
  const trimmed = name.trim()
  const path = `${folder}/${trimmed.toLowerCase().endsWith('.kan') ? trimmed : `${trimmed}.kan`}`
  const replaces = path !== own && taken.includes(path)
  const problem =
    trimmed === ''
      ? 'The file needs a name.'
      : /[\\/]/.test(trimmed)
        ? 'A name has no slashes: the file goes into the studio’s folder.'
        : null
  const note = problem ?? (replaces ? 'There is a file of this name already.' : null)

  function save() {
    if (problem) return
    onClose()
    void attempt(async () => {
      let saved = false
      try {
        await saveTo(path)
        saved = true
      } finally {
        onSaved?.(saved)
      }
    })
  }

  function cancel() {
    onClose()
    onSaved?.(false)
  }

  return (
    <Dialog
      title="Save the model"
      description={folder}
      onClose={cancel}
      actions={
        <>
          <span className="spring">{note}</span>
          <Button label="Cancel" onClick={cancel} />
          <Button label={replaces ? 'Replace it' : 'Save'} look="primary" disabled={problem !== null} onClick={save} />
        </>
      }
    >
      <form
        className="save-form"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <label htmlFor="save-name">File name</label>
        <input id="save-name" className="input text" value={name} onChange={(event) => setName(event.target.value)} />
      </form>
    </Dialog>
  )
}
