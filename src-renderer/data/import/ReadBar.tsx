/** How the file is read, each guess changeable in place. */
import { X } from 'lucide-react'
import { useId, useState } from 'react'
import type { ReadReport } from '../../../src-shared/contract/data'
import type { ReadOptions } from '../../../src-shared/contract/job'
import { NumberField } from '../../ui/fields'
import type { Column } from './columns'
import { settled } from './draft'
import { hasLines, type ReadChoice, readChoices, withChoice } from './read-choices'
import './read-bar.css'

interface ReadBarProps {
  readonly read: ReadReport
  readonly chosen: ReadOptions
  readonly columns: readonly Column[]
  readonly onRead: (next: (before: ReadOptions) => ReadOptions) => void
}

export function ReadBar({ read, chosen, columns, onRead }: ReadBarProps) {
  const hasDates = columns.some(({ summary }) => summary?.type === 'date')
  return (
    <section className="read-bar" aria-label="How the file is read">
      {readChoices(read, chosen, hasDates).map((choice) => (
        <Choice
          key={choice.option}
          choice={choice}
          onChange={(value) => onRead((before) => withChoice(before, choice.option, value))}
        />
      ))}
      {hasLines(read) ? (
        <div className={chosen.skipLines === undefined ? 'read-choice skip' : 'read-choice skip own'}>
          <NumberField
            label="Skip lines"
            hint="Lines before the one with the names, such as a title."
            value={read.skipLines}
            min={0}
            max={100_000}
            integer
            onChange={(value) => onRead((before) => settled({ ...before, skipLines: value ?? undefined }))}
          />
        </div>
      ) : null}
      <MissingTexts
        texts={read.missing}
        own={chosen.missing !== undefined}
        onChange={(missing) => onRead((before) => settled({ ...before, missing }))}
      />
    </section>
  )
}

function Choice({ choice, onChange }: { choice: ReadChoice; onChange: (value: string | null) => void }) {
  const id = useId()
  const { label, hint, value, detected, values } = choice
  return (
    <div className={detected ? 'read-choice' : 'read-choice own'} title={hint}>
      <label htmlFor={id}>
        {label} <small>{detected ? 'detected' : 'chosen'}</small>
      </label>
      <select
        id={id}
        className="select"
        aria-description={hint}
        value={value}
        onChange={(event) => onChange(event.target.value === DETECT ? null : event.target.value)}
      >
        {values.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
        {detected ? null : <option value={DETECT}>detect again</option>}
      </select>
    </div>
  )
}

/** No text that could stand in a file's options. */
const DETECT = '\u0000detect'

interface MissingTextsProps {
  readonly texts: readonly string[]
  readonly own: boolean
  readonly onChange: (texts: string[] | undefined) => void
}

function MissingTexts({ texts, own, onChange }: MissingTextsProps) {
  const id = useId()
  const [text, setText] = useState('')
  function add() {
    const trimmed = text.trim()
    setText('')
    if (trimmed !== '' && !texts.includes(trimmed)) onChange([...texts, trimmed])
  }
  return (
    <div className={own ? 'read-choice missing own' : 'read-choice missing'}>
      <label htmlFor={id}>
        Also missing <small>{own ? 'chosen' : texts.length > 0 ? 'detected' : 'besides empty cells'}</small>
      </label>
      <div className="chips">
        {texts.map((own) => (
          <button
            key={own}
            type="button"
            className="token"
            aria-label={`Count ${own} as a value again`}
            onClick={() => onChange(texts.filter((other) => other !== own))}
          >
            {own}
            <X aria-hidden />
          </button>
        ))}
        <input
          id={id}
          className="input text"
          placeholder="−999, n/a…"
          aria-description="Texts that stand for a missing value, one at a time, Enter after each."
          value={text}
          onChange={(event) => setText(event.target.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add()
            else if (event.key === 'Backspace' && text === '' && texts.length > 0) onChange(texts.slice(0, -1))
          }}
        />
      </div>
    </div>
  )
}
