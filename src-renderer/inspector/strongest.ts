/** Which of many edges matter most? */
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import type { EdgeAddress, LayerScores } from '../network/types'

export interface Scored {
  readonly at: EdgeAddress
  readonly score: number
}

/** The scores of edges, in their order; 0 where none is known. */
export function scoresOf(
  specification: Specification,
  importance: readonly LayerScores[] | null,
  edges: readonly EdgeAddress[],
): Float64Array {
  const inputs = specification.layers.map((_, layer) => inputsOf(specification, layer))
  return Float64Array.from(edges, ({ layer, edge: [input, output] }) => {
    const score = importance?.[layer]?.scores[output * (inputs[layer] ?? 1) + input] ?? 0
    return Number.isFinite(score) ? score : 0
  })
}

/** The `count` strongest, the first of equal ones first. */
export function strongest(edges: readonly EdgeAddress[], scores: Float64Array, count: number): readonly Scored[] {
  const found: Scored[] = []
  edges.forEach((at, n) => {
    const score = scores[n] ?? 0
    if (found.length === count && score <= (found.at(-1)?.score ?? 0)) return
    const place = found.findIndex((other) => other.score < score)
    found.splice(place < 0 ? found.length : place, 0, { at, score })
    if (found.length > count) found.pop()
  })
  return found
}
