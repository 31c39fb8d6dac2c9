/** Which columns of a table go in front of its predictions; of many only those that are looked for are listed. */
import { useState } from 'react'
import { formatCount } from '../ui/format'

interface KeepColumnsProps {
  readonly columns: readonly string[]
  readonly chosen: ReadonlySet<string>
  readonly onChoose: (chosen: ReadonlySet<string>) => void
}

/** Columns that are listed at a time. */
const LISTED = 60

export function KeepColumns({ columns, chosen, onChoose }: KeepColumnsProps) {
  const [wanted, setWanted] = useState('')
  const isLong = columns.length > LISTED
  const text = wanted.trim().toLowerCase()
  const found = columns.filter((name) => name.toLowerCase().includes(text))

  function toggle(name: string, isKept: boolean) {
    const next = new Set(chosen)
    if (isKept) next.add(name)
    else next.delete(name)
    onChoose(next)
  }

  return (
    <fieldset className="keep-columns">
      <legend className="unseen">Columns to keep</legend>
      {isLong ? (
        <input
          className="input text"
          aria-label="Find a column"
          placeholder="Find a column"
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
        />
      ) : null}
      {found.slice(0, LISTED).map((name) => (
        <label key={name}>
          <input type="checkbox" checked={chosen.has(name)} onChange={({ target }) => toggle(name, target.checked)} />
          {name}
        </label>
      ))}
      {found.length > LISTED ? <span className="muted">and {formatCount(found.length - LISTED)} more</span> : null}
    </fieldset>
  )
}
