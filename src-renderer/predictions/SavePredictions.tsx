/** Saves predictions as CSV or Parquet: by a native dialog on the desktop, under a name within the studio's folder in the browser. */
import { useEffect, useId, useState } from 'react'
import { attempt, studio, useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { SelectField } from '../ui/fields'
import { showNote } from '../ui/toasts'

interface SavePredictionsProps {
  readonly id: number
  /** The table that was predicted. */
  readonly file: string
  readonly keep: 'all' | readonly string[]
  readonly onClose: () => void
}

type Format = 'csv' | 'parquet'
const FORMATS: readonly { readonly value: Format; readonly label: string }[] = [
  { value: 'csv', label: 'CSV' },
  { value: 'parquet', label: 'Parquet' },
]

export function SavePredictions({ id, file, keep, onClose }: SavePredictionsProps) {
  const isDesktop = useStudio((state) => state.info?.door === 'desktop')
  const folder = useStudio((state) => state.info?.folder ?? '')
  const [format, setFormat] = useState<Format>('csv')
  const [name, setName] = useState(`${file.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '')} predicted`)
  const taken = useTaken(folder)
  const nameId = useId()
  const fileName = withEnding(name.trim(), format)
  const problem = problemOf(name)
  const replaces = !isDesktop && taken.includes(`${folder}/${fileName}`)

  const save = () =>
    attempt(async (line) => {
      const path = isDesktop ? await line.chooseFile('save-data', fileName) : `${folder}/${fileName}`
      if (path === null) return
      const saved = await studio().savePredictions(id, path, keep)
      showNote(`Saved as ${saved.path}`)
      onClose()
    })

  return (
    <>
      {isDesktop ? null : (
        <form
          className="save-as"
          onSubmit={(event) => {
            event.preventDefault()
            if (problem === null) void save()
          }}
        >
          <label htmlFor={nameId}>File name</label>
          <input id={nameId} className="input text" value={name} onChange={(event) => setName(event.target.value)} />
        </form>
      )}
      <SelectField label="Format" value={format} options={FORMATS} onChange={setFormat} />
      <span className="spring" role="status">
        {problem ?? (replaces ? 'There is such a file already.' : null)}
      </span>
      <Button label="Close" onClick={onClose} />
      <Button
        label={replaces ? 'Replace it' : isDesktop ? 'Save as…' : 'Save'}
        look="primary"
        disabled={problem !== null}
        onClick={save}
      />
    </>
  )
}

function problemOf(name: string): string | null {
  if (name.trim() === '') return 'The file needs a name.'
  return /[\\/]/.test(name) ? 'A name has no slashes.' : null
}

/** A name that was typed with the ending of either format gets that of the chosen one. */
function withEnding(name: string, format: Format): string {
  return `${name.replace(/\.(csv|parquet)$/i, '')}.${format}`
}

/** Paths of the tables in the studio's folder. */
function useTaken(folder: string): readonly string[] {
  const [taken, setTaken] = useState<readonly string[]>([])
  useEffect(() => {
    void attempt(async (line) => setTaken((await line.listFiles(folder, 'data')).map((entry) => entry.path)))
  }, [folder])
  return taken
}
