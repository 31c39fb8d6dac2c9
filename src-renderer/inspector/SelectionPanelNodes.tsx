/** Several nodes: which they are, the values that they take, and the groups that inputs are in; what can be done with them. */
import { nodeName } from '../../src-shared/kan/names'
import type { Specification } from '../../src-shared/kan/specification'
import { nodeActions } from '../app/actions/selection'
import { nodesSelected } from '../network/selection/selection'
import type { NodeAddress } from '../network/types'
import { live } from '../state/studio'
import { useUi } from '../state/ui'
import { useLive } from '../state/useLive'
import { formatCount, formatValue } from '../ui/format'
import { ActionsSection } from './ActionsSection'

/** A longer list helps nobody. */
const MOST = 30

interface SelectionPanelNodesProps {
  readonly specification: Specification
  readonly nodes: readonly NodeAddress[]
}

export function SelectionPanelNodes({ specification, nodes }: SelectionPanelNodesProps) {
  // The range of a node's values is known as the range of what it feeds; nothing is fed by an output.
  const importance = useLive(() => live.importance)
  return (
    <>
      <section className="section">
        <ul className="node-list">
          {nodes.slice(0, MOST).map((node) => {
            const { layer, index } = node
            const known = importance?.[layer]
            const group = layer === 0 ? (specification.inputs[index]?.group ?? 0) : 0
            return (
              <li key={`${layer} ${index}`}>
                <button type="button" onClick={() => useUi.setState({ selection: nodesSelected([node]) })}>
                  <span className="grow">{nodeName(specification, layer, index)}</span>
                  {group === 0 ? null : <span className="muted">{group < 0 ? 'discarded' : `group ${group}`}</span>}
                  <span className="num muted">
                    {known ? `${formatValue(known.minimum[index])} … ${formatValue(known.maximum[index])}` : null}
                  </span>
                </button>
              </li>
            )
          })}
        </ul>
        {nodes.length > MOST ? <p className="muted">and {formatCount(nodes.length - MOST)} more</p> : null}
      </section>
      <ActionsSection actions={nodeActions(specification, nodes).flat()} />
    </>
  )
}
