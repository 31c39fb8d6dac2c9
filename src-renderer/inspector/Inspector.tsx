/** The right side: whatever is selected. */
import { inputsOf } from '../../src-shared/kan/specification'
import { useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { EdgePanel } from './EdgePanel'
import { LayerPanel } from './LayerPanel'
import { ModelPanel } from './ModelPanel'
import { NodePanel } from './NodePanel'
import './inspector.css'

export function Inspector() {
  const specification = useStudio((state) => state.document?.specification)
  const selection = useUi((state) => state.selection)
  if (!specification) return null
  const layers = specification.layers.length
  return (
    <aside className="scroll inspector" aria-label="Inspector">
      {(() => {
        // A selection may outlive what it points at: the layer was removed, the node is gone.
        switch (selection.type) {
          case 'edge': {
            const { layer, edge } = selection
            const [input, output] = edge
            const exists =
              layer < layers &&
              input < inputsOf(specification, layer) &&
              output < (specification.layers[layer]?.nodes ?? 0)
            return exists ? (
              <EdgePanel specification={specification} layer={layer} edge={edge} />
            ) : (
              <ModelPanel specification={specification} />
            )
          }
          case 'node':
            return selection.layer <= layers ? (
              <NodePanel specification={specification} layer={selection.layer} index={selection.index} />
            ) : (
              <ModelPanel specification={specification} />
            )
          case 'layer':
            return selection.layer < layers ? (
              <LayerPanel specification={specification} layer={selection.layer} titled />
            ) : (
              <ModelPanel specification={specification} />
            )
          case 'none':
            return <ModelPanel specification={specification} />
        }
      })()}
    </aside>
  )
}
