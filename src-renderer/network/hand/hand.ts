/** The tool in hand: what clicks, strokes and rectangles on the canvas come to. */

import type { Edit } from '../../../src-shared/kan/edits/edit'
import type { Specification } from '../../../src-shared/kan/specification'
import type { LayerInk } from '../numbers/ink'
import { groupAt } from '../place/brackets'
import type { Point } from '../place/geometry'
import { edgesAlong, type Hit, hitTest } from '../place/hit'
import type { Seen } from '../place/view'
import { edgesOf } from '../selection/runs'
import {
  edgesSelected,
  inputsSelected,
  isIn,
  joined,
  nodesSelected,
  selectionOf,
  toggled,
} from '../selection/selection'
import { takenWords } from '../selection/words'
import type { EdgeAddress, Selection, Tool } from '../types'
import { beginStroke, type Stroke, saidOf, toggle } from './paint'
import type { Drag } from './pointer'
import { type Rectangle, rectangleOf, type Taken, takenBy } from './rectangle'

interface Workplace {
  readonly seen: Seen | null
  readonly inks: readonly LayerInk[]
  readonly inputs: { readonly specification: Specification; readonly selection: Selection; readonly tool: Tool }
}

export interface HandEvents {
  onSelect(selection: Selection): void
  /** @param said what is to be told of it; null where that is nothing */
  onEdit(edit: Edit, said: string | null): void
  /** Edges that were painted with Tie; none where the click hit none. */
  onTie(edges: readonly EdgeAddress[]): void
}

export interface Hand {
  /** A click, or Enter, on something or nothing; `adding` to what is selected. */
  press(hit: Hit | null, adding: boolean): void
  click(at: Point, adding: boolean): void
  /** Selects what lies here, where it is not among what is selected: a menu is about to open for it. */
  choose(at: Point): void
  dragBegin(drag: Drag, at: Point): void
  dragMove(from: Point, to: Point): void
  dragEnd(): void
  dragCancel(): void
  readonly dragging: boolean
  /** What will happen when the button comes up; worked out anew with every call. */
  read(): Preview
}

export interface Preview {
  /** Edges under a stroke, not yet edited; null where no stroke is under way. */
  readonly painted: readonly EdgeAddress[] | null
  /** The rectangle that is being drawn, and what it will do something to. */
  readonly rectangle: (Rectangle & { readonly taken: Taken }) | null
  /** `Prune 12 edges`; null where the pointer drags nothing. */
  readonly words: string | null
}

const NOTHING: Preview = { painted: null, rectangle: null, words: null }

type Work =
  | { readonly type: 'stroke'; readonly stroke: Stroke }
  | { readonly type: 'rectangle'; readonly from: Point; readonly to: Point }

/** @param place what is seen now, and what a gesture works on */
export function createHand(place: () => Workplace, events: HandEvents): Hand {
  let work: Work | null = null

  /** @param left how many more were taken in that it is done to already */
  const act = (edges: readonly EdgeAddress[], left = 0) => {
    const { specification, tool } = place().inputs
    if (tool === 'tie') events.onTie(edges)
    if (tool === 'select' || tool === 'tie') return
    const { edit, said } = toggle(specification, tool, edges)
    if (edit !== null) events.onEdit(edit, left === 0 ? said : saidOf(specification, tool, false, edges, left))
  }
  const press = (hit: Hit | null, adding: boolean) => {
    const { selection, tool } = place().inputs
    if (adding) {
      if (hit !== null) events.onSelect(toggled(selection, hit))
    } else if (hit?.type === 'edge' && tool !== 'select') {
      act([{ layer: hit.layer, edge: hit.edge }])
    } else {
      events.onSelect(selectionOf(hit))
    }
  }
  /** What lies at a point: an edge or a node, or the inputs of a group whose bracket it is. */
  const under = (at: Point) => {
    const { seen } = place()
    const hit = seen === null ? null : hitTest(seen, at)
    return { hit, group: seen === null || hit !== null ? null : groupAt(seen, at) }
  }
  const take = () => {
    const { seen, inks, inputs } = place()
    if (seen === null || work?.type !== 'rectangle') return null
    const rectangle = rectangleOf(work.from, work.to)
    return { ...rectangle, taken: takenBy(seen, inks, inputs.tool, rectangle, inputs.selection.type) }
  }
  return {
    get dragging() {
      return work !== null
    },
    read() {
      if (work?.type === 'stroke') {
        const { tool, undoing, edges } = work.stroke
        return { ...NOTHING, painted: edges, words: takenWords(tool, undoing, 'edge', edges.length) }
      }
      const rectangle = take()
      if (rectangle === null) return NOTHING
      const { undoing, nodes, count } = rectangle.taken
      const words = takenWords(place().inputs.tool, undoing, nodes.length > 0 ? 'node' : 'edge', count)
      return { ...NOTHING, rectangle, words }
    },
    press,
    click(at, adding) {
      const { hit, group } = under(at)
      if (group === null) press(hit, adding)
      else events.onSelect(inputsSelected(group))
    },
    choose(at) {
      const { hit, group } = under(at)
      if (group !== null) events.onSelect(inputsSelected(group))
      else if (hit === null || !isIn(place().inputs.selection, hit)) events.onSelect(selectionOf(hit))
    },
    dragBegin(drag, at) {
      const { seen, inputs } = place()
      if (drag === 'rectangle') work = { type: 'rectangle', from: at, to: at }
      else if (seen !== null && inputs.tool !== 'select') {
        const stroke = beginStroke(inputs.specification, inputs.tool)
        stroke.add(edgesAlong(seen, at, at))
        work = { type: 'stroke', stroke }
      }
    },
    dragMove(from, to) {
      const { seen } = place()
      if (work?.type === 'rectangle') work = { ...work, to }
      else if (seen !== null) work?.stroke.add(edgesAlong(seen, from, to))
    },
    dragEnd() {
      const taken = take()?.taken
      const done = work
      work = null
      if (done?.type === 'stroke') {
        const { tool, edges, undoing, left } = done.stroke
        const edit = done.stroke.edit()
        if (tool === 'tie') events.onTie(edges)
        else if (edit !== null) events.onEdit(edit, saidOf(place().inputs.specification, tool, undoing, edges, left))
      } else if (taken !== undefined && taken.count > 0) {
        const { selection, tool } = place().inputs
        const edges = edgesOf(taken.edges)
        if (tool !== 'select') act(edges, taken.left)
        else
          events.onSelect(joined(selection, taken.nodes.length > 0 ? nodesSelected(taken.nodes) : edgesSelected(edges)))
      }
    },
    dragCancel() {
      work = null
    },
  }
}
