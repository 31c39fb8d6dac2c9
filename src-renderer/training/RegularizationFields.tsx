/** What pulls edges towards zero, and how hard. */
import { type PykanRegularization, type Regularization, regularizationSchema } from '../../src-shared/contract/job'
import { NumberField, SelectField } from '../ui/fields'

const TYPES: readonly { readonly value: Regularization['type']; readonly label: string }[] = [
  { value: 'better_kan', label: 'better_kan' },
  { value: 'pykan', label: 'pykan' },
]

const METRICS: readonly { readonly value: PykanRegularization['metric']; readonly label: string }[] = [
  { value: 'edge_forward_spline_n', label: 'relative' },
  { value: 'edge_forward_spline_u', label: 'absolute' },
  { value: 'edge_forward_sum', label: 'with formulas' },
  { value: 'edge_backward', label: 'attribution' },
]

interface RegularizationFieldsProps {
  readonly value: Regularization | null
  onChange(value: Regularization | null): void
}

export function RegularizationFields({ value, onChange }: RegularizationFieldsProps) {
  return (
    <>
      <NumberField
        label="Regularization λ"
        hint="Pulls edges that matter little towards zero (L1 and entropy), so that they can be pruned."
        value={value?.lambda ?? 0}
        min={0}
        onChange={(lambda) => {
          if (lambda === null) return
          const before = value ?? regularizationSchema.parse({ type: 'better_kan', lambda })
          onChange(lambda === 0 ? null : { ...before, lambda })
        }}
      />
      {value === null ? null : (
        <>
          <SelectField
            under
            label="Regularizer"
            hint="better_kan charges for the mean of |curve|, pykan for how much curves spread."
            value={value.type}
            options={TYPES}
            onChange={(type) => onChange(regularizationSchema.parse({ type, lambda: value.lambda }))}
          />
          {value.type === 'pykan' ? (
            <SelectField
              under
              label="Edge size"
              hint="The spread of its curve: relative to that of its input (formulas left out, or with them), absolute, or its part in the spread of the outputs."
              value={value.metric}
              options={METRICS}
              onChange={(metric) => onChange({ ...value, metric })}
            />
          ) : null}
          <NumberField
            under
            label="L1"
            hint="Weight of the sum of all edges' sizes: makes edges small."
            value={value.l1}
            min={0}
            onChange={(l1) => l1 !== null && onChange({ ...value, l1 })}
          />
          <NumberField
            under
            label="Entropy"
            hint="Weight of how evenly sizes are spread over edges: makes few edges large."
            value={value.entropy}
            min={0}
            onChange={(entropy) => entropy !== null && onChange({ ...value, entropy })}
          />
          {value.type === 'pykan' ? (
            <>
              <NumberField
                under
                label="Weights"
                hint="Weight of the sizes of the basis functions' weights: makes curves flat."
                value={value.coef}
                min={0}
                onChange={(coef) => coef !== null && onChange({ ...value, coef })}
              />
              <NumberField
                under
                label="Differences"
                hint="Weight of the differences between neighbouring weights: makes curves smooth."
                value={value.coefDiff}
                min={0}
                onChange={(coefDiff) => coefDiff !== null && onChange({ ...value, coefDiff })}
              />
            </>
          ) : null}
        </>
      )}
    </>
  )
}
