/** The little signs at a slot's corners that say what colour says: locked, tied and to which; and which edges are formulas. */

import { FORMULA, FROZEN, PRUNED, TIED, tieColour, tieNumber } from '../numbers/flags'
import type { Box } from '../place/geometry'
import type { Colours } from './colours'
import type { Drawing } from './drawing'

type Trace = (context: Drawing) => void

const LOCK: Trace = (context) => {
  context.roundRect(3.5, 5.6, 5, 3.6, 0)
  context.moveTo(4.5, 5.6)
  context.lineTo(4.5, 4.2)
  context.arc(6, 4.2, 1.5, Math.PI, 2 * Math.PI)
  context.lineTo(7.5, 5.6)
}

const LINK: Trace = (context) => {
  context.moveTo(5, 6.8)
  context.bezierCurveTo(5.29, 7.16, 5.72, 7.37, 6.18, 7.39)
  context.bezierCurveTo(6.64, 7.41, 7.08, 7.23, 7.4, 6.9)
  context.lineTo(8.5, 5.8)
  context.bezierCurveTo(9.14, 5.16, 9.14, 4.14, 8.5, 3.5)
  context.bezierCurveTo(7.86, 2.86, 6.84, 2.86, 6.2, 3.5)
  context.moveTo(7, 5.2)
  context.bezierCurveTo(6.71, 4.84, 6.28, 4.63, 5.82, 4.61)
  context.bezierCurveTo(5.36, 4.59, 4.92, 4.77, 4.6, 5.1)
  context.lineTo(3.5, 6.2)
  context.bezierCurveTo(2.86, 6.84, 2.86, 7.86, 3.5, 8.5)
  context.bezierCurveTo(4.14, 9.14, 5.16, 9.14, 5.8, 8.5)
}

const FUNCTION: Trace = (context) => {
  context.moveTo(8, 3)
  context.bezierCurveTo(6.5, 2.5, 5.8, 3.3, 5.6, 4.5)
  context.lineTo(4.7, 9.2)
  context.bezierCurveTo(4.5, 10.2, 4, 10.7, 2.9, 10.3)
  context.moveTo(4, 5.6)
  context.lineTo(7.6, 5.6)
}

/** Half the height of a sign, and the room that a letter takes. */
const RADIUS = 7.5
const LETTER = 7

interface Sign {
  readonly trace: Trace
  readonly colour: string
  /** Tells signs of one kind apart. */
  readonly letter: string
}

/** Draws the badges of an edge: locked and tied at the upper right corner of its slot, a formula at the upper left one. */
export function drawBadges(context: Drawing, colours: Colours, flags: number, box: Box): void {
  const gone = (flags & PRUNED) !== 0
  const sign = (trace: Trace, colour: string, letter = ''): Sign => ({
    trace,
    colour: gone ? colours.ghost : colour,
    letter,
  })
  const size = Math.min(1.25, Math.max(0.5, box.height / 32))
  const top = box.y - box.height / 2
  let right = box.x + box.width / 2 - 2 + RADIUS * size
  const rightwards: Sign[] = []
  if ((flags & TIED) !== 0)
    rightwards.push(sign(LINK, colours[tieColour(flags)], String.fromCharCode(65 + tieNumber(flags))))
  if ((flags & FROZEN) !== 0) rightwards.push(sign(LOCK, colours.frozen))
  for (const one of rightwards) {
    const width = widthOf(one) * size
    drawSign(context, colours, one, right - width, top, size)
    right -= width + 1
  }
  if ((flags & FORMULA) !== 0)
    drawSign(context, colours, sign(FUNCTION, colours.symbolic), box.x - box.width / 2 + 2 - RADIUS * size, top, size)
}

const widthOf = ({ letter }: Sign) => 2 * RADIUS + (letter === '' ? 0 : LETTER)

function drawSign(context: Drawing, colours: Colours, sign: Sign, left: number, y: number, size: number): void {
  context.save()
  context.translate(left, y)
  context.scale(size, size)
  context.beginPath()
  context.roundRect(0, -RADIUS, widthOf(sign), 2 * RADIUS, RADIUS)
  context.fillStyle = colours.panel
  context.strokeStyle = sign.colour
  context.lineWidth = 1.1
  context.fill()
  context.stroke()
  if (sign.letter !== '') {
    context.font = `600 8.5px ${colours.font}`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillStyle = sign.colour
    context.fillText(sign.letter, 2 * RADIUS + LETTER / 2 - 2, 0.4)
  }
  context.translate(RADIUS - 6, -6.1)
  context.lineWidth = 1.3
  context.lineJoin = 'round'
  context.lineCap = 'round'
  context.beginPath()
  sign.trace(context)
  context.stroke()
  context.restore()
}
