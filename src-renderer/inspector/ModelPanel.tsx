/** The model as a whole, where nothing is selected. */
import { withGroups } from '../../src-shared/kan/groups'
import { parameterCount } from '../../src-shared/kan/parameters'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { edit, useStudio } from '../state/studio'
import { TextField } from '../ui/fields'
import { formatBytes, formatCount } from '../ui/format'
import { FitGridButton } from './GridButtons'

export function ModelPanel({ specification }: { specification: Specification }) {
  const memory = useStudio((state) => state.progress.memory)
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
          {memory > 0 ? (
            <>
              <dt>Memory</dt>
              <dd>{formatBytes(memory)}</dd>
            </>
          ) : null}
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
