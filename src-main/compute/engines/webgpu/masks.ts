/** What does the card know of an edge: what it is, whether it trains, and with which others it shares a curve? */
import { withGroups } from '../../../../src-shared/kan/groups'
import { inputsOf, type Specification } from '../../../../src-shared/kan/specification'
import { functionsOf } from '../../../../src-shared/kan/symbolic'
import { edgeMask, trainableEdges } from '../../../../src-shared/numerics/locks'
import { CURVE, formulaKind, PRUNED } from './kernels'
import type { LayerRecord } from './layout'

/** As in update.wgsl. */
const TRAINS = 1
const COUNTS = 2

export type MaskPlaces = Pick<LayerRecord, 'kinds' | 'trains' | 'ties' | 'tieCount'>

/** The numbers of `masks`, and where those of each layer are. */
export function masksOf(specification: Specification): { masks: Uint32Array; places: readonly MaskPlaces[] } {
  const masks: number[] = []
  const places = withGroups(specification).layers.map((layer, l): MaskPlaces => {
    const inputs = inputsOf(specification, l)
    const pruned = edgeMask(layer.pruned, layer.nodes, inputs)
    const functions = functionsOf(layer, inputs)
    const kinds = masks.length
    pruned.forEach((gone, e) => {
      const name = functions?.[e]
      masks.push(gone === 1 ? PRUNED : name === undefined ? CURVE : formulaKind(name))
    })
    const trains = masks.length
    const moves = trainableEdges(layer, inputs)
    const ofTies = layer.tied.map((tie) => tie.map(([input, output]) => output * inputs + input))
    const counts = moves.slice()
    for (const slots of ofTies) {
      // A tie counts once.
      const [, ...others] = slots.filter((slot) => moves[slot] === 1)
      for (const slot of others) counts[slot] = 0
    }
    moves.forEach((move, e) => {
      masks.push(TRAINS * move + COUNTS * (counts[e] as number))
    })
    const ties = masks.length
    let begin = ties + 2 * ofTies.length
    for (const slots of ofTies) {
      masks.push(begin, begin + slots.length)
      begin += slots.length
    }
    masks.push(...ofTies.flat())
    return { kinds, trains, ties, tieCount: ofTies.length }
  })
  return { masks: Uint32Array.from(masks), places }
}
