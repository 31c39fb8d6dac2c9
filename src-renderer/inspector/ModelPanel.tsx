/** The model as a whole, where nothing is selected. */
import { withGroups } from '../../src-shared/kan/groups'
import { formatBytes, memoryEstimate } from '../../src-shared/kan/memory'
import { parameterCount } from '../../src-shared/kan/parameters'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { stepEstimate } from '../../src-shared/kan/speed'
import { edit, useStudio } from '../state/studio'
import { TextField } from '../ui/fields'
import { formatCount } from '../ui/format'
import { FitGridButton } from './GridButtons'

export function ModelPanel({ specification }: { specification: Specification }) {
  const memory = useStudio((state) => state.progress.memory)
  const speed = useSpeed(specification)
  const edges = specification.layers.reduce((sum, layer, l) => sum + layer.nodes * inputsOf(specification, l), 0)
  const { layers } = withGroups(specification)
  const locked = layers.reduce((sum, layer) => sum + layer.frozen.length, 0)
  const pruned = layers.reduce((sum, layer) => sum + layer.pruned.length, 0)
  return (
    <>
      <section className="section">
        <h1 className="panel-title">
          {specification.name} <small>model</small>
        </h1>
      </section>
      <section className="section">
        <TextField label="Name" value={specification.name} onChange={(name) => edit({ type: 'rename', name })} />
        <dl className="facts">
          <dt>Edges</dt>
          <dd>{formatCount(edges)}</dd>
          <dt>Locked</dt>
          <dd>{formatCount(locked)}</dd>
          <dt>Pruned</dt>
          <dd>{formatCount(pruned)}</dd>
          <dt>Parameters</dt>
          <dd>{formatCount(parameterCount(specification))}</dd>
          <dt>Seed</dt>
          <dd>{specification.seed}</dd>
          <dt>First values</dt>
          <dd>{specification.initialization}</dd>
          <dt>{memory > 0 ? 'Memory in use' : 'Memory to train, about'}</dt>
          <dd>{formatBytes(memory > 0 ? memory : memoryEstimate(specification))}</dd>
          {speed === null ? null : (
            <>
              <dt>{speed.isMeasured ? 'Steps a second' : 'Steps a second, about'}</dt>
              <dd>{formatCount(speed.steps)}</dd>
            </>
          )}
        </dl>
      </section>
      {layers.every(({ basis }) => basis.type === 'chebyshev') ? null : (
        <section className="section">
          <FitGridButton layer={null} />
        </section>
      )}
      <section className="section">
        <p className="muted">
          Click an edge to see its curve, to lock it or to prune it. Click a layer's name to change its basis.
        </p>
      </section>
    </>
  )
}

interface Speed {
  readonly steps: number
  /** Of the training that is under way; else it is what such a network can be expected to do. */
  readonly isMeasured: boolean
}

/** Null without data: how many rows a step takes is not known then. */
function useSpeed(specification: Specification): Speed | null {
  const measured = useStudio(({ progress }) => (progress.state.type === 'running' ? progress.stepsPerSecond : 0))
  const rows = useStudio((state) => state.document?.dataSummary?.rows.train ?? 0)
  const batch = useStudio((state) => state.document?.training.batchSize ?? null)
  if (rows === 0) return null
  if (measured > 0) return { steps: measured, isMeasured: true }
  const steps = 1 / stepEstimate(specification, Math.min(rows, batch ?? rows))
  return { steps: Number(steps.toPrecision(2)), isMeasured: false }
}
