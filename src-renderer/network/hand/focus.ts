/** What the arrow keys stand on: an edge or a node, while the keyboard is in the network. */
import type { Specification } from '../../../src-shared/kan/specification'
import { type Hit, sameHit } from '../place/hit'
import { countWords, isIn, NO_SELECTION, selectionOf, sizeOf, toggled } from '../selection/selection'
import { hitWords } from '../selection/words'
import type { EdgeAddress, LayerScores, Selection } from '../types'
import type { Hand } from './hand'
import type { KeyEvents } from './keyboard'
import { walk } from './walk'

interface FocusPlace {
  readonly specification: Specification
  readonly importance: readonly LayerScores[] | null
  readonly selection: Selection
  /** The edge that waits for the one to be tied to. */
  readonly tying: EdgeAddress | null
}

interface FocusEvents {
  /** It stands elsewhere, or nowhere. */
  onFocus(at: Hit | null): void
  onSelect(selection: Selection): void
  onTie(edges: readonly EdgeAddress[]): void
  onSay(words: string): void
}

export interface Focus extends KeyEvents {
  readonly at: Hit | null
  /** Where a menu is for what has the focus: that, or what is selected; selects it where it is not. */
  choose(): Hit | null
  clear(): void
}

export function createFocus(place: () => FocusPlace, hand: Hand, events: FocusEvents): Focus {
  let at: Hit | null = null
  const stand = (next: Hit | null) => {
    at = next
    events.onFocus(next)
  }
  return {
    get at() {
      return at
    },
    choose() {
      const { selection } = place()
      if (at !== null && !isIn(selection, at)) events.onSelect(selectionOf(at))
      return at ?? firstOf(selection)
    },
    clear: () => stand(null),
    arrow(key, extending) {
      const { specification, selection, importance } = place()
      const from = at ?? selectedAlone(selection)
      const next = walk(specification, from, key)
      stand(next)
      if (extending && from !== null && next.type === from.type && !sameHit(from, next)) {
        const begun = isIn(selection, from) ? selection : selectionOf(from)
        const extended = isIn(begun, next) ? begun : toggled(begun, next)
        events.onSelect(extended)
        events.onSay(`${hitWords(specification, importance, next)}, ${countWords(extended)} selected`)
      } else {
        events.onSay(hitWords(specification, importance, next))
      }
    },
    enter(adding) {
      if (at !== null) hand.press(at, adding)
    },
    escape() {
      const { selection, tying } = place()
      const dragging = hand.dragging
      const anything = dragging || tying !== null || at !== null || selection.type !== 'none'
      hand.dragCancel()
      if (tying !== null) events.onTie([])
      else if (!dragging && anything) events.onSelect(NO_SELECTION)
      stand(null)
      return anything
    },
    blur: () => stand(null),
  }
}

function firstOf(selection: Selection): Hit | null {
  const [edge] = selection.type === 'edges' ? selection.edges : []
  const [node] = selection.type === 'nodes' ? selection.nodes : []
  return edge !== undefined ? { type: 'edge', ...edge } : node !== undefined ? { type: 'node', ...node } : null
}

function selectedAlone(selection: Selection): Hit | null {
  return sizeOf(selection) === 1 ? firstOf(selection) : null
}
