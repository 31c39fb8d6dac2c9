/** What lies under the pointer: said beside it after a moment's rest, and told to the keys that act on it. */
import type { Specification } from '../../../src-shared/kan/specification'
import type { NodeNumbers } from '../numbers/numbers'
import type { Point, Size } from '../place/geometry'
import { type Hit, hitEdge, hitTest, sameHit } from '../place/hit'
import { toWindow } from '../place/turn'
import type { Seen } from '../place/view'
import { tipWords } from '../selection/words'
import { type EdgeAddress, type LayerScores, sameEdge, type Tool } from '../types'
import { createTip } from './tip'

interface HoverPlace {
  readonly specification: Specification
  readonly importance: readonly LayerScores[] | null
  readonly nodes: readonly NodeNumbers[]
  readonly tool: Tool
  /** Of the window. */
  readonly size: Size
  /** What the arrow keys stand on: keys act on that where the pointer is on nothing. */
  readonly focused: Hit | null
  /** Whether the network moves beneath the pointer. */
  readonly moving: boolean
  /** Whether the pointer drags something, and the label is for that. */
  readonly dragging: boolean
}

export interface Hover {
  readonly pointer: Point | null
  readonly at: Hit | null
  /** The pointer is here, or left. */
  move(pointer: Point | null): void
  /** Looks what lies there now; true where it is something else than before. */
  look(seen: Seen): boolean
  /** An edge that keys act on from now on; anything else is none. */
  tell(under: Hit | null): void
  /** Says beside the pointer what a drag will do. */
  say(words: string, seen: Seen): void
  hide(): void
  destroy(): void
}

export function createHover(
  { surface, tip: element }: { readonly surface: HTMLElement; readonly tip: HTMLElement },
  place: () => HoverPlace,
  onHover: (edge: EdgeAddress | null) => void,
): Hover {
  const tip = createTip(element)
  let pointer: Point | null = null
  let hovered: Hit | null = null
  let told: EdgeAddress | null = null

  const tell = (under: Hit | null) => {
    const edge = under?.type === 'edge' ? { layer: under.layer, edge: under.edge } : null
    if (sameEdge(edge, told)) return
    told = edge
    onHover(edge)
  }
  const describe = (seen: Seen) => {
    const { specification, importance, nodes, size, dragging } = place()
    if (dragging) return
    if (hovered === null || pointer === null) return tip.hide()
    const strength = hovered.type === 'node' ? nodes[hovered.layer]?.strengths[hovered.index] : undefined
    tip.show(tipWords(specification, importance, hovered, strength), toWindow(seen, pointer), size)
  }
  return {
    get pointer() {
      return pointer
    },
    get at() {
      return hovered
    },
    move(to) {
      pointer = to
    },
    look(seen) {
      const { tool, moving, focused } = place()
      const before = hovered
      const hit = tool === 'select' ? hitTest : hitEdge
      hovered = pointer === null || moving ? null : hit(seen, pointer)
      const changed = !sameHit(before, hovered)
      if (changed) surface.classList.toggle('network-over', hovered !== null)
      tell(hovered ?? focused)
      describe(seen)
      return changed
    },
    tell,
    say(words, seen) {
      if (pointer !== null) tip.tell(words, toWindow(seen, pointer), place().size)
    },
    hide: tip.hide,
    destroy: tip.destroy,
  }
}
