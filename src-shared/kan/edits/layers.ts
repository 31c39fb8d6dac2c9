/** Edits of the structure: layers, their order and their widths. */
import { initializeLayer } from '../../numerics/initialize'
import { UserError } from '../../user-error'
import { refuseTooLarge } from '../memory'
import { layerAt } from '../names'
import { type Basis, inputsOf, type Specification } from '../specification'
import { checkBasis } from '../validate'
import type { Edit, LayerState } from './edit'
import { firstOnes, rearrange } from './rearrange'
import { orderAfter, shapeAfter } from './shapes'

export function setWidth(specification: Specification, l: number, nodes: number): Edit[] {
  const layer = layerAt(specification, l)
  checkWidth(nodes)
  if (l === specification.layers.length - 1) {
    throw new UserError('The last layer has a node for each output: choose other outputs to change its width.')
  }
  if (nodes === layer.nodes) throw new UserError(`Layer ${l + 1} has ${nodes} nodes already.`)
  const after = refusedIfLarge(shapeAfter(specification, { type: 'set-width', layer: l, nodes }))
  const places = firstOnes(layer.nodes, nodes)
  return [
    ...rearrange(specification, l, after, l, { outputs: places }),
    ...rearrange(specification, l + 1, after, l + 1, { inputs: places }),
  ]
}

export function addLayer(specification: Specification, at: number, nodes: number, basis: Basis): Edit[] {
  const { layers, outputs } = specification
  checkPlace(at, layers.length + 1)
  if (at === 0) refuseGrouped(specification)
  checkWidth(nodes)
  const isLast = at === layers.length
  const checked = checkBasis(basis)
  const after = refusedIfLarge(shapeAfter(specification, { type: 'add-layer', at, nodes, basis: checked }))
  const state: LayerState = { specification: layerAt(after, at), parameters: initializeLayer(after, at), moments: null }
  return [
    ...(isLast
      ? rearrange(specification, at - 1, after, at - 1, { outputs: firstOnes(outputs.length, nodes) })
      : rearrange(specification, at, after, at + 1, { inputs: firstOnes(inputsOf(specification, at), nodes) })),
    { type: 'splice-layers', at, remove: 0, layers: [state] },
  ]
}

export function removeLayer(specification: Specification, at: number): Edit[] {
  const { layers, outputs } = specification
  const removed = layerAt(specification, at)
  if (layers.length === 1) throw new UserError('The only layer of a network cannot be removed.')
  if (at === 0) refuseGrouped(specification)
  const isLast = at === layers.length - 1
  const inputs = inputsOf(specification, at)
  const after = refusedIfLarge(shapeAfter(specification, { type: 'remove-layer', at }))
  return [
    ...(isLast
      ? rearrange(specification, at - 1, after, at - 1, { outputs: firstOnes(inputs, outputs.length) })
      : rearrange(specification, at + 1, after, at, { inputs: firstOnes(removed.nodes, inputs) })),
    { type: 'splice-layers', at, remove: 1, layers: [] },
  ]
}

export function moveLayer(specification: Specification, from: number, to: number): Edit[] {
  const { layers } = specification
  layerAt(specification, from)
  checkPlace(to, layers.length)
  if (from === to) throw new UserError(`Layer ${from + 1} is there already.`)
  if (from === 0 || to === 0) refuseGrouped(specification)
  const order = orderAfter(layers.length, from, to)
  if (order[0] !== 0) for (const l of [0, order[0] ?? 0]) refuseTiedToDiscarded(specification, l)
  const moved = order.map((old) => layerAt(specification, old))
  const after = refusedIfLarge(shapeAfter(specification, { type: 'move-layer', from, to }))
  return [
    { type: 'order-layers', order },
    ...order.flatMap((old, l) =>
      rearrange({ ...specification, layers: moved }, l, after, l, {
        inputs: firstOnes(inputsOf(specification, old), inputsOf(after, l)),
        outputs: firstOnes(layerAt(specification, old).nodes, layerAt(after, l).nodes),
      }),
    ),
  ]
}

/** The layers must fit the network's inputs and outputs; `fitNetwork` sees to that. */
export function setNetwork(
  specification: Specification,
  states: readonly LayerState[],
  inputs: Specification['inputs'],
): Edit[] {
  refusedIfLarge({ ...specification, layers: states.map((state) => state.specification) })
  return [
    { type: 'splice-layers', at: 0, remove: specification.layers.length, layers: states },
    { type: 'set-ends', inputs, outputs: specification.outputs },
  ]
}

/** @throws UserError when the network would become too large, before anything is allocated */
function refusedIfLarge(after: Specification): Specification {
  refuseTooLarge(after)
  return after
}

/** Another first layer would have curves of its own for inputs that must share one. */
function refuseGrouped({ inputs }: Specification): void {
  const group = inputs.find((input) => input.group > 0)?.group
  if (group === undefined) return
  throw new UserError(
    `The first layer holds the curves that the inputs of group ${group} share: dissolve the group first.`,
  )
}

/** An edge of a discarded input rests, and lags behind its tie; in another place of the network it would not rest. */
function refuseTiedToDiscarded({ inputs, layers }: Specification, l: number): void {
  const isTied = (input: number) => layers[l]?.tied.some((edges) => edges.some(([from]) => from === input)) ?? false
  const resting = inputs.find(({ group }, input) => group < 0 && isTied(input))
  if (resting === undefined) return
  throw new UserError(
    `Layer ${l + 1} ties edges that rest, or would rest, with the discarded input ${resting.name}: untie them, or take the input back, first.`,
  )
}

function checkWidth(nodes: number): void {
  if (!Number.isSafeInteger(nodes) || nodes < 1) {
    throw new UserError(`A layer has a whole number of nodes, at least 1, not ${nodes}.`)
  }
}

function checkPlace(place: number, places: number): void {
  if (!Number.isInteger(place) || place < 0 || place >= places) {
    throw new UserError(`There is no place ${place + 1} for a layer: there are ${places}.`)
  }
}
