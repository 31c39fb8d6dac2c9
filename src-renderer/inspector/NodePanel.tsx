/** A node: its name, what comes in and goes out, the values that it takes. */
import { nodeName } from '../../src-shared/kan/names'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { edit, live } from '../state/studio'
import { useLive } from '../state/useLive'
import { SelectField, TextField } from '../ui/fields'
import { formatCount, formatValue } from '../ui/format'
import { LayerPanel } from './LayerPanel'

interface NodePanelProps {
  readonly specification: Specification
  /** 0 for inputs, l + 1 for the outputs of layer l. */
  readonly layer: number
  readonly index: number
}

export function NodePanel({ specification, layer, index }: NodePanelProps) {
  const kind = layer === 0 ? 'input' : layer === specification.layers.length ? 'output' : 'node'
  const name = nodeName(specification, layer, index)
  // The range of a node's values is known as the range of what it feeds; nothing is fed by an output.
  const importance = useLive(() => live.importance?.[layer])
  return (
    <>
      <section className="section">
        <h1 className="panel-title">
          {name} <small>{kind === 'node' ? `node, layer ${layer}` : kind}</small>
        </h1>
      </section>
      <section className="section">
        {kind === 'node' ? null : (
          <TextField
            label="Name"
            value={name}
            onChange={(next) => edit({ type: kind === 'input' ? 'rename-input' : 'rename-output', index, name: next })}
          />
        )}
        {kind === 'input' ? <Group specification={specification} index={index} /> : null}
        <dl className="facts">
          {layer > 0 ? (
            <>
              <dt>Edges in</dt>
              <dd>{formatCount(inputsOf(specification, layer - 1))}</dd>
            </>
          ) : null}
          {specification.layers[layer] ? (
            <>
              <dt>Edges out</dt>
              <dd>{formatCount(specification.layers[layer].nodes)}</dd>
            </>
          ) : null}
          {importance ? (
            <>
              <dt>Values</dt>
              <dd>
                {formatValue(importance.minimum[index])} … {formatValue(importance.maximum[index])}
              </dd>
            </>
          ) : null}
        </dl>
      </section>
      {layer > 0 ? <LayerPanel specification={specification} layer={layer - 1} /> : null}
    </>
  )
}

/** Which inputs share their curves: one of the groups that exist, a new one, none; or the input is left out. */
function Group({ specification, index }: { specification: Specification; index: number }) {
  const groups = specification.inputs.map(({ group }) => group)
  const next = Math.max(0, ...groups) + 1
  const numbers = [...new Set([...groups.filter((group) => group > 0), next])].sort((a, b) => a - b)
  return (
    <SelectField
      label="Group"
      hint="Inputs of a group share their curves, so that exchanging them changes nothing. A discarded input has no say."
      value={String(groups[index] ?? 0)}
      options={[
        { value: '0', label: 'none' },
        ...numbers.map((group) => ({ value: String(group), label: group === next ? `${group} (new)` : String(group) })),
        { value: '-1', label: 'discarded' },
      ]}
      onChange={(group) => edit({ type: 'set-group', inputs: [index], group: Number(group) })}
    />
  )
}
