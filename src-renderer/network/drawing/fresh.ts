/** Keeps the curves in sight up to date without making a frame late. */
import type { LayerEdges } from '../../../src-shared/contract/telemetry'
import { inputsOf } from '../../../src-shared/kan/specification'
import type { Seen, SeenPair } from '../place/view'
import type { EdgeAddress } from '../types'
import { seenCells } from './draw-density'
import { seenSlots } from './draw-edges'
import type { Scene } from './scene'

/** Milliseconds of a frame that curves may take; the rest follow in the next frames. */
const BUDGET = 3

export interface Freshness {
  /** Whether any curve changed. */
  readonly changed: boolean
  /** Whether all curves in sight are up to date now. */
  readonly complete: boolean
}

/** Brings all curves in sight up to date, however long that takes: for a picture to keep. */
export function refreshAll({ seen, curves }: Scene): void {
  for (const pair of seen.pairs) curves.refresh(pair.layer, inSight(pair, seen), () => false)
}

/** Edges whose curves are drawn. */
function inSight(pair: SeenPair, { size }: Seen): readonly number[] {
  if (pair.detail === 'lines' || pair.detail === 'density') return []
  return pair.type === 'slots' ? seenSlots(pair, size.height) : seenCells(pair, size)
}

/** More edges are not asked for. */
const MOST_WATCHED = 20_000

/** The edges whose curves are drawn, and null while they are those of the last call for the same design. */
export function createWatcher(): (
  scene: Scene,
  standOut: readonly (EdgeAddress | null)[],
) => readonly LayerEdges[] | null {
  let before: readonly LayerEdges[] = []
  let specification: Scene['specification'] | null = null
  return (scene, standOut) => {
    const watched = scene.seen.pairs
      .map((pair): LayerEdges => {
        const mine = standOut.flatMap((at) => (at?.layer === pair.layer ? [at.edge[1] * pair.inputs + at.edge[0]] : []))
        const edges = [...inSight(pair, scene.seen).slice(0, MOST_WATCHED), ...mine]
        return { layer: pair.layer, edges: Uint32Array.from(edges) }
      })
      .filter(({ edges }) => edges.length > 0)
    if (specification === scene.specification && isSame(before, watched)) return null
    before = watched
    specification = scene.specification
    return watched
  }
}

function isSame(a: readonly LayerEdges[], b: readonly LayerEdges[]): boolean {
  return a.length === b.length && a.every((one, n) => isSameLayer(one, b[n]))
}

function isSameLayer(a: LayerEdges, b: LayerEdges | undefined): boolean {
  return a.layer === b?.layer && a.edges.length === b.edges.length && a.edges.every((e, n) => e === b.edges[n])
}

/** Brings curves up to date: those that stand out first, then those in sight, in turns where time is short. */
export function createRefresher(): (scene: Scene, standOut: readonly (EdgeAddress | null)[]) => Freshness {
  let turn = 0
  return ({ seen, curves, specification }, standOut) => {
    const until = performance.now() + BUDGET
    const late = () => performance.now() > until
    let anything = false
    for (const at of standOut) {
      if (at === null) continue
      const edge = at.edge[1] * inputsOf(specification, at.layer) + at.edge[0]
      anything = curves.refresh(at.layer, [edge], () => false).changed || anything
    }
    for (const pair of seen.pairs) {
      const edges = inSight(pair, seen)
      if (edges.length === 0) continue
      // Beginning where time ran out before: else the last ones would never have their turn.
      const start = turn % edges.length
      const { done, changed } = curves.refresh(pair.layer, [...edges.slice(start), ...edges.slice(0, start)], late)
      anything ||= changed
      if (done < edges.length) {
        turn = start + done
        return { changed: anything, complete: false }
      }
    }
    return { changed: anything, complete: true }
  }
}
