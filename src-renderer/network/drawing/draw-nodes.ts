/** The layer of nodes: circles with names, or bars of importance where there are too many for circles. */
import { nodeName } from '../../../src-shared/kan/names'
import type { NodeMark } from '../hand/highlights'
import type { NodeNumbers } from '../numbers/numbers'
import { labelIn } from '../place/bands'
import { type Column, DOT, LEAST_NAME, nameSize } from '../place/layout'
import { nodeY, seenRows } from '../place/view'
import { drawBrackets } from './draw-brackets'
import { resetStyle } from './draw-edges'
import { drawNames } from './draw-names'
import type { Drawing } from './drawing'
import { elide } from './elide'
import type { Scene } from './scene'
import { upright } from './upright'

/** Longest bar, and the part of the way to the next column that it takes at most. */
const LONGEST = 12
const LONGEST_PART = 0.3
/** Radius of the smallest node that shows a picture, and the room that a name needs below one. */
const LEAST_PICTURE = 8
const NAME_BELOW = 17
/** Narrowest bar: several nodes share one where they are nearer than this. */
const BAR = 6

export function drawNodes(
  context: Drawing,
  scene: Scene,
  numbers: readonly NodeNumbers[],
  marks: readonly NodeMark[],
): void {
  scene.seen.columns.forEach((column, c) => {
    const known = numbers[c]
    if (known === undefined) return
    const mine = marks.filter((mark) => mark.column === c)
    if (column.x < -400 || column.x > scene.seen.size.width + 400) return
    if (column.radius < DOT) drawBars(context, scene, column, known, mine)
    else drawCircles(context, scene, column, c, known, mine)
  })
  drawBrackets(context, scene)
  drawNames(context, scene)
  resetStyle(context)
}

/** Draws what the nodes of a hidden column are worth; false where there is nothing to draw. */
function drawPictures(
  context: Drawing,
  { seen, pictures }: Scene,
  column: Column,
  c: number,
  [from, to]: readonly [number, number],
): boolean {
  if (column.radius < LEAST_PICTURE || pictures?.read(c, from) == null) return false
  const side = 2 * column.radius - 3
  context.imageSmoothingEnabled = true
  for (let i = from; i < to; i++) {
    const picture = pictures.read(c, i)
    if (picture === null) continue
    const place = { x: column.x, y: nodeY(column, i), width: side, height: side }
    upright(context, seen, place, ({ x, y }) =>
      context.drawImage(picture, 0, 0, picture.width, picture.height, x - side / 2, y - side / 2, side, side),
    )
  }
  return true
}

function drawBars(
  context: Drawing,
  { colours, seen }: Scene,
  column: Column,
  { strengths }: NodeNumbers,
  marks: readonly NodeMark[],
): void {
  const together = Math.max(1, Math.ceil(BAR / column.pitch))
  const height = Math.max(1.2, together * column.pitch * 0.72)
  const spacing = (seen.columns[1]?.x ?? Number.POSITIVE_INFINITY) - (seen.columns[0]?.x ?? 0)
  const longest = Math.min(LONGEST, spacing * LONGEST_PART)
  context.fillStyle = colours.lineStrong
  const [from, to] = seenRows(column.y, column.pitch, column.count, seen.size.height, 20)
  for (let i = from - (from % together); i < to; i += together) {
    const end = Math.min(column.count, i + together)
    let sum = 0
    for (let n = i; n < end; n++) sum += strengths[n] as number
    const y = (nodeY(column, i) + nodeY(column, end - 1)) / 2
    context.fillRect(column.x - longest * 0.4, y - height / 2, 1.5 + (longest * sum) / (end - i), height)
  }
  for (const mark of marks) {
    context.beginPath()
    context.arc(column.x, nodeY(column, mark.index), 7, 0, 2 * Math.PI)
    context.fillStyle = colours.accent
    context.strokeStyle = colours.canvas
    context.lineWidth = 2
    context.fill()
    context.stroke()
  }
}

function drawCircles(
  context: Drawing,
  scene: Scene,
  column: Column,
  c: number,
  { dead }: NodeNumbers,
  marks: readonly NodeMark[],
): void {
  const { colours, seen } = scene
  const [from, to] = seenRows(column.y, column.pitch, column.count, seen.size.height, column.radius + 2)
  const circle = (i: number, radius: number) => {
    const y = nodeY(column, i)
    context.moveTo(column.x + radius, y)
    context.arc(column.x, y, radius, 0, 2 * Math.PI)
  }
  context.fillStyle = colours.panel
  context.strokeStyle = colours.lineStrong
  context.lineWidth = column.radius > 8 ? 1.5 : 1.2
  context.beginPath()
  for (let i = from; i < to; i++) circle(i, column.radius)
  context.fill()
  context.stroke()

  for (const { index, selected } of marks) {
    context.beginPath()
    circle(index, column.radius)
    context.fillStyle = selected ? colours.accentSoft : colours.panel
    context.strokeStyle = colours.accent
    context.lineWidth = selected ? 2.2 : 1.6
    context.fill()
    context.stroke()
  }

  const hasPictures = drawPictures(context, scene, column, c, [from, to])
  const inside = column.names.place === 'inside'
  const size = inside ? Math.min(22, column.radius * 0.76) : nameSize(column)
  if (size < 7.5 || column.pitch < LEAST_NAME) return
  context.font = inside ? `600 ${size}px ${colours.font}` : `${size}px ${colours.font}`
  context.textAlign = inside ? 'center' : column.names.place === 'left' ? 'right' : 'left'
  context.textBaseline = 'middle'
  const measure = (text: string) => context.measureText(text).width
  for (let i = from; i < to; i++) {
    const whole = nodeName(scene.specification, c, i)
    const name = c === 0 ? labelIn(seen.bands, i, whole) : whole
    context.globalAlpha = dead[i] === 1 ? 0.45 : 1
    const discarded = c === 0 && scene.specification.inputs[i]?.group === -1
    const marked = marks.some((mark) => mark.index === i)
    const place = { x: column.x, y: nodeY(column, i), width: 2 * column.radius, height: 2 * column.radius }
    if (column.names.place === 'inside') {
      context.fillStyle = marked
        ? colours.accent
        : c === 0 || c === seen.columns.length - 1
          ? colours.ink
          : colours.ink2
      upright(context, seen, place, ({ x, y }) => {
        if (hasPictures) {
          if (column.pitch >= 2 * column.radius + NAME_BELOW) context.fillText(name, x, y + column.radius + 8)
          return
        }
        const middle = y + size * 0.04
        if (measure(name) <= column.radius * 2 - 4) context.fillText(name, x, middle)
        if (discarded) context.fillRect(x - column.radius * 0.55, middle, column.radius * 1.1, 1.2)
      })
      continue
    }
    context.fillStyle = marked ? colours.accent : colours.ink
    const side = column.names.place === 'left' ? -1 : 1
    const shown = elide(name, column.names.width * (size / 11.5), measure)
    const away = column.radius + 7
    if (column.names.upright) {
      context.textAlign = 'center'
      upright(context, seen, place, ({ x, y }) => {
        const middle = y - side * (away + size * 0.5)
        context.fillText(shown, x, middle)
        if (discarded) context.fillRect(x - measure(shown) / 2, middle, measure(shown), 1.2)
      })
      continue
    }
    const [x, y] = [place.x + side * away, place.y + size * 0.04]
    context.fillText(shown, x, y)
    // Inputs, whose names stand at the left.
    if (discarded) context.fillRect(x - measure(shown), y, measure(shown), 1.2)
  }
  context.globalAlpha = 1
  context.textBaseline = 'alphabetic'
}
