/** Where can a block or a layer be put, and which of these places is at a point of the window? */
import type { Specification } from '../../src-shared/kan/specification'
import { nodeY, type Seen } from '../network/place/view'

export type Place = Gap | { readonly type: 'layer'; readonly layer: number }

/** Before the layer of this index; after the last one where it is their number. */
export interface Gap {
  readonly type: 'gap'
  readonly at: number
}

/** From the inputs to the outputs: gaps, and between them the layers. */
export function placesOf({ layers }: Specification): Place[] {
  return [
    ...layers.flatMap((_, l): Place[] => [
      { type: 'gap', at: l },
      { type: 'layer', layer: l },
    ]),
    { type: 'gap', at: layers.length },
  ]
}

/** Only gaps, where a layer is moved. */
export const gapsOf = ({ layers }: Specification): Gap[] =>
  Array.from({ length: layers.length + 1 }, (_, at) => ({ type: 'gap', at }))

/** The strip of the window that stands for a place. */
export interface Zone {
  readonly place: Place
  readonly from: number
  readonly to: number
}

const GAP_WIDTH = 72
const LAYER_WIDTH = 56

export function zonesOf(seen: Seen, places: readonly Place[]): Zone[] {
  const { first, spacing } = gauge(seen)
  const last = first + spacing * (seen.columns.length - 1)
  return places.map((place): Zone => {
    const half = Math.min(place.type === 'gap' ? GAP_WIDTH / 2 : LAYER_WIDTH / 2, spacing * 0.18)
    const middle = first + spacing * (place.type === 'gap' ? place.at + 0.5 : place.layer + 1)
    if (middle < last + half) return { place, from: middle - half, to: middle + half }
    // Beyond the outputs there is less room than between two columns.
    const from = last + Math.min(LAYER_WIDTH / 2, spacing * 0.18) + 6
    return { place, from, to: Math.max(from + 16, Math.min(from + 2 * half, seen.size.width - 8)) }
  })
}

/** The place whose strip is nearest to a distance from the left. */
export function placeAt(zones: readonly Zone[], x: number): Place | null {
  const away = ({ from, to }: Zone) => Math.max(from - x, x - to, 0)
  return (
    zones.reduce<Zone | null>((best, zone) => (best && away(best) <= away(zone) ? best : zone), null)?.place ?? null
  )
}

export function samePlace(a: Place | null, b: Place | null): boolean {
  if (a === null || b === null) return a === b
  return a.type === 'gap' ? b.type === 'gap' && a.at === b.at : b.type === 'layer' && a.layer === b.layer
}

/** The next place to the left (−1) or right (1). */
export function nextPlace(places: readonly Place[], from: Place | null, step: 1 | -1): Place | null {
  const at = places.findIndex((place) => samePlace(place, from))
  if (at < 0) return places[step === 1 ? 0 : places.length - 1] ?? null
  return places[Math.min(places.length - 1, Math.max(0, at + step))] ?? null
}

/** Left of the first column, and the way from one to the next. */
function gauge({ columns }: Seen): { readonly first: number; readonly spacing: number } {
  const first = columns[0]?.x ?? 0
  return { first, spacing: (columns[1]?.x ?? first + 1) - first }
}

/** Where nodes come to stand, let go at a height: below all others that lie above it. */
export function placeIn(seen: Seen, column: number, nodes: readonly number[], y: number): number {
  const at = seen.columns[column]
  if (at === undefined) return 0
  const others = Array.from({ length: at.count }, (_, k) => k).filter((k) => !nodes.includes(k))
  return others.filter((k) => nodeY(at, k) < y).length
}
