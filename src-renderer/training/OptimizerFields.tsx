/** What moves the parameters, and how far. */
import { optimizerSchema, type TrainingSettings } from '../../src-shared/contract/job'
import { NumberField, SelectField } from '../ui/fields'

type Optimizer = TrainingSettings['optimizer']

const OPTIMIZERS = [
  { value: 'adam', label: 'Adam' },
  { value: 'lbfgs', label: 'L-BFGS' },
] as const

const HINTS: Readonly<Record<Optimizer['type'], string>> = {
  adam: "The size of Adam's updates: larger learns faster, until it diverges.",
  lbfgs: 'How much of each direction its line search tries first; 1 suits nearly everything.',
}

interface OptimizerFieldsProps {
  readonly value: Optimizer
  readonly onChange: (value: Optimizer) => void
}

export function OptimizerFields({ value, onChange }: OptimizerFieldsProps) {
  return (
    <>
      <SelectField
        label="Optimizer"
        hint="Adam takes many small steps; L-BFGS takes few that each look for the bottom, best with all rows in a batch."
        value={value.type}
        options={OPTIMIZERS}
        onChange={(type) => onChange(optimizerSchema.parse({ type }))}
      />
      <NumberField
        label="Learning rate"
        hint={HINTS[value.type]}
        value={value.learningRate}
        min={1e-12}
        onChange={(learningRate) => learningRate !== null && onChange({ ...value, learningRate })}
      />
      {value.type === 'lbfgs' ? (
        <>
          <NumberField
            label="Iterations"
            hint="Directions that a step tries at most, each with a few evaluations of the loss."
            value={value.maxIterations}
            min={1}
            integer
            onChange={(maxIterations) => maxIterations !== null && onChange({ ...value, maxIterations })}
          />
          <NumberField
            label="History"
            hint="How many of its last moves L-BFGS learns the curvature from."
            value={value.history}
            min={1}
            integer
            onChange={(history) => history !== null && onChange({ ...value, history })}
          />
        </>
      ) : null}
    </>
  )
}
