/** How to train. Learning rate, λ and batch may change while it runs. */
import { engineTitle } from '../../src-shared/contract/engine-titles'
import {
  type EngineChoice,
  engineSchema,
  type Loss,
  scheduleBelow,
  trainingWarnings,
} from '../../src-shared/contract/job'
import { lossesOf } from '../../src-shared/contract/losses'
import { setTraining, useStudio } from '../state/studio'
import { Button } from '../ui/Button'
import { NumberField, SelectField } from '../ui/fields'
import { formatCount } from '../ui/format'
import { GridUpdateFields } from './GridUpdateFields'
import { OptimizerFields } from './OptimizerFields'
import { RegularizationFields } from './RegularizationFields'
import { ScheduleFields } from './ScheduleFields'

const ENGINES: readonly { readonly value: EngineChoice; readonly label: string }[] = engineSchema.options.map(
  (value) => ({ value, label: value === 'auto' ? 'Automatic' : engineTitle(value) }),
)

const LOSSES: Readonly<Record<Loss, string>> = {
  mse: 'Squared',
  mae: 'Absolute',
  huber: 'Huber',
  cross_entropy: 'Cross-entropy',
}

/** From here on a step over all rows takes so long that batches are offered, of this many rows. */
const MANY_ROWS = 20_000
const BATCH = 2048

export function TrainingSection() {
  const document = useStudio((state) => state.document)
  const running = useStudio((state) => state.progress.state.type === 'running')
  if (!document) return null
  const { training, engine, specification, dataSummary } = document
  const rows = dataSummary?.rows.train ?? 0
  const warnings = dataSummary === null ? [] : trainingWarnings(training, rows)
  const losses = lossesOf(specification.task)
  return (
    <section className="section">
      <h2>Training</h2>
      {losses.length === 1 ? (
        <div className="row muted">
          <span className="grow">Loss</span>
          <span>{LOSSES[training.loss]}</span>
        </div>
      ) : (
        <SelectField
          label="Loss"
          hint="What is minimised, of the errors: their squares, their sizes, or Huber's, which are squares up to 1 and sizes beyond. The last two mind outliers less."
          value={training.loss}
          options={losses.map((value) => ({ value, label: LOSSES[value] }))}
          disabled={running}
          onChange={(loss) => setTraining({ loss })}
        />
      )}
      <NumberField
        label="Steps"
        hint="How many updates a press of Train makes."
        value={training.steps}
        min={1}
        integer
        disabled={running}
        onChange={(steps) => steps !== null && setTraining({ steps })}
      />
      <OptimizerFields
        value={training.optimizer}
        onChange={(optimizer) =>
          setTraining({
            optimizer,
            schedule: scheduleBelow(training.schedule, optimizer.learningRate),
            ...(optimizer.type === 'lbfgs' && { clipNorm: null }),
          })
        }
      />
      <ScheduleFields
        value={training.schedule}
        learningRate={training.optimizer.learningRate}
        onChange={(schedule) => setTraining({ schedule })}
      />
      {training.optimizer.type === 'adam' ? (
        <NumberField
          label="Gradient limit"
          hint="Longer gradients are shortened to this norm, so that a bad batch cannot throw the network off; empty leaves them as they are."
          value={training.clipNorm}
          min={1e-12}
          empty="none"
          onChange={(clipNorm) => setTraining({ clipNorm })}
        />
      ) : null}
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
      {training.batchSize === null && training.optimizer.type === 'adam' && rows > MANY_ROWS ? (
        <div className="caution">
          <p>Each step reads all {formatCount(rows)} training rows: batches learn as much in far less time.</p>
          <Button
            label={`Batches of ${formatCount(BATCH)}`}
            look="outlined"
            onClick={() => setTraining({ batchSize: BATCH })}
          />
        </div>
      ) : null}
      {warnings.map((warning) => (
        <p className="caution" key={warning}>
          {warning}
        </p>
      ))}
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
        hint="What computes, in float32; the reference is slow and in float64. Training goes on where it is."
        value={engine}
        options={ENGINES}
        onChange={(choice) => setTraining({}, choice)}
      />
    </section>
  )
}
