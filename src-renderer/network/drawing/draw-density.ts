/** Layers with too many edges for lines: a picture of the scores, a pixel an edge, and curves in its cells when zoomed in far enough. */

import { formatCount } from '../../ui/format'
import { FORMULA, FROZEN, PRUNED, TIE_COLOURS, TIED, tieNumber } from '../numbers/flags'
import { type LayerInk, LEAVING } from '../numbers/ink'
import { cellBox } from '../place/boxes'
import { turnedSize } from '../place/turn'
import { edgeBox, type SeenPair, seenRows } from '../place/view'
import { rgb } from './colours'
import { drawCurves, traceBox } from './draw-edges'
import type { Drawing } from './drawing'
import type { Scene } from './scene'
import { upright } from './upright'

type SeenMatrix = SeenPair & { type: 'matrix' }

/** A locked or tied edge shows its colour even where it has no importance. */
const LEAST_MARKED = 90
/** Smallest cell with a sign of what was done to its edge. */
const LEAST_SIGN = 6
/** Edges that would be pruned are seen, however weak they are. */
const LEAVING_SHADE = 70

/** Shades are stretched over the layer's scores: its strongest edge is darkest. */
const GAMMA = 1.2
const SHADES = Uint8Array.from({ length: 256 }, (_, n) => Math.round(255 * (n / 255) ** GAMMA))

export interface DensityPainter {
  draw(context: Drawing, scene: Scene, pair: SeenMatrix): void
}

/** A picture of a layer: each of its pixels stands for some rows and columns of the table, and shows the strongest edge there. */
interface Picture {
  readonly ink: LayerInk
  readonly colours: Scene['colours']
  /** Outputs and inputs of a pixel. */
  readonly across: number
  readonly down: number
  readonly canvas: HTMLCanvasElement
  /** What was done to edges: a colour alone would not say it to everyone. */
  readonly marks: string
}

/** Keeps one picture a layer, painted again only when its inks, the colours or what a pixel stands for change. */
export function createDensity(): DensityPainter {
  const pictures = new Map<number, Picture>()
  return {
    draw(context, scene, pair) {
      const ink = scene.inks[pair.layer]
      const width = pair.cellWidth * pair.outputs
      const height = pair.cellHeight * pair.inputs
      const { size } = scene.seen
      if (ink === undefined || pair.left > size.width || pair.left + width < 0) return
      if (pair.detail === 'cells') {
        drawCells(context, scene, pair)
        return
      }
      const [across, down] = [together(pair.cellWidth), together(pair.cellHeight)]
      let picture = pictures.get(pair.layer)
      if (
        picture?.ink !== ink ||
        picture.colours !== scene.colours ||
        picture.across !== across ||
        picture.down !== down
      ) {
        const canvas = picture?.canvas ?? document.createElement('canvas')
        picture = { ink, colours: scene.colours, across, down, canvas, marks: marksOf(ink) }
        paint(picture)
        pictures.set(pair.layer, picture)
      }
      context.fillStyle = scene.colours.panel
      context.fillRect(pair.left, pair.top, width, height)
      // A pixel of the picture is never smaller than one of the screen: it stays as crisp as that.
      context.imageSmoothingEnabled = false
      drawSeen(context, picture, pair, size)
      if (Math.min(pair.cellWidth, pair.cellHeight) >= LEAST_SIGN) drawSigns(context, scene, pair, ink)
      context.strokeStyle = scene.colours.lineStrong
      context.lineWidth = 1
      context.beginPath()
      context.roundRect(
        Math.round(pair.left) - 0.5,
        Math.round(pair.top) - 0.5,
        Math.round(width) + 1,
        Math.round(height) + 1,
        3,
      )
      context.stroke()
      context.font = `11px ${scene.colours.mono}`
      context.fillStyle = scene.colours.ink3
      context.textAlign = 'center'
      const room = turnedSize({ width, height }, scene.seen.orientation).width + 60
      const fits = (text: string) => context.measureText(text).width < room
      const label = captions(pair, picture).find(fits) ?? ''
      const whole = { x: pair.left + width / 2, y: pair.top + height / 2, width, height }
      upright(context, scene.seen, whole, (at) => context.fillText(label, at.x, at.y + at.height / 2 + 17))
    },
  }
}

