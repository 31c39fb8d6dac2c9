/** The tool in hand: what clicks and strokes on the canvas come to. */
import type { Edit } from '../../src-shared/kan/edit'
import type { Specification } from '../../src-shared/kan/specification'
import type { PointerEvents } from './gestures'
import { edgesAlong, hitTest } from './hit'
import { beginStroke, type Stroke } from './paint'
import { selectionOf } from './selection'
import type { EdgeAddress, Selection, Tool } from './types'
import type { Seen } from './view'

interface HandInputs {
  readonly specification: Specification
  readonly selection: Selection
  readonly tool: Tool
}

export interface HandEvents {
  onSelect(selection: Selection): void
  onEdit(edit: Edit): void
  /** Edges that were painted with Tie; none where the click hit none. */
  onTie(edges: readonly EdgeAddress[]): void
}

export interface Hand extends Omit<PointerEvents, 'hover' | 'doubleClick'> {
  /** Edges under a stroke, not yet edited; null where no stroke is under way. */
  readonly painted: readonly EdgeAddress[] | null
}

/** @param scene what is seen now, and what a gesture works on */
export function createHand(
  scene: () => { readonly seen: Seen | null; readonly inputs: HandInputs },
  events: HandEvents,
): Hand {
  let stroke: Stroke | null = null
  return {
    get painted() {
      return stroke?.edges ?? null
    },
    click(at) {
      const { seen } = scene()
      events.onSelect(selectionOf(seen === null ? null : hitTest(seen, at)))
    },
    strokeBegin(at) {
      const { seen, inputs } = scene()
      if (seen === null || inputs.tool === 'select') return
      stroke = beginStroke(inputs.specification, inputs.tool)
      stroke.add(edgesAlong(seen, at, at))
    },
    strokeMove(from, to) {
      const { seen } = scene()
      if (seen !== null) stroke?.add(edgesAlong(seen, from, to))
    },
    strokeEnd() {
      if (stroke === null) return
      const { tool, edges } = stroke
      const edit = stroke.edit()
      stroke = null
      if (tool === 'tie') events.onTie(edges)
      else if (edit !== null) events.onEdit(edit)
    },
    strokeCancel() {
      stroke = null
    },
  }
}
