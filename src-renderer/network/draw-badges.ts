/** The little signs at a slot's corners that say what colour says: locked, tied and to which; and which edges are formulas. */
import type { Colours } from './colours'
import { FORMULA, FROZEN, PRUNED, TIED, tieColour, tieNumber } from './ink'
import type { Box } from './view'

const LOCK = 'M3.5 5.6h5v3.6h-5zM4.5 5.6V4.2a1.5 1.5 0 0 1 3 0v1.4'
const LINK =
  'M5 6.8a1.6 1.6 0 0 0 2.4.1l1.1-1.1a1.6 1.6 0 0 0-2.3-2.3M7 5.2a1.6 1.6 0 0 0-2.4-.1L3.5 6.2a1.6 1.6 0 0 0 2.3 2.3'

const FUNCTION = 'M8 3c-1.5-.5-2.2.3-2.4 1.5l-.9 4.7c-.2 1-.7 1.5-1.8 1.1M4 5.6h3.6'

/** Half the height of a sign, and the room that a letter takes. */
const RADIUS = 7.5
const LETTER = 7

interface Sign {
  readonly path: string
  readonly colour: string
  /** Tells signs of one kind apart. */
  readonly letter: string
}

/** Draws the badges of an edge: locked and tied at the upper right corner of its slot, a formula at the upper left one. */
export function drawBadges(context: CanvasRenderingContext2D, colours: Colours, flags: number, box: Box): void {
  const gone = (flags & PRUNED) !== 0
  const sign = (path: string, colour: string, letter = ''): Sign => ({
    path,
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
    drawSign(context, colours, sign(FUNCTION, colours.ink), box.x - box.width / 2 + 2 - RADIUS * size, top, size)
}

const widthOf = ({ letter }: Sign) => 2 * RADIUS + (letter === '' ? 0 : LETTER)

function drawSign(
  context: CanvasRenderingContext2D,
  colours: Colours,
  sign: Sign,
  left: number,
  y: number,
  size: number,
): void {
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
  context.stroke(path(sign.path))
  context.restore()
}

const paths = new Map<string, Path2D>()
function path(data: string): Path2D {
  let made = paths.get(data)
  if (made === undefined) {
    made = new Path2D(data)
    paths.set(data, made)
  }
  return made
}
