/** Which numbers on the device train, which count in the gradient's norm, and which edges share a curve? */
import { withGroups } from '../../../../src-shared/kan/groups'
import { inputsOf, type Specification } from '../../../../src-shared/kan/specification'
import { edgeMask, trainableKinds } from '../../../../src-shared/numerics/locks'
import { edgeNumbers, type Layout, turned } from './numbers'

export interface Masks {
  /** Of the whole vector: 1 where a number trains; null where all do. */
  readonly trains: Uint8Array | null
  /** 1 where a number counts in the norm: a tie counts once; null where all do. */
  readonly counts: Float32Array | null
  readonly layers: readonly LayerMasks[]
}

interface LayerMasks {
  /** [I, O]: 1 where an edge has a curve and is not pruned. */
  readonly curves: Float32Array
  /** Of each edge, [I, O], the one whose slot its tie is added up in; null where there are no ties. */
  readonly leaders: Int32Array | null
}

export function masksOf(specification: Specification, { layers, length }: Layout): Masks {
  const trains = new Uint8Array(length)
  const counts = new Float32Array(length)
  const ofLayers = withGroups(specification).layers.map((layer, l): LayerMasks => {
    const place = layers[l]
    if (place === undefined) throw new RangeError(`no layer ${l}`)
    const inputs = inputsOf(specification, l)
    const edges = inputs * layer.nodes
    const moves = trainableKinds(layer, inputs).curves
    const counted = moves.slice()
    const leaders = Int32Array.from({ length: edges }, (_, e) => e)
    const turn = (slot: number) => (slot % inputs) * layer.nodes + Math.floor(slot / inputs)
    for (const tie of layer.tied) {
      const slots = tie.map(([input, output]) => output * inputs + input)
      for (const slot of slots) leaders[turn(slot)] = turn(slots[0] ?? slot)
      const [, ...others] = slots.filter((slot) => moves[slot] === 1)
      for (const slot of others) counted[slot] = 0
    }
    for (const [mask, whole] of [
      [turned(moves, inputs), trains] as const,
      [turned(counted, inputs), counts] as const,
    ]) {
      for (let k = 0; k < edgeNumbers(place); k++) whole[place.from + k] = mask[k % edges] as number
      whole.fill(1, place.from + edgeNumbers(place), place.from + edgeNumbers(place) + place.biases)
    }
    const gone = edgeMask([...layer.pruned, ...layer.symbolic.map(({ edge }) => edge)], layer.nodes, inputs)
    return {
      curves: Float32Array.from(turned(gone, inputs), (is) => 1 - is),
      leaders: layer.tied.length === 0 ? null : leaders,
    }
  })
  return {
    trains: trains.every((one) => one === 1) ? null : trains,
    counts: counts.every((one) => one === 1) ? null : counts,
    layers: ofLayers,
  }
}
