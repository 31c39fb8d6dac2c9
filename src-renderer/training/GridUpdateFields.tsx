/** Whether and when the grids move to where the data are. */
import type { TrainingSettings } from '../../src-shared/contract/job'
import { NumberField } from '../ui/fields'

type GridUpdates = TrainingSettings['gridUpdates']

interface GridUpdateFieldsProps {
  readonly value: GridUpdates
  readonly onChange: (value: GridUpdates) => void
}

/** As better_kan begins. */
const FIRST_STEPS = 50

export function GridUpdateFields({ value, onChange }: GridUpdateFieldsProps) {
  return (
    <>
      <NumberField
        label="Grid updates"
        hint="How often the grids move to where the data are, during the first steps; empty leaves them where they are."
        value={value?.count ?? null}
        min={1}
        integer
        empty="none"
        onChange={(count) =>
          onChange(count === null ? null : { count, until: Math.max(count, value?.until ?? FIRST_STEPS) })
        }
      />
      {value === null ? null : (
        <NumberField
          under
          label="Until step"
          hint="The grid updates are spread evenly over the steps before this one, one a step at most."
          value={value.until}
          min={1}
          integer
          onChange={(until) => until !== null && onChange({ count: Math.min(value.count, until), until })}
        />
      )}
    </>
  )
}
