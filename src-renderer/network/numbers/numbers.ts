/** What the live numbers mean for drawing: inks and node strengths, worked out again only when the numbers or the design changed. */
import type { Specification } from '../../../src-shared/kan/specification'
import type { NetworkLive } from '../types'
import { deadNodes, inkNetwork, type LayerInk, nodeStrengths } from './ink'

export interface NodeNumbers {
  /** Importance of each node, 0 … 1 of its column's largest. */
  readonly strengths: Float32Array
  /** 1 where nothing passes through a node any more. */
  readonly dead: Uint8Array
}

export interface DrawnNumbers {
  readonly inks: readonly LayerInk[]
  /** One a column: the inputs, then each layer's outputs. */
  readonly nodes: readonly NodeNumbers[]
  /** Takes what is new; false where nothing is. */
  take(specification: Specification, live: NetworkLive): boolean
}

export function createNumbers(): DrawnNumbers {
  let taken:
    | ({ live: NetworkLive; specification: Specification; version: number } & Pick<
        NetworkLive,
        'importance' | 'ghosts'
      >)
    | null = null
  let dead: readonly Uint8Array[] = []
  let inks: readonly LayerInk[] = []
  let nodes: readonly NodeNumbers[] = []
  return {
    get inks() {
      return inks
    },
    get nodes() {
      return nodes
    },
    take(specification, live) {
      const redesigned = taken?.specification !== specification
      const rehaunted = taken?.ghosts !== live.ghosts
      if (!redesigned && !rehaunted && taken?.live === live && taken.version === live.version) return false
      const columns = [...specification.layers.keys(), specification.layers.length]
      const { importance, ghosts } = live
      if (redesigned || rehaunted) dead = deadNodes(specification, ghosts)
      if (redesigned || rehaunted || taken?.importance !== importance) {
        inks = inkNetwork(specification, importance, ghosts)
        nodes = columns.map((column) => ({
          strengths: nodeStrengths(inks, column),
          dead: dead[column] ?? new Uint8Array(),
        }))
      }
      taken = { live, specification, version: live.version, importance, ghosts }
      return true
    },
  }
}
