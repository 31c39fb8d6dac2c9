/** Which edges of a layer are formulas, and where do the numbers of those formulas stand? */
import { AFFINE_SIZE, type SymbolicFunction } from '../numerics/symbolic'
import { edgeKey } from './locks'
import type { LayerTensors } from './parameters'
import type { EdgeIndex, LayerSpecification, Specification, SymbolicEdge } from './specification'

/** The function of each edge [O, I], undefined where it has a curve; null where every edge has one. */
export type LayerFunctions = readonly (SymbolicFunction | undefined)[] | null

export function functionsOf({ nodes, symbolic }: LayerSpecification, inputs: number): LayerFunctions {
  if (symbolic.length === 0) return null
  const functions = new Array<SymbolicFunction | undefined>(nodes * inputs).fill(undefined)
  for (const { edge, function: name } of symbolic) functions[edge[1] * inputs + edge[0]] = name
  return functions
}

/** a, b, c, d of each edge [O, I, 4] as the design has them, zeros where it has a curve; null where every edge has one. */
export function designNumbers({ nodes, symbolic }: LayerSpecification, inputs: number): Float64Array | null {
  if (symbolic.length === 0) return null
  const numbers = new Float64Array(nodes * inputs * AFFINE_SIZE)
  for (const { edge, a, b, c, d } of symbolic) numbers.set([a, b, c, d], AFFINE_SIZE * (edge[1] * inputs + edge[0]))
  return numbers
}

/** The design with the formulas' numbers as they are by now: what a file says. */
export function withTrainedNumbers(specification: Specification, parameters: readonly LayerTensors[]): Specification {
  if (specification.layers.every(({ symbolic }) => symbolic.length === 0)) return specification
  const layers = specification.layers.map((layer, l): LayerSpecification => {
    const held = parameters[l]
    if (held?.symbolic == null) return layer
    const numbers = held.symbolic
    const inputs = held.baseScaler.length / layer.nodes
    return {
      ...layer,
      symbolic: layer.symbolic.map((fixed) => {
        const [a = 0, b = 0, c = 0, d = 0] = numbers.subarray(AFFINE_SIZE * (fixed.edge[1] * inputs + fixed.edge[0]))
        return { ...fixed, a, b, c, d }
      }),
    }
  })
  return { ...specification, layers }
}

/** The formulas of a layer when some edges take that of another: all of them, or none where it has a curve. */
export function sharingFormula(
  symbolic: readonly SymbolicEdge[],
  first: EdgeIndex,
  others: readonly EdgeIndex[],
): SymbolicEdge[] {
  const keys = new Set(others.map(edgeKey))
  const formula = symbolic.find(({ edge }) => edgeKey(edge) === edgeKey(first))
  const rest = symbolic.filter(({ edge }) => !keys.has(edgeKey(edge)))
  return sortedFormulas([...rest, ...(formula === undefined ? [] : others.map((edge) => ({ ...formula, edge })))])
}

export function sortedFormulas(symbolic: readonly SymbolicEdge[]): SymbolicEdge[] {
  return [...symbolic].sort(({ edge: [i, j] }, { edge: [k, l] }) => i - k || j - l)
}
