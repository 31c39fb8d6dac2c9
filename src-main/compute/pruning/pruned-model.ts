/** What is a network like with some edges pruned, whose mean goes into the biases? */

import { addToBias } from '../../../src-shared/kan/edits/bias'
import type { Edit } from '../../../src-shared/kan/edits/edit'
import type { LayerParameters, Model } from '../../../src-shared/kan/parameters'
import { type EdgeIndex, inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { meansGiven } from '../../../src-shared/numerics/pruning'
import { UserError } from '../../../src-shared/user-error'

type Slots = readonly Uint32Array[]
/** Of each edge's phi over the rows, [O, I] a layer. */
type Means = readonly Float32Array[]

/** The edit that prunes them in a network that has these means. */
export function pruneToMean(model: Model, slots: Slots, means: Means): Edit {
  const { specification } = model
  refuseOthers(specification, slots)
  const shifts = finiteMeans(specification, slots, means)
  const edits = specification.layers.flatMap((_, layer): Edit[] => {
    const edges = edgesOf(specification, layer, slots)
    const shift = shifts[layer]
    const moved = shift === undefined ? null : addToBias(model, layer, shift)
    return [...(edges.length > 0 ? [{ type: 'prune', layer, edges } as const] : []), ...(moved === null ? [] : [moved])]
  })
  if (edits.length === 0) throw new UserError('There is nothing to prune: no edge is that weak.')
  return { type: 'sequence', edits }
}

/** The same for a network that has biases in every layer, without a way back: a slider asks for it again and again. */
export function prunedModel(
  { specification, parameters }: Pick<Model, 'specification' | 'parameters'>,
  slots: Slots,
  means: Means,
): { readonly specification: Specification; readonly parameters: readonly LayerParameters[] } {
  refuseOthers(specification, slots)
  const shifts = finiteMeans(specification, slots, means)
  return {
    specification: {
      ...specification,
      layers: specification.layers.map((layer, l) => ({
        ...layer,
        pruned: [...layer.pruned, ...edgesOf(specification, l, slots)],
      })),
    },
    parameters: parameters.map((held, l) => ({
      ...held,
      bias: held.bias?.map((value, j) => value + (shifts[l]?.[j] ?? 0)) ?? null,
    })),
  }
}

/** Every layer with biases, of 0 where it had none. */
export function withBiases({
  specification,
  parameters,
}: Pick<Model, 'specification' | 'parameters'>): Pick<Model, 'specification' | 'parameters'> {
  return {
    specification: { ...specification, layers: specification.layers.map((layer) => ({ ...layer, bias: true })) },
    parameters: parameters.map((held, l) => ({
      ...held,
      bias: held.bias ?? new Float64Array(specification.layers[l]?.nodes ?? 0),
    })),
  }
}

/** A mean that is no finite number says nothing. */
function finiteMeans(specification: Specification, slots: Slots, means: Means): readonly Float64Array[] {
  return meansGiven(specification, slots, means).map((layer) =>
    layer.map((value) => (Number.isFinite(value) ? value : 0)),
  )
}

function edgesOf(specification: Specification, l: number, slots: Slots): EdgeIndex[] {
  const inputs = inputsOf(specification, l)
  return Array.from(slots[l] ?? [], (e): EdgeIndex => [e % inputs, Math.floor(e / inputs)])
}

/** They were chosen for a network of another shape. */
function refuseOthers(specification: Specification, slots: Slots): void {
  const fit =
    slots.length === specification.layers.length &&
    specification.layers.every(({ nodes }, l) => {
      const count = nodes * inputsOf(specification, l)
      return slots[l]?.every((e) => e < count)
    })
  if (!fit) throw new UserError('The network was changed meanwhile: choose anew what to prune.')
}
