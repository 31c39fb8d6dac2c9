/** What a person has in hand while they design, and what edit comes of it when they let go. */
import { create } from 'zustand'
import { type EditOfShape, shapeAfter } from '../../src-shared/kan/shapes'
import type { Specification } from '../../src-shared/kan/specification'
import type { LayerScores } from '../network/types'
import type { Seen } from '../network/view'
import { BLOCK_NODES, type Block } from './blocks'
import type { Gap, Place } from './places'
import { widthEdit } from './width'

export type Hand =
  | { readonly type: 'block'; readonly block: Block; readonly place: Place | null }
  | { readonly type: 'layer'; readonly layer: number; readonly place: Gap | null }
  /** A layer's width under the pointer, or under way to the studio. */
  | { readonly type: 'width'; readonly layer: number; readonly nodes: number }

interface DesignState {
  readonly hand: Hand | null
  /** Whether it is held without a button pressed: a click or Enter puts it down. */
  readonly held: boolean
  /** Where the network is drawn now, and on what. */
  readonly seen: Seen | null
  readonly surface: HTMLElement | null
}

export const useDesign = create<DesignState>(() => ({ hand: null, held: false, seen: null, surface: null }))

/** The edit that putting it down makes; null where nothing would change. */
export function editOf(
  hand: Hand,
  specification: Specification,
  importance: readonly LayerScores[] | null,
): EditOfShape | null {
  switch (hand.type) {
    case 'block':
      return blockEdit(hand.block, hand.place, specification)
    case 'layer': {
      const { layer: from, place } = hand
      if (place === null || place.at === from || place.at === from + 1) return null
      return { type: 'move-layer', from, to: place.at > from ? place.at - 1 : place.at }
    }
    case 'width':
      return widthEdit(specification, importance, hand.layer, hand.nodes)
  }
}

function blockEdit({ basis }: Block, place: Place | null, { layers }: Specification): EditOfShape | null {
  switch (place?.type) {
    case undefined:
      return null
    case 'gap':
      return { type: 'add-layer', at: place.at, nodes: BLOCK_NODES, basis }
    case 'layer': {
      const same = JSON.stringify(layers[place.layer]?.basis) === JSON.stringify(basis)
      return same ? null : { type: 'set-basis', layer: place.layer, basis }
    }
  }
}

/** The design as it would be; the same object where nothing would change. */
export function foreseen(hand: Hand | null, specification: Specification): Specification {
  const edit = hand && editOf(hand, specification, null)
  return edit ? shapeAfter(specification, edit) : specification
}
