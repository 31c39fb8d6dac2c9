/** Which formula was asked for something that it has no value for? */

import { withGroups } from '../../../src-shared/kan/groups'
import { sameEdge } from '../../../src-shared/kan/locks'
import type { EdgeIndex, Specification } from '../../../src-shared/kan/specification'
import { AFFINE_SIZE, type SymbolicFunction, symbolicPhi } from '../../../src-shared/numerics/symbolic'
import type { DataHandle, Network } from '../engines/engine'

export interface OutOfDomain {
  readonly edge: EdgeIndex
  readonly function: SymbolicFunction
  /** a·x + b of the first row that has no value. */
  readonly argument: number
}

/** The first formula of a layer that gives no finite number for a finite input, or null where all do. */
export function findOutOfDomain(
  specification: Specification,
  network: Network,
  data: DataHandle,
  layer: number,
): OutOfDomain | null {
  const design = withGroups(specification).layers[layer]
  const numbers = network.readParameters()[layer]
  if (design === undefined || numbers?.symbolic == null) return null
  const { symbolic, baseScaler } = numbers
  const inputs = baseScaler.length / design.nodes
  for (const { edge, function: name } of design.symbolic) {
    if (design.pruned.some((pruned) => sameEdge(pruned, edge))) continue
    const at = AFFINE_SIZE * (edge[1] * inputs + edge[0])
    const isLost = (x: number) => Number.isFinite(x) && !Number.isFinite(symbolicPhi(name, symbolic, at, x))
    const x = network.layerInput(data, layer, edge[0]).find(isLost)
    if (x === undefined) continue
    return { edge, function: name, argument: (symbolic[at] as number) * x + (symbolic[at + 1] as number) }
  }
  return null
}
