/** Columns that the network needs and the table calls otherwise, or does not have: which are meant? */
import { useId, useState } from 'react'
import type { MatchedFile, Renamed } from '../../src-shared/contract/studio'
import { ownOf } from '../../src-shared/own'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'

interface MatchFormProps {
  readonly title: string
  readonly matched: MatchedFile
  readonly onMatch: (rename: Renamed) => void
  readonly onClose: () => void
}

/** No column is called so. */
const NONE = ''

export function MatchForm({ title, matched, onMatch, onClose }: MatchFormProps) {
  const unclear = matched.matches.filter(({ found }) => found === null)
  const [chosen, setChosen] = useState<Renamed>(
    Object.fromEntries(unclear.map(({ column, near }) => [column, near ?? NONE])),
  )
  const missing = unclear.filter(({ column }) => ownOf(chosen, column) === NONE)
  return (
    <Dialog
      title={title}
      description={
        unclear.length === 1
          ? 'One column of the network is not in the table by its name.'
          : `${unclear.length} columns of the network are not in the table by their names.`
      }
      onClose={onClose}
      actions={
        <>
          <span className="spring" role="status">
            {missing.length === 0 ? null : `Which column is “${missing[0]?.column}”?`}
          </span>
          <Button label="Cancel" onClick={onClose} />
          <Button label="Predict" look="primary" disabled={missing.length > 0} onClick={() => onMatch(chosen)} />
        </>
      }
    >
      <div className="predicted-body">
        {unclear.map(({ column, near }) => (
          <Choice
            key={column}
            {...{ column, near }}
            columns={matched.columns}
            value={ownOf(chosen, column) ?? NONE}
            onChoose={(value) => setChosen({ ...chosen, [column]: value })}
          />
        ))}
      </div>
    </Dialog>
  )
}

interface ChoiceProps {
  readonly column: string
  readonly near: string | null
  readonly columns: readonly string[]
  readonly value: string
  readonly onChoose: (value: string) => void
}

function Choice({ column, near, columns, value, onChoose }: ChoiceProps) {
  const id = useId()
  return (
    <div className="match-row">
      <label htmlFor={id}>{column}</label>
      <select id={id} className="select" value={value} onChange={(event) => onChoose(event.target.value)}>
        <option value={NONE}>choose a column…</option>
        {columns.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
      <span className="muted">{near === null ? 'Nothing like it is there.' : `Did you mean “${near}”?`}</span>
    </div>
  )
}
