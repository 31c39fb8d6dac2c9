/** The brackets beside the inputs: of those that come from one column of the table, and of those that share their curves. */
import { ARM, bracketsOf } from '../place/brackets'
import { resetStyle } from './draw-edges'
import type { Drawing } from './drawing'
import { elide } from './elide'
import type { Scene } from './scene'

/** Shortest bracket that has its name along it. */
const LEAST_LABELLED = 30

export function drawBrackets(context: Drawing, { colours, seen }: Scene): void {
  const size = 11
  context.font = `${size}px ${colours.font}`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  const measure = (text: string) => context.measureText(text).width
  for (const { x, top, bottom, arms, label, members } of bracketsOf(seen)) {
    if (bottom < 0 || top > seen.size.height) continue
    const grouped = members !== null
    context.strokeStyle = grouped ? colours.tied : colours.lineStrong
    context.lineWidth = grouped ? 1.6 : 1.2
    context.beginPath()
    context.moveTo(x, top)
    context.lineTo(x, bottom)
    for (const y of arms) {
      context.moveTo(x, y)
      context.lineTo(x + ARM, y)
    }
    context.stroke()
    if (bottom - top < LEAST_LABELLED) continue
    context.save()
    context.translate(x - 3 - size * 0.55, (top + bottom) / 2)
    context.rotate(seen.orientation === 'up' ? Math.PI / 2 : -Math.PI / 2)
    context.fillStyle = grouped ? colours.tied : colours.ink2
    context.fillText(elide(label, bottom - top, measure), 0, 0)
    context.restore()
  }
  context.textBaseline = 'alphabetic'
  resetStyle(context)
}
