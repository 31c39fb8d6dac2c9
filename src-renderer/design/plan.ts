/** What a person is about to change by hand, and what edit comes of it when they let go. */
import { create } from 'zustand'
import type { PersonsEdit } from '../../src-shared/kan/edits/edit'
import { type EditOfShape, shapeAfter } from '../../src-shared/kan/edits/shapes'
import type { Specification } from '../../src-shared/kan/specification'
import type { Seen } from '../network/place/view'
import type { LayerScores } from '../network/types'
import { BLOCK_NODES, type Block } from './blocks'
import type { Gap, Place } from './places'
import { widthEdit } from './width'

export type Plan =
  | { readonly type: 'block'; readonly block: Block; readonly place: Place | null }
  | { readonly type: 'layer'; readonly layer: number; readonly place: Gap | null }
  | { readonly type: 'width'; readonly layer: number; readonly nodes: number }
  /** Nodes of a hidden layer, under the pointer at a height; the first of them would stand at `to`. */
  | {
      readonly type: 'nodes'
      readonly layer: number
      readonly nodes: readonly number[]
      readonly to: number
      readonly y: number
    }

interface DesignState {
  readonly plan: Plan | null
  /**
   * What holds it: a pressed button that drags; a `loose` hand, that a click or Enter ends; `nothing` where it was let go and
   * is shown until it is so, or changes with each turn of a wheel.
   */
  readonly grip: 'button' | 'loose' | 'nothing'
  /** What became of the last plan, for screen readers. */
  readonly said: string
  /** Where the network is drawn now, and on what. */
  readonly seen: Seen | null
  readonly surface: HTMLElement | null
}

export const useDesign = create<DesignState>(() => ({
  plan: null,
  grip: 'nothing',
  said: '',
  seen: null,
  surface: null,
}))

/** @param said what became of it, where that is worth a word */
export function letGo(said = ''): void {
  useDesign.setState({ plan: null, grip: 'nothing', said })
}

/** What is in hand is put back. */
export const giveUp = () => letGo('Given up')

type PlannedEdit = EditOfShape | Extract<PersonsEdit, { type: 'move-nodes' }>

/** The edit that carrying it out makes; null where nothing would change. */
export function editOf(
  plan: Plan,
  specification: Specification,
  importance: readonly LayerScores[] | null,
): PlannedEdit | null {
  switch (plan.type) {
    case 'block':
      return blockEdit(plan.block, plan.place, specification)
    case 'layer': {
      const { layer: from, place } = plan
      if (place === null || place.at === from || place.at === from + 1) return null
      return { type: 'move-layer', from, to: place.at > from ? place.at - 1 : place.at }
    }
    case 'width':
      return widthEdit(specification, importance, plan.layer, plan.nodes)
    case 'nodes': {
      const { layer, nodes, to } = plan
      const stay = nodes.every((node, k) => node === to + k)
      return stay ? null : { type: 'move-nodes', layer, nodes, to }
    }
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

/** The design as it would be; the same object where its shape would not change. */
export function foreseen(plan: Plan | null, specification: Specification): Specification {
  const edit = plan && editOf(plan, specification, null)
  return edit && edit.type !== 'move-nodes' ? shapeAfter(specification, edit) : specification
}
