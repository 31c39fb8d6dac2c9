/** Taking a block or a layer in hand, carrying it over the network, and putting it down. */
import { edit, live, useStudio } from '../state/studio'
import type { Block } from './blocks'
import type { Point } from './follow'
import { editOf, type Hand, useDesign } from './hand'
import { gapsOf, nextPlace, type Place, placeAt, placesOf, samePlace, zonesOf } from './places'

/** What is carried from place to place. */
export type Carried =
  | { readonly type: 'block'; readonly block: Block }
  | { readonly type: 'layer'; readonly layer: number }

/** @param held whether no button is pressed meanwhile */
export function take(carried: Carried, held: boolean): void {
  useDesign.setState({ hand: { ...carried, place: null }, held })
}

export function letGo(): void {
  useDesign.setState({ hand: null, held: false })
}

/** The pointer is here, in the page's coordinates. */
export function carryTo(at: Point): void {
  const { surface, seen, hand } = useDesign.getState()
  if (surface === null || seen === null || !isCarried(hand)) return
  const box = surface.getBoundingClientRect()
  const inside = at.x >= box.left && at.x <= box.right && at.y >= box.top && at.y <= box.bottom
  setPlace(inside ? placeAt(zonesOf(seen, placesFor(hand)), at.x - box.left) : null)
}

/** One place on, by the keyboard. */
export function carryOn(step: 1 | -1): void {
  const { hand } = useDesign.getState()
  if (isCarried(hand)) setPlace(nextPlace(placesFor(hand), hand.place, step))
}

/** Makes the edit, if there is one to make. */
export async function putDown(): Promise<void> {
  const { hand } = useDesign.getState()
  const { document } = useStudio.getState()
  const change = hand && document && editOf(hand, document.specification, live.importance)
  if (!change) return letGo()
  useDesign.setState({ held: false })
  // What was put down stays in sight until it is there.
  await edit(change)
  if (useDesign.getState().hand === hand) letGo()
}

function setPlace(place: Place | null): void {
  const { hand } = useDesign.getState()
  if (!isCarried(hand) || samePlace(hand.place, place)) return
  if (hand.type === 'block') useDesign.setState({ hand: { ...hand, place } })
  else if (place === null || place.type === 'gap') useDesign.setState({ hand: { ...hand, place } })
}

function placesFor(hand: Hand): readonly Place[] {
  const { document } = useStudio.getState()
  if (document === null) return []
  return hand.type === 'block' ? placesOf(document.specification) : gapsOf(document.specification)
}

function isCarried(hand: Hand | null): hand is Extract<Hand, { type: 'block' | 'layer' }> {
  return hand?.type === 'block' || hand?.type === 'layer'
}
