/** A box to tick, with its name behind it. */
interface CheckProps {
  readonly label: string
  readonly checked: boolean
  readonly disabled?: boolean
  readonly onChange: (checked: boolean) => void
}

export function Check({ label, checked, disabled, onChange }: CheckProps) {
  return (
    <label className="check">
      <input type="checkbox" {...{ checked, disabled }} onChange={({ target }) => onChange(target.checked)} />
      {label}
    </label>
  )
}
