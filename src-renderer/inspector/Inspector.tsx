/** The right side: whatever is selected. */
import type { Specification } from '../../src-shared/kan/specification'
import { oneEdge, oneLayer, oneNode, presentIn } from '../network/selection/selection'
import type { Selection } from '../network/types'
import { useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { EdgePanel } from './EdgePanel'
import { LayerPanel } from './LayerPanel'
import { ModelPanel } from './ModelPanel'
import { NodePanel } from './NodePanel'
import { SelectionPanel } from './SelectionPanel'
import './inspector.css'

export function Inspector() {
  const specification = useStudio((state) => state.document?.specification)
  const selection = useUi((state) => state.selection)
  if (!specification) return null
  return (
    <aside className="scroll inspector" aria-label="Inspector">
      <Panel specification={specification} selection={presentIn(specification, selection)} />
    </aside>
  )
}

function Panel({ specification, selection }: { specification: Specification; selection: Selection }) {
  const edge = oneEdge(selection)
  const node = oneNode(selection)
  const layer = oneLayer(selection)
  if (edge !== null) return <EdgePanel specification={specification} {...edge} />
  if (node !== null) return <NodePanel specification={specification} {...node} />
  if (layer !== null) return <LayerPanel specification={specification} layer={layer} titled />
  if (selection.type !== 'none') return <SelectionPanel specification={specification} selection={selection} />
  return <ModelPanel specification={specification} />
}
