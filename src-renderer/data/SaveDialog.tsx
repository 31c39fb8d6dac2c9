/** The browser's way to save: a name within the studio's folder. */
import { useState } from 'react'
import { attempt, useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { saveTo } from './files'
import './data.css'

export function SaveDialog({ onClose }: { onClose: () => void }) {
  const folder = useStudio((state) => state.info?.folder ?? '')
  const suggestion = useStudio((state) => state.document?.specification.name ?? 'model')
  const [name, setName] = useState(`${suggestion}.kan`)
  const trimmed = name.trim()
  const problem =
    trimmed === ''
      ? 'The file needs a name.'
      : /[\\/]/.test(trimmed)
        ? 'A name has no slashes: the file goes into the studio’s folder.'
        : null

  function save() {
    if (problem) return
    onClose()
    void attempt(() => saveTo(`${folder}/${trimmed.toLowerCase().endsWith('.kan') ? trimmed : `${trimmed}.kan`}`))
  }

  return (
    <Dialog
      title="Save the model"
      description={folder}
      onClose={onClose}
      actions={
        <>
          <span className="spring">{problem}</span>
          <Button label="Cancel" onClick={onClose} />
          <Button label="Save" look="primary" disabled={problem !== null} onClick={save} />
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
