/** What is in hand, in words: for the label over the network and for screen readers. */
import { parameterCount } from '../../src-shared/kan/parameters'
import type { Specification } from '../../src-shared/kan/specification'
import { basisTitle } from '../network/words'
import { formatCount } from '../ui/format'
import { editOf, foreseen, type Hand } from './hand'

/** `Insert RBF before layer 2`; where nothing would change, what to do instead. */
export function handWords(hand: Hand, specification: Specification): string {
  const { layers } = specification
  const change = editOf(hand, specification, null)
  switch (hand.type) {
    case 'block': {
      const { title } = hand.block
      if (hand.place === null) return `${title}: drop it between two layers, or onto one`
      if (hand.place.type === 'layer') {
        const layer = hand.place.layer + 1
        return change === null ? `Layer ${layer} is that already` : `Change layer ${layer} to ${title}`
      }
      const { at } = hand.place
      return at === layers.length ? `Add ${title} after the last layer` : `Insert ${title} before layer ${at + 1}`
    }
    case 'layer': {
      const name = `layer ${hand.layer + 1}`
      if (change?.type !== 'move-layer') return `${capital(name)} stays where it is`
      return `Move ${name} to place ${change.to + 1}`
    }
    case 'width': {
      const before = layers[hand.layer]?.nodes ?? 0
      return `Layer ${hand.layer + 1}: ${before} → ${hand.nodes} ${hand.nodes === 1 ? 'node' : 'nodes'}`
    }
  }
}

/** `156 → 271 parameters`; null where nothing would change. */
export function changeWords(hand: Hand, specification: Specification): string | null {
  const after = foreseen(hand, specification)
  if (after === specification) return null
  const counts = new Set([specification, after].map((design) => formatCount(parameterCount(design))))
  return `${[...counts].join(' → ')} parameters`
}

/** What a layer would be called over its column: `RBF`. */
export function ghostTitle(hand: Hand, specification: Specification): string {
  if (hand.type === 'block') return hand.block.title
  const layer = specification.layers[hand.layer]
  return layer === undefined ? '' : basisTitle(layer.basis)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
