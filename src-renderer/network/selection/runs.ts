/** Many edges at once: those of each layer as runs of numbers (edge e = output · inputs + input), which cost little however many they are. */
import { group } from 'd3'
import type { EdgeAddress } from '../types'

/** Edges of a layer, in order: each run from its first to before its last. */
export interface LayerRuns {
  readonly layer: number
  readonly inputs: number
  readonly count: number
  readonly runs: readonly (readonly [from: number, to: number])[]
}

/** Of the edges in runs those that fit. */
export function runsWhere(
  { layer, inputs, runs }: Omit<LayerRuns, 'count'>,
  fits: (edge: number) => boolean,
): LayerRuns {
  const found: [number, number][] = []
  let count = 0
  for (const [from, to] of runs) {
    for (let e = from; e < to; e++) {
      if (!fits(e)) continue
      count++
      const last = found.at(-1)
      if (last?.[1] === e) last[1] = e + 1
      else found.push([e, e + 1])
    }
  }
  return { layer, inputs, count, runs: found }
}

/** Edges as runs. @param inputsOf how many inputs a layer has */
export function runsOf(edges: readonly EdgeAddress[], inputsOf: (layer: number) => number): readonly LayerRuns[] {
  return [...group(edges, ({ layer }) => layer)].map(([layer, mine]) => {
    const inputs = inputsOf(layer)
    const numbers = Float64Array.from(mine, ({ edge }) => edge[1] * inputs + edge[0]).sort()
    return runsWhere({ layer, inputs, runs: [...numbers].map((e) => [e, e + 1]) }, () => true)
  })
}

/** The edges, each by its address. */
export function edgesOf(layers: readonly LayerRuns[]): readonly EdgeAddress[] {
  const edges: EdgeAddress[] = []
  for (const { layer, inputs, runs } of layers) {
    for (const [from, to] of runs) {
      for (let e = from; e < to; e++) edges.push({ layer, edge: [e % inputs, Math.floor(e / inputs)] })
    }
  }
  return edges
}
