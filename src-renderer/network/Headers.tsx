/** A header over each column: what its layer is, how many nodes it has, and what makes it wider, narrower or deeper. */
import { Minus, Plus } from 'lucide-react'
import { Fragment, type Ref } from 'react'
import type { Specification } from '../../src-shared/kan/specification'
import { layerClicked } from './selection'
import type { Selection } from './types'
import { basisDetail, basisTitle, nodeCount } from './words'

interface HeadersProps {
  ref: Ref<HTMLDivElement>
  specification: Specification
  selection: Selection
  onSelect(selection: Selection): void
  onWidth(layer: number, nodes: number): void
  onAddLayer(at: number): void
}

export function Headers({ ref, specification, selection, onSelect, onWidth, onAddLayer }: HeadersProps) {
  const { layers, inputs } = specification
  return (
    <div ref={ref} className="network-headers">
      <div className="network-header" data-at={0}>
        <strong>Inputs</strong>
        <span className="network-detail">{inputs.length}</span>
      </div>
      {layers.map((layer, l) => {
        const selected = selection.type === 'layers' && selection.layers.includes(l)
        const hidden = l < layers.length - 1
        const title = basisTitle(layer.basis)
        const detail = basisDetail(layer.basis)
        return (
          <Fragment key={l}>
            <button
              type="button"
              className="network-add"
              data-at={l + 0.5}
              title="Add a layer here"
              aria-label={`Add a layer before layer ${l + 1}`}
              onClick={() => onAddLayer(l)}
            >
              <Plus aria-hidden="true" />
            </button>
            <div className="network-header" data-at={l + 1}>
              <button
                type="button"
                className="network-title"
                aria-pressed={selected}
                aria-label={`Layer ${l + 1}: ${title}, ${detail}, ${nodeCount(layer)}`}
                title={`Layer ${l + 1}: select`}
                onClick={(event) => onSelect(layerClicked(selection, l, event))}
                onContextMenu={() => selected || onSelect({ type: 'layers', layers: [l] })}
              >
                {title}
              </button>
              <span className="network-detail">
                <span className="network-basis">{detail} · </span>
                {hidden ? <Width layer={l} nodes={layer.nodes} onWidth={onWidth} /> : <Nodes nodes={layer.nodes} />}
              </span>
            </div>
          </Fragment>
        )
      })}
    </div>
  )
}

function Width({ layer, nodes, onWidth }: { layer: number; nodes: number; onWidth: HeadersProps['onWidth'] }) {
  const name = `layer ${layer + 1}`
  return (
    <span className="network-width">
      <button
        type="button"
        aria-label={`Fewer nodes in ${name}`}
        title="One node fewer"
        disabled={nodes <= 1}
        onClick={() => onWidth(layer, nodes - 1)}
      >
        <Minus aria-hidden="true" />
      </button>
      <Nodes nodes={nodes} />
      <button
        type="button"
        aria-label={`More nodes in ${name}`}
        title="One node more"
        onClick={() => onWidth(layer, nodes + 1)}
      >
        <Plus aria-hidden="true" />
      </button>
    </span>
  )
}

function Nodes({ nodes }: { nodes: number }) {
  return (
    <span>
      {nodes}
      <span className="network-unit"> {nodes === 1 ? 'node' : 'nodes'}</span>
    </span>
  )
}