/** What is written under a table, from what is long to what is short. */
function captions({ inputs, outputs }: SeenMatrix, { ink: { strongest }, marks }: Picture): readonly string[] {
  const count = `${formatCount(inputs * outputs)} edges`
  const most = strongest < 1 ? [`${count} · scores to ${(Math.atanh(strongest) / 3).toPrecision(2)}`] : []
  return [
    ...most.flatMap((text) => (marks === '' ? [`${text} · input × output`] : [`${text} · ${marks}`])),
    ...(marks === '' ? [] : [`${count} · ${marks}`, marks]),
    ...most,
    count,
  ]
}

/** `12 locked, 3 tied`. */
function marksOf({ flags }: LayerInk): string {
  const kinds = [
    [FROZEN, 'locked'],
    [TIED, 'tied'],
    [FORMULA, 'formulas'],
    [PRUNED, 'pruned'],
  ] as const
  const counts = kinds.map(([flag, word]) => ({
    word,
    count: flags.reduce((n, of) => n + ((of & flag) === 0 ? 0 : 1), 0),
  }))
  return counts.flatMap(({ word, count }) => (count === 0 ? [] : [`${formatCount(count)} ${word}`])).join(', ')
}

/** Whether a cell of some size shows a sign, and its shape from the cell's middle. The last that applies is drawn. */
const SIGNS: readonly { flag: number; colour: 'frozen' | 'tied' | 'symbolic' | 'ghost'; trace: SignTrace }[] = [
  {
    flag: TIED,
    colour: 'tied',
    trace(context, x, y, reach) {
      context.moveTo(x + reach, y)
      context.arc(x, y, reach, 0, 2 * Math.PI)
    },
  },
  {
    flag: FROZEN,
    colour: 'frozen',
    trace: (context, x, y, reach) => context.roundRect(x - reach, y - reach, 2 * reach, 2 * reach, 0),
  },
  {
    flag: FORMULA,
    colour: 'symbolic',
    trace(context, x, y, reach) {
      context.moveTo(x - reach, y + reach)
      context.lineTo(x + reach, y - reach)
    },
  },
  {
    flag: PRUNED,
    colour: 'ghost',
    trace(context, x, y, reach) {
      context.moveTo(x - reach, y - reach)
      context.lineTo(x + reach, y + reach)
      context.moveTo(x - reach, y + reach)
      context.lineTo(x + reach, y - reach)
    },
  },
]
type SignTrace = (context: Drawing, x: number, y: number, reach: number) => void

/** In cells too small for curves and badges: a ring where edges are tied, a square where they are locked, a stroke for a formula, a cross where they are pruned. */
function drawSigns(context: Drawing, scene: Scene, pair: SeenMatrix, ink: LayerInk): void {
  const { colours } = scene
  const marked = seenCells(pair, scene.seen.size).filter((e) => ink.flags[e] !== 0)
  if (marked.length === 0) return
  const reach = Math.min(5, 0.3 * Math.min(pair.cellWidth, pair.cellHeight))
  const signOf = (e: number) => SIGNS.findLast(({ flag }) => ((ink.flags[e] as number) & flag) !== 0)
  for (const sign of SIGNS) {
    context.beginPath()
    for (const e of marked) {
      if (signOf(e) !== sign) continue
      const { x, y } = edgeBox(pair, e % pair.inputs, Math.floor(e / pair.inputs))
      sign.trace(context, x, y, reach)
    }
    // Seen on cells of every shade.
    context.strokeStyle = colours.panel
    context.lineWidth = 3
    context.stroke()
    context.strokeStyle = colours[sign.colour]
    context.lineWidth = 1.3
    context.stroke()
  }
}

/** How many rows or columns of a table a pixel stands for, so that it is no smaller than one of the screen. */
function together(cell: number): number {
  const wanted = 1 / (cell * window.devicePixelRatio)
  return wanted <= 1 ? 1 : 2 ** Math.ceil(Math.log2(wanted))
}

