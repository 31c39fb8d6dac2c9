/** The words that the network editor and the rest of the window share. */
import type { LayerDrawing } from '../../src-shared/contract/telemetry'
import { sameEdge as sameIndex } from '../../src-shared/kan/locks'
import type { EdgeIndex } from '../../src-shared/kan/specification'

export type Tool = 'select' | 'lock' | 'tie' | 'prune'

export interface EdgeAddress {
  readonly layer: number
  readonly edge: EdgeIndex
}

export interface NodeAddress {
  /** 0 are the inputs, l + 1 the outputs of layer l. */
  readonly layer: number
  readonly index: number
}

/** One or more things of a kind, each once, or nothing. */
export type Selection =
  | { readonly type: 'none' }
  | { readonly type: 'edges'; readonly edges: readonly EdgeAddress[] }
  | { readonly type: 'nodes'; readonly nodes: readonly NodeAddress[] }
  | { readonly type: 'layers'; readonly layers: readonly number[] }

/** How important the edges of a layer are, by the convention that a person chose, and where its inputs live. */
export interface LayerScores {
  /** [O, I]; 0 for pruned edges. */
  readonly scores: Float32Array
  /** Smallest and largest value of each input, [I]. */
  readonly minimum: Float32Array
  readonly maximum: Float32Array
}

/** The newest numbers, read in the draw loop and never through React. */
export interface NetworkLive {
  readonly parameters: readonly LayerDrawing[]
  readonly importance: readonly LayerScores[] | null
  /** Grows whenever one of the others changes. */
  readonly version: number
  /** Edges that would be pruned, as 1, [O, I] a layer; null where nothing is to be pruned. Curves do not depend on them. */
  readonly ghosts: readonly Uint8Array[] | null
  subscribe(listener: () => void): () => void
}

export function sameEdge(a: EdgeAddress | null, b: EdgeAddress | null): boolean {
  if (a === null || b === null) return a === b
  return a.layer === b.layer && sameIndex(a.edge, b.edge)
}
