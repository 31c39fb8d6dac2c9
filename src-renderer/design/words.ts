/** What is planned, in words: for the label over the network and for screen readers. */
import { nodeName } from '../../src-shared/kan/names'
import { parameterCount } from '../../src-shared/kan/parameters'
import type { Specification } from '../../src-shared/kan/specification'
import { basisTitle } from '../network/selection/words'
import { counted, formatCount } from '../ui/format'
import { editOf, foreseen, type Plan } from './plan'

/** `Insert RBF before layer 2`; where nothing would change, what to do instead. */
export function planWords(plan: Plan, specification: Specification): string {
  const { layers } = specification
  const change = editOf(plan, specification, null)
  switch (plan.type) {
    case 'block': {
      const { title } = plan.block
      if (plan.place === null) return `${title}: drop it between two layers, or onto one`
      if (plan.place.type === 'layer') {
        const layer = plan.place.layer + 1
        return change === null ? `Layer ${layer} is that already` : `Change layer ${layer} to ${title}`
      }
      const { at } = plan.place
      return at === layers.length ? `Add ${title} after the last layer` : `Insert ${title} before layer ${at + 1}`
    }
    case 'layer': {
      const name = `layer ${plan.layer + 1}`
      if (change?.type !== 'move-layer') return `${capital(name)} stays where it is`
      return `Move ${name} to place ${change.to + 1}`
    }
    case 'nodes': {
      const [only = 0] = plan.nodes
      const name =
        plan.nodes.length === 1 ? nodeName(specification, plan.layer + 1, only) : `${plan.nodes.length} nodes`
      return change === null ? `${name} stays where it is` : `Move ${name} to place ${plan.to + 1}`
    }
    case 'width': {
      const before = layers[plan.layer]?.nodes ?? 0
      return `Layer ${plan.layer + 1}: ${before} → ${plan.nodes} ${plan.nodes === 1 ? 'node' : 'nodes'}`
    }
  }
}

/** `156 → 271 parameters`; null where nothing would change. */
export function changeWords(plan: Plan, specification: Specification): string | null {
  const after = foreseen(plan, specification)
  if (after === specification) return null
  const counts = new Set([specification, after].map((design) => formatCount(parameterCount(design))))
  return `${[...counts].join(' → ')} parameters`
}

/** What a layer would be called over its column: `RBF`. */
export function ghostTitle(plan: Plan, specification: Specification): string {
  if (plan.type === 'block') return plan.block.title
  const layer = specification.layers[plan.layer]
  return layer === undefined ? '' : basisTitle(layer.basis)
}

/**
 * What a layer that became narrower lost, by the names that were on the screen: `Layer 1 lost its least important nodes, until
 * now h₂ and h₅ (those that stay are numbered anew)`.
 *
 * @param specification the design before
 */
export function narrowedWords(specification: Specification, layer: number, nodes: readonly number[]): string {
  const names = nodes.map((node) => nodeName(specification, layer + 1, node))
  const [last = ''] = names.splice(-1)
  const lost = `Layer ${layer + 1} lost its`
  // Of the last ones in their order nobody else takes the numbers.
  const left = (specification.layers[layer]?.nodes ?? 0) - nodes.length
  const anew = nodes.some((node) => node < left) ? ' (those that stay are numbered anew)' : ''
  if (names.length === 0) return `${lost} least important node, until now ${last}${anew}`
  if (names.length > 3) return `${lost} ${nodes.length} least important nodes${anew}`
  return `${lost} least important nodes, until now ${names.join(', ')} and ${last}${anew}`
}

/** What was pasted: `Pasted [2, 5, 1], 156 parameters, in the place of the network`. */
export function pastedWords(specification: Specification): string {
  const widths = [specification.inputs.length, ...specification.layers.map(({ nodes }) => nodes)]
  return `Pasted the network [${widths.join(', ')}] with ${counted(parameterCount(specification), 'parameter')} in the place of the one before`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
