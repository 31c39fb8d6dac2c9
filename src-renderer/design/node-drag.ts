/** Nodes of a hidden layer, dragged up and down in their column. */

import type { Point } from '../network/place/geometry'
import { hitTest } from '../network/place/hit'
import { fromWindow } from '../network/place/turn'
import type { Seen } from '../network/place/view'
import type { NodeAddress, Selection } from '../network/types'
import { useUi } from '../state/ui'
import { carryOut } from './carry-out'
import { followPointer } from './follow'
import { placeIn } from './places'
import { giveUp, useDesign } from './plan'

/** Returns what removes the listeners. A press on a hidden node with Select drags it, any other is the canvas's own. */
export function listenToNodes(surface: HTMLElement): () => void {
  const abort = new AbortController()
  const options = { capture: true, signal: abort.signal }
  surface.addEventListener(
    'pointerdown',
    (event) => {
      const node = nodeAt(event, event, surface)
      const { seen } = useDesign.getState()
      if (node === null || seen === null || !event.isPrimary || event.button !== 0) return
      const nodes = grabbed(node, useUi.getState().selection)
      const move = (at: Point) => {
        const { y } = placeOn(surface, seen, at)
        const to = placeIn(seen, node.layer, nodes, y)
        useDesign.setState({ plan: { type: 'nodes', layer: node.layer - 1, nodes, to, y }, grip: 'button' })
      }
      followPointer(event, {
        begin: () => {},
        move,
        end() {
          const { plan } = useDesign.getState()
          if (plan?.type === 'nodes') void carryOut(plan)
        },
        cancel: giveUp,
      })
    },
    options,
  )
  // The canvas is not moved along.
  const keep = (event: MouseEvent | TouchEvent) => {
    const [at, second] = 'touches' in event ? [...event.touches] : [event]
    if (at && !second && nodeAt(at, event, surface) !== null) event.stopPropagation()
  }
  surface.addEventListener('mousedown', keep, options)
  surface.addEventListener('touchstart', keep, options)
  return () => abort.abort()
}

/** A point of the page as the network thinks of it. */
function placeOn(surface: HTMLElement, seen: Seen, { x, y }: Point) {
  const { left, top } = surface.getBoundingClientRect()
  return fromWindow(seen, { x: x - left, y: y - top })
}

/** The hidden node at a point that a press there takes along; none with another tool, or where the press selects. */
function nodeAt(
  { clientX, clientY }: Pick<MouseEvent, 'clientX' | 'clientY'>,
  { shiftKey, ctrlKey, metaKey }: Pick<MouseEvent, 'shiftKey' | 'ctrlKey' | 'metaKey'>,
  surface: HTMLElement,
): NodeAddress | null {
  const { seen } = useDesign.getState()
  if (seen === null || useUi.getState().tool !== 'select' || shiftKey || ctrlKey || metaKey) return null
  const hit = hitTest(seen, placeOn(surface, seen, { x: clientX, y: clientY }))
  return hit?.type === 'node' && hit.layer > 0 && hit.layer < seen.columns.length - 1 ? hit : null
}

/** With a node come those of its layer that are selected, where it is one of them. */
function grabbed({ layer, index }: NodeAddress, selection: Selection): number[] {
  const mine = selection.type === 'nodes' ? selection.nodes.filter((node) => node.layer === layer) : []
  const all = mine.map((node) => node.index)
  return all.includes(index) ? all.sort((a, b) => a - b) : [index]
}