/** Which columns and rows of the table are in the window, from the first to before the last. */
function cellsInSight(pair: SeenMatrix, size: Scene['seen']['size']) {
  const { left: x, top: y, cellWidth, cellHeight } = pair
  const [left, right] = seenRows(x + cellWidth / 2, cellWidth, pair.outputs, size.width, cellWidth)
  const [top, bottom] = seenRows(y + cellHeight / 2, cellHeight, pair.inputs, size.height, cellHeight)
  return { left, right, top, bottom }
}

/** Draws only the cells in the window: a picture magnified a hundredfold is not rasterised whole. */
function drawSeen(context: Drawing, { across, down, canvas }: Picture, pair: SeenMatrix, size: Scene['seen']['size']) {
  const { left, right, top, bottom } = cellsInSight(pair, size)
  if (right <= left || bottom <= top) return
  context.drawImage(
    canvas,
    left / across,
    top / down,
    (right - left) / across,
    (bottom - top) / down,
    pair.left + left * pair.cellWidth,
    pair.top + top * pair.cellHeight,
    (right - left) * pair.cellWidth,
    (bottom - top) * pair.cellHeight,
  )
}

function paint({ ink, colours, across, down, canvas }: Picture): void {
  canvas.width = Math.ceil(ink.outputs / across)
  canvas.height = Math.ceil(ink.inputs / down)
  const context = canvas.getContext('2d')
  if (context === null) return
  const plain = pixel(rgb(context, colours.ink))
  const frozen = pixel(rgb(context, colours.frozen))
  const symbolic = pixel(rgb(context, colours.symbolic))
  const leaving = pixel(rgb(context, colours.warn))
  const ties = TIE_COLOURS.map((colour) => pixel(rgb(context, colours[colour])))
  const image = context.createImageData(canvas.width, canvas.height)
  const pixels = new Uint32Array(image.data.buffer)
  for (let j = 0; j < ink.outputs; j++) {
    const column = Math.floor(j / across)
    for (let i = 0; i < ink.inputs; i++) {
      const e = j * ink.inputs + i
      const flags = ink.flags[e] as number
      if (flags & PRUNED) continue
      const shade = SHADES[Math.round((255 * (ink.ink[e] as number)) / ink.strongest)] ?? 255
      const leaves = ink.style[e] === LEAVING
      const dark = leaves ? LEAVING_SHADE : flags === 0 ? shade : Math.max(shade, LEAST_MARKED)
      const at = Math.floor(i / down) * canvas.width + column
      if (dark < (pixels[at] as number) >>> 24) continue
      const tied = flags & TIED ? (ties[tieNumber(flags) % ties.length] ?? plain) : plain
      const own = flags & FORMULA ? symbolic : flags & FROZEN ? frozen : tied
      const colour = leaves ? leaving : own
      pixels[at] = colour | (dark << 24)
    }
  }
  context.putImageData(image, 0, 0)
}

/** A colour as it lies in memory, without its opacity: every machine that Chromium runs on is little-endian. */
const pixel = ([r, g, b]: readonly [number, number, number]) => r | (g << 8) | (b << 16)

/** The edges whose cells are in the window, column by column. */
export function seenCells(pair: SeenMatrix, size: Scene['seen']['size']): readonly number[] {
  const { left, right, top, bottom } = cellsInSight(pair, size)
  const cells: number[] = []
  for (let j = left; j < right; j++) {
    for (let i = top; i < bottom; i++) if (pair.gone?.[j * pair.inputs + i] !== 1) cells.push(j * pair.inputs + i)
  }
  return cells
}

function drawCells(context: Drawing, scene: Scene, pair: SeenMatrix): void {
  const { colours } = scene
  const cells = seenCells(pair, scene.seen.size)
  const box = (e: number) => cellBox(edgeBox(pair, e % pair.inputs, Math.floor(e / pair.inputs)))
  context.beginPath()
  for (const e of cells) traceBox(context, box(e))
  context.fillStyle = colours.panel
  context.strokeStyle = colours.line
  context.lineWidth = 1
  context.fill()
  context.stroke()
  drawCurves(context, scene, pair, cells, box)
}
