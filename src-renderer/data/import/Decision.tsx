/** A decision that a person takes or takes back: as buttons beside one another, or as a list at the end of a row. */
import { Button } from '../../ui/Button'

interface DecisionProps<Value extends string> {
  /** What is decided. */
  readonly title: string
  /** Null where nothing is, or not the same of all that it is about. */
  readonly chosen: Value | null
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[]
  readonly onDecide: (value: Value | null) => void
}

export function DecisionButtons<Value extends string>({ title, chosen, options, onDecide }: DecisionProps<Value>) {
  return (
    <fieldset className="segments">
      <legend className="unseen">{title}</legend>
      {options.map(({ value, label, hint }) => (
        <Button
          key={value}
          label={label}
          on={chosen === value}
          hint={hint}
          onClick={() => onDecide(chosen === value ? null : value)}
        />
      ))}
    </fieldset>
  )
}

export function DecisionSelect<Value extends string>({ title, chosen, options, onDecide }: DecisionProps<Value>) {
  return (
    <select
      className="select short"
      aria-label={title}
      value={chosen ?? ''}
      onChange={(event) => onDecide(options.find(({ value }) => value === event.target.value)?.value ?? null)}
    >
      <option value="">not decided</option>
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label.toLowerCase()}
        </option>
      ))}
    </select>
  )
}
