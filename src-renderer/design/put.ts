/** Taking a block or a layer, carrying it over the network, and putting it down. */
import type { Point } from '../network/place/geometry'
import { fromWindow } from '../network/place/turn'
import { useStudio } from '../state/studio'
import type { Block } from './blocks'
import { carryOut } from './carry-out'
import { followPointer } from './follow'
import { gapsOf, nextPlace, type Place, placeAt, placesOf, samePlace, zonesOf } from './places'
import { editOf, giveUp, letGo, type Plan, useDesign } from './plan'

/** What is carried from place to place. */
type Carried = { readonly type: 'block'; readonly block: Block } | { readonly type: 'layer'; readonly layer: number }

export function take(carried: Carried, grip: 'button' | 'loose'): void {
  useDesign.setState({ plan: { ...carried, place: null }, grip })
}

/** Takes it with the button that goes down, and puts it down where that comes up. */
export function drag(pressed: Parameters<typeof followPointer>[0], carried: Carried): void {
  followPointer(pressed, { begin: () => take(carried, 'button'), move: carryTo, end: putDown, cancel: giveUp })
}

/** The pointer is here, in the page's coordinates. */
export function carryTo(at: Point): void {
  const { surface, seen, plan } = useDesign.getState()
  if (surface === null || seen === null || !isCarried(plan)) return
  const box = surface.getBoundingClientRect()
  const inside = at.x >= box.left && at.x <= box.right && at.y >= box.top && at.y <= box.bottom
  setPlace(
    inside
      ? placeAt(zonesOf(seen, placesFor(plan)), fromWindow(seen, { x: at.x - box.left, y: at.y - box.top }).x)
      : null,
  )
}

/** One place on, by the keyboard. */
export function carryOn(step: 1 | -1): void {
  const { plan } = useDesign.getState()
  if (isCarried(plan)) setPlace(nextPlace(placesFor(plan), plan.place, step))
}

/** Makes the edit, if there is one to make. */
export function putDown(): void {
  const { plan } = useDesign.getState()
  const { document } = useStudio.getState()
  if (plan && document && editOf(plan, document.specification, null)) void carryOut(plan)
  else letGo()
}

function setPlace(place: Place | null): void {
  const { plan } = useDesign.getState()
  if (!isCarried(plan) || samePlace(plan.place, place)) return
  if (plan.type === 'block') useDesign.setState({ plan: { ...plan, place } })
  else if (place === null || place.type === 'gap') useDesign.setState({ plan: { ...plan, place } })
}

function placesFor(plan: Plan): readonly Place[] {
  const { document } = useStudio.getState()
  if (document === null) return []
  return plan.type === 'block' ? placesOf(document.specification) : gapsOf(document.specification)
}

function isCarried(plan: Plan | null): plan is Extract<Plan, { type: 'block' | 'layer' }> {
  return plan?.type === 'block' || plan?.type === 'layer'
}
