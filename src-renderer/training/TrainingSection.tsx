/** How to train. Learning rate, λ and batch may change while it runs. */
import type { EngineChoice } from '../../src-shared/contract/job'
import { setTraining, useStudio } from '../state/studio'
import { NumberField, SelectField } from '../ui/fields'
import { GridUpdateFields } from './GridUpdateFields'
import { RegularizationFields } from './RegularizationFields'

const ENGINES: readonly { readonly value: EngineChoice; readonly label: string }[] = [
  { value: 'auto', label: 'Fastest' },
  { value: 'wasm', label: 'WASM' },
  { value: 'reference', label: 'Reference' },
]

export function TrainingSection() {
  const document = useStudio((state) => state.document)
  const running = useStudio((state) => state.progress.state.type === 'running')
  if (!document) return null
  const { training, engine } = document
  return (
    <section className="section">
      <h2>Training</h2>
      <NumberField
        label="Steps"
        hint="How many updates a press of Train makes."
        value={training.steps}
        min={1}
        integer
        disabled={running}
        onChange={(steps) => steps !== null && setTraining({ steps })}
      />
      <NumberField
        label="Learning rate"
        hint="The size of Adam's updates: larger learns faster, until it diverges."
        value={training.optimizer.learningRate}
        min={1e-12}
        onChange={(learningRate) =>
          learningRate !== null && setTraining({ optimizer: { ...training.optimizer, learningRate } })
        }
      />
      <RegularizationFields
        value={training.regularization}
        onChange={(regularization) => setTraining({ regularization })}
      />
      <GridUpdateFields value={training.gridUpdates} onChange={(gridUpdates) => setTraining({ gridUpdates })} />
      <NumberField
        label="Batch"
        hint="Rows of a step; empty takes all training rows."
        value={training.batchSize}
        min={1}
        integer
        empty="all"
        onChange={(batchSize) => setTraining({ batchSize })}
      />
      <NumberField
        label="Seed"
        hint="Of the order of the batches: the same seed trains the same way again."
        value={training.seed}
        min={0}
        integer
        disabled={running}
        onChange={(seed) => seed !== null && setTraining({ seed })}
      />
      <SelectField
        label="Engine"
        hint="What computes: WASM in float32, or the slow float64 reference."
        value={engine}
        options={ENGINES}
        disabled={running}
        onChange={(choice) => setTraining({}, choice)}
      />
    </section>
  )
}
