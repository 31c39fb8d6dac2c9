/** A header over each column: what its layer is and how many nodes it has; dragged, turned and typed into, it changes both. */
import { Plus } from 'lucide-react'
import { Fragment, type KeyboardEvent, type Ref } from 'react'
import type { Specification } from '../../src-shared/kan/specification'
import { carryOut } from '../design/carry-out'
import { useDesign } from '../design/plan'
import { drag } from '../design/put'
import { HeaderWidth } from './HeaderWidth'
import { layerClicked } from './selection/selection'
import { basisDetail, basisTitle, nodeCount } from './selection/words'
import type { Selection } from './types'

interface HeadersProps {
  ref: Ref<HTMLDivElement>
  specification: Specification
  selection: Selection
  onSelect(selection: Selection): void
  onAddLayer(at: number): void
}

export function Headers({ ref, specification, selection, onSelect, onAddLayer }: HeadersProps) {
  const { layers, inputs } = specification
  const moved = useDesign(({ plan }) => (plan?.type === 'layer' ? plan.layer : null))
  return (
    <div ref={ref} className="network-headers">
      <div className="network-header" data-at={0}>
        <strong>Inputs</strong>
        <span className="network-detail">{inputs.length}</span>
      </div>
      {layers.map((layer, l) => {
        const selected = selection.type === 'layers' && selection.layers.includes(l)
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
            <div className={moved === l ? 'network-header moved' : 'network-header'} data-at={l + 1}>
              <button
                type="button"
                className="network-title"
                aria-pressed={selected}
                aria-label={`Layer ${l + 1}: ${title}, ${detail}, ${nodeCount(layer)}`}
                aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight"
                title={`Layer ${l + 1}: click to select, drag to move`}
                onClick={(event) => onSelect(layerClicked(selection, l, event))}
                onContextMenu={() => selected || onSelect({ type: 'layers', layers: [l] })}
                onKeyDown={(event) => moveByKey(event, l, layers.length)}
                onPointerDown={(event) => {
                  if (event.button !== 0 || layers.length === 1) return
                  drag(event, { type: 'layer', layer: l })
                }}
              >
                {title}
              </button>
              <span className="network-detail">
                <span className="network-basis">{detail} · </span>
                <HeaderWidth layer={l} nodes={layer.nodes} hidden={l < layers.length - 1} />
              </span>
            </div>
          </Fragment>
        )
      })}
    </div>
  )
}

function moveByKey(event: KeyboardEvent, layer: number, count: number): void {
  const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
  if (!event.altKey || event.ctrlKey || event.metaKey || step === 0) return
  // A browser would go back a page.
  event.preventDefault()
  const at = step < 0 ? layer - 1 : layer + 2
  if (at < 0 || at > count) return
  const next = event.currentTarget.closest('.network-headers')?.querySelectorAll<HTMLElement>('.network-title')
  void carryOut({ type: 'layer', layer, place: { type: 'gap', at } }).then(() => next?.[layer + step]?.focus())
}
