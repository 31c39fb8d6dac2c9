/** Labelled fields that keep what is typed until it makes sense, and say so when it does not. */
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { formatNumber } from './format'

interface FieldProps {
  readonly label: string
  /** One sentence that explains the effect; shown on hover and read by screen readers. */
  readonly hint?: string
  readonly disabled?: boolean
  /** Whether it is a detail of the field above. */
  readonly under?: boolean
}

interface NumberFieldProps extends FieldProps {
  readonly value: number | null
  readonly min?: number
  readonly max?: number
  readonly integer?: boolean
  /** What an empty field means, where it may be empty ("all"). */
  readonly empty?: string
  readonly onChange: (value: number | null) => void
}

/** A number, typed: committed by Enter or on leaving, arrow keys step it. */
export function NumberField(props: NumberFieldProps) {
  const { label, hint, under, value, min, max, integer, empty, disabled, onChange } = props
  const id = useId()
  const shown = value === null ? '' : formatNumber(value)
  const [text, setText] = useState(shown)
  useEffect(() => setText(shown), [shown])

  const parsed = parse(text)
  const invalid = parsed === undefined

  function parse(typed: string): number | null | undefined {
    const trimmed = typed.trim()
    if (trimmed === '' || trimmed === empty) return empty === undefined ? undefined : null
    const number = Number(trimmed.replace(/\s/g, '').replace('−', '-'))
    if (!Number.isFinite(number) || (integer && !Number.isInteger(number))) return undefined
    if ((min !== undefined && number < min) || (max !== undefined && number > max)) return undefined
    return number
  }

  function commit() {
    if (parsed === undefined) setText(shown)
    else if (parsed !== value) onChange(parsed)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter') commit()
    else if (event.key === 'Escape') setText(shown)
    else if (
      integer &&
      (event.key === 'ArrowUp' || event.key === 'ArrowDown') &&
      parsed !== null &&
      parsed !== undefined
    ) {
      event.preventDefault()
      const next = parsed + (event.key === 'ArrowUp' ? 1 : -1)
      if ((min === undefined || next >= min) && (max === undefined || next <= max)) onChange(next)
    }
  }

  return (
    <div className={under ? 'field under' : 'field'} title={hint}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input"
        inputMode="decimal"
        value={text}
        placeholder={empty}
        disabled={disabled}
        aria-invalid={invalid}
        data-untouched={text === shown ? '' : undefined}
        aria-description={hint}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}

interface SelectFieldProps<T extends string> extends FieldProps {
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
}

export function SelectField<T extends string>({
  label,
  hint,
  under,
  value,
  options,
  disabled,
  onChange,
}: SelectFieldProps<T>) {
  const id = useId()
  return (
    <div className={under ? 'field under' : 'field'} title={hint}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="select"
        value={value}
        disabled={disabled}
        aria-description={hint}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen) onChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  )
}

interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
}

export function TextField({ label, hint, value, onChange }: TextFieldProps) {
  const id = useId()
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  function commit() {
    const trimmed = text.trim()
    if (trimmed === '') setText(value)
    else if (trimmed !== value) onChange(trimmed)
  }
  return (
    <div className="field" title={hint}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input text"
        value={text}
        data-untouched={text === value ? '' : undefined}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
          else if (event.key === 'Escape') setText(value)
        }}
      />
    </div>
  )
}
