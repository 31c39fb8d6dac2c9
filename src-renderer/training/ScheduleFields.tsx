/** How the learning rate falls while training runs. */
import type { Schedule } from '../../src-shared/contract/job'
import { NumberField, SelectField } from '../ui/fields'

type Kind = Schedule['type'] | 'constant'

const KINDS: readonly { readonly value: Kind; readonly label: string }[] = [
  { value: 'constant', label: 'Constant' },
  { value: 'cosine', label: 'Cosine' },
  { value: 'step', label: 'In steps' },
  { value: 'plateau', label: 'Plateau' },
]

/** What each begins with when it is chosen. */
const FIRST: { readonly [Type in Schedule['type']]: Extract<Schedule, { type: Type }> } = {
  cosine: { type: 'cosine', final: 0 },
  step: { type: 'step', every: 250, factor: 0.5 },
  plateau: { type: 'plateau', patience: 100, factor: 0.5, minimum: 0 },
}

interface ScheduleFieldsProps {
  readonly value: Schedule | null
  /** Where it begins. */
  readonly learningRate: number
  readonly onChange: (value: Schedule | null) => void
}

export function ScheduleFields({ value, learningRate, onChange }: ScheduleFieldsProps) {
  return (
    <>
      <SelectField
        label="Schedule"
        hint="How the learning rate falls: along half a cosine to the last step, every so many steps, or when the loss stops falling. Steps count from the run's first."
        value={value?.type ?? 'constant'}
        options={KINDS}
        onChange={(kind) => onChange(kind === 'constant' ? null : FIRST[kind])}
      />
      {value === null ? null : <SettingsOf schedule={value} learningRate={learningRate} onChange={onChange} />}
    </>
  )
}

interface SettingsOfProps {
  readonly schedule: Schedule
  readonly learningRate: number
  readonly onChange: (value: Schedule) => void
}

function SettingsOf({ schedule, learningRate, onChange }: SettingsOfProps) {
  switch (schedule.type) {
    case 'cosine':
      return (
        <NumberField
          under
          label="Down to"
          hint="The learning rate of the last step, not above that of the first."
          value={schedule.final}
          min={0}
          max={learningRate}
          onChange={(final) => final !== null && onChange({ ...schedule, final })}
        />
      )
    case 'step':
      return (
        <>
          <NumberField
            under
            label="Every"
            hint="Steps after which the learning rate is multiplied by the factor."
            value={schedule.every}
            min={1}
            integer
            onChange={(every) => every !== null && onChange({ ...schedule, every })}
          />
          <FactorField value={schedule.factor} onChange={(factor) => onChange({ ...schedule, factor })} />
        </>
      )
    case 'plateau':
      return (
        <>
          <NumberField
            under
            label="Patience"
            hint="Steps without a lower loss before the learning rate is multiplied by the factor."
            value={schedule.patience}
            min={0}
            integer
            onChange={(patience) => patience !== null && onChange({ ...schedule, patience })}
          />
          <FactorField value={schedule.factor} onChange={(factor) => onChange({ ...schedule, factor })} />
          <NumberField
            under
            label="Not below"
            hint="The least learning rate, not above that of the first step."
            value={schedule.minimum}
            min={0}
            max={learningRate}
            onChange={(minimum) => minimum !== null && onChange({ ...schedule, minimum })}
          />
        </>
      )
  }
}

function FactorField({ value, onChange }: { readonly value: number; readonly onChange: (value: number) => void }) {
  return (
    <NumberField
      under
      label="Factor"
      hint="What the learning rate is multiplied by, 0.5 halves it."
      value={value}
      min={1e-12}
      max={1}
      onChange={(factor) => factor !== null && onChange(factor)}
    />
  )
}
