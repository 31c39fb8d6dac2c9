/** A handle below the nodes of each hidden layer: dragged, or pressed by arrow keys, it makes the layer wider or narrower. */
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { toWindow, turnedSize } from '../network/place/turn'
import { nodeY } from '../network/place/view'
import { useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { followPointer } from './follow'
import { giveUp, useDesign } from './plan'
import { keepWidth, nudgeWidth, showWidth, widthOf } from './widen'
import { widthAfter } from './width'

export function WidthHandles() {
  const layers = useStudio((state) => state.document?.specification.layers)
  const plan = useDesign((state) => state.plan)
  const container = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const place = () => container.current && placeHandles(container.current)
    place()
    return useDesign.subscribe((now, before) => {
      if (now.seen !== before.seen) place()
    })
  }, [layers])
  if (!layers) return null
  return (
    <div ref={container} className="width-handles">
      {layers.slice(0, -1).map((layer, l) => (
        <Handle key={l} layer={l} nodes={plan?.type === 'width' && plan.layer === l ? plan.nodes : layer.nodes} />
      ))}
    </div>
  )
}

function Handle({ layer, nodes }: { layer: number; nodes: number }) {
  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const steps: Partial<Record<string, number>> = {
      ...{ ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 5, PageDown: -5 },
    }
    const step = steps[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    nudgeWidth(layer, step)
  }
  return (
    <div
      className="width-handle"
      role="slider"
      tabIndex={0}
      title="Drag to make the layer wider or narrower"
      aria-label={`Width of layer ${layer + 1}`}
      aria-orientation="vertical"
      aria-valuemin={1}
      aria-valuenow={nodes}
      aria-valuetext={`${nodes} ${nodes === 1 ? 'node' : 'nodes'}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        const along = useUi.getState().orientation === 'up' ? 'x' : 'y'
        const began = { nodes: widthOf(layer) ?? nodes, x: event.clientX, y: event.clientY }
        followPointer(event, {
          begin: () => {},
          move: (at) => showWidth(layer, widthAfter(began.nodes, at[along] - began[along]), 'button'),
          end: keepWidth,
          cancel: giveUp,
        })
      }}
    />
  )
}

function placeHandles(container: HTMLElement): void {
  const { seen } = useDesign.getState()
  for (const [l, handle] of [...container.children].entries()) {
    if (!(handle instanceof HTMLElement)) continue
    const column = seen?.columns[l + 1]
    if (!seen || !column) {
      handle.style.visibility = 'hidden'
      continue
    }
    // A name may stand below the last node.
    const away = column.pitch > 2 * column.radius + 17 ? 22 : 10
    const below = nodeY(column, column.count - 1) + Math.max(column.radius, 6) + away
    const { x, y } = toWindow(seen, { x: column.x, y: below })
    const { width, height } = turnedSize(seen.size, seen.orientation)
    const isUp = seen.orientation === 'up'
    const isSeen = isUp
      ? x > 132 && x < width - 8 && y > 8 && y < height - 60
      : x > 0 && x < width && y > 70 && y < height - 8
    handle.classList.toggle('turned', isUp)
    handle.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translate(-50%, -50%)`
    handle.style.visibility = isSeen ? '' : 'hidden'
  }
}
