/** A layer's width by pointer, wheel and keys: shown at once, asked for when the hand rests. */
import { useStudio } from '../state/studio'
import { carryOut } from './carry-out'
import { letGo, useDesign } from './plan'

/** How long a wheel or a held key must rest, in milliseconds: all of its turns are one step of undo. */
const REST = 350
let timer = 0

/** The width as it is, or as it is planned. */
export function widthOf(layer: number): number | null {
  const { plan } = useDesign.getState()
  if (plan?.type === 'width' && plan.layer === layer) return plan.nodes
  return useStudio.getState().document?.specification.layers[layer]?.nodes ?? null
}

/** Shows a width while it is being chosen. */
export function showWidth(layer: number, nodes: number, grip: 'button' | 'nothing' = 'nothing'): void {
  useDesign.setState({ plan: { type: 'width', layer, nodes: Math.max(1, nodes) }, grip })
}

export function setWidth(layer: number, nodes: number): void {
  window.clearTimeout(timer)
  void carryOut({ type: 'width', layer, nodes: Math.max(1, nodes) })
}

/** Some nodes more or fewer, among other such wishes to come. */
export function nudgeWidth(layer: number, by: number): void {
  const before = widthOf(layer)
  if (before === null) return
  window.clearTimeout(timer)
  showWidth(layer, before + by)
  timer = window.setTimeout(() => {
    const { plan } = useDesign.getState()
    if (plan?.type === 'width') void carryOut(plan)
  }, REST)
}

/** Asks for the width that is shown. */
export function keepWidth(): void {
  const { plan } = useDesign.getState()
  if (plan?.type === 'width') void carryOut(plan)
  else letGo()
}
