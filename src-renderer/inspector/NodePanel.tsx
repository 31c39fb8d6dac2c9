/** A node: its name, what comes in and goes out, the values that it takes. */
import type { ColumnSummary, DataSummary } from '../../src-shared/contract/data'
import { nodeName } from '../../src-shared/kan/names'
import type { Specification } from '../../src-shared/kan/specification'
import { nodeActions } from '../app/actions/selection'
import { freshGroup } from '../network/selection/input-groups'
import { edgesInto, edgesOutOf } from '../network/selection/node-edges'
import type { NodeAddress } from '../network/types'
import { edit, live, useStudio } from '../state/studio'
import { useLive } from '../state/useLive'
import { SelectField, TextField } from '../ui/fields'
import { formatValue } from '../ui/format'
import { ActionsSection } from './ActionsSection'
import { LayerPanel } from './LayerPanel'
import { NodeEdges } from './NodeEdges'
import { NodeValues } from './NodeValues'

interface NodePanelProps {
  readonly specification: Specification
  /** 0 for inputs, l + 1 for the outputs of layer l. */
  readonly layer: number
  readonly index: number
}

export function NodePanel({ specification, layer, index }: NodePanelProps) {
  const kind = layer === 0 ? 'input' : layer === specification.layers.length ? 'output' : 'node'
  const name = nodeName(specification, layer, index)
  const node = { layer, index }
  const column = useStudio((state) => columnOf(state.document?.dataSummary ?? null, specification, node))
  const bias = useLive(() => live.parameters[layer - 1]?.bias?.[index] ?? null)
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
        {bias === null ? null : (
          <dl className="facts">
            <dt>Bias</dt>
            <dd>{formatValue(bias)}</dd>
          </dl>
        )}
        {column === null ? null : <InTheData column={column} />}
      </section>
      <ActionsSection actions={nodeActions(specification, [node]).flat()} />
      {specification.layers[layer] ? <NodeValues layer={layer} index={index} /> : null}
      <NodeEdges
        title="Comes in"
        specification={specification}
        edges={edgesInto(specification, node)}
        other={({ layer: from, edge }) => nodeName(specification, from, edge[0])}
      />
      <NodeEdges
        title="Goes out"
        specification={specification}
        edges={edgesOutOf(specification, node)}
        other={({ layer: from, edge }) => nodeName(specification, from + 1, edge[1])}
      />
      {layer > 0 ? <LayerPanel specification={specification} layer={layer - 1} /> : null}
    </>
  )
}

/** The column that an input or output is; null of a hidden node, and where the table is another than the network's. */
function columnOf(
  data: DataSummary | null,
  { inputs, outputs, layers }: Specification,
  { layer, index }: NodeAddress,
): ColumnSummary | null {
  const [columns, names] =
    layer === 0 ? [data?.inputs, inputs] : layer === layers.length ? [data?.targets, outputs] : []
  return columns?.length === names?.length ? (columns?.[index] ?? null) : null
}

/** What a person's table says of it, in the column's own unit, while all other figures here are of the network. */
function InTheData({ column: { type, min, max, unit } }: { column: ColumnSummary }) {
  if (type === 'date' || min === null || max === null) return null
  return (
    <dl className="facts">
      <dt>In the data</dt>
      <dd>
        {formatValue(min)} … {formatValue(max)}
        {unit === null ? '' : ` ${unit}`}
      </dd>
    </dl>
  )
}

/** Which inputs share their curves: one of the groups that exist, a new one, none; or the input is left out. */
function Group({ specification, index }: { specification: Specification; index: number }) {
  const groups = specification.inputs.map(({ group }) => group)
  const next = freshGroup(specification.inputs)
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
