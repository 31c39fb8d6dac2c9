/** The network as it is seen, on white paper: as vectors and as pixels, drawn by what draws the canvas. */

import { columnWidths } from '../../../src-shared/kan/ways'
import { type Colours, readColours } from '../drawing/colours'
import { createDensity } from '../drawing/draw-density'
import { drawSlotPair } from '../drawing/draw-edges'
import { drawNodes } from '../drawing/draw-nodes'
import type { Drawing } from '../drawing/drawing'
import type { Scene } from '../drawing/scene'
import { turn } from '../drawing/upright'
import type { NodeNumbers } from '../numbers/numbers'
import { toWindow } from '../place/turn'
import { basisDetail, basisTitle, nodeCount } from '../selection/words'
import { type Frame, frameOf, TITLES } from './bounds'
import { SvgDrawing } from './svg'

/** What is seen now. */
export interface Sight {
  readonly scene: Scene
  readonly nodes: readonly NodeNumbers[]
}

/** Pixels of a point of the window: as fine as print. */
const SHARPNESS = 3

/** @returns the text of an SVG file */
export function svgOf(sight: Sight): string {
  const context = createCanvas(1, 1)
  const drawing = new SvgDrawing({
    frame: frameOf(sight.scene.seen),
    title: titleOf(sight),
    measureText(text, font) {
      context.font = font
      return context.measureText(text)
    },
    imageOf(image) {
      if (!(image instanceof HTMLCanvasElement)) throw new Error('only canvases are drawn')
      return { href: image.toDataURL('image/png'), width: image.width, height: image.height }
    },
  })
  drawPaper(drawing, sight, (name) => drawing.group(name))
  return drawing.toString()
}

/** @returns a PNG file */
export async function pngOf(sight: Sight): Promise<Blob> {
  const frame = frameOf(sight.scene.seen)
  const context = createCanvas(frame.width * SHARPNESS, frame.height * SHARPNESS)
  context.setTransform(SHARPNESS, 0, 0, SHARPNESS, -frame.x * SHARPNESS, -frame.y * SHARPNESS)
  drawPaper(context, sight, () => {})
  return new Promise((resolve, reject) =>
    context.canvas.toBlob((blob) => (blob === null ? reject(new Error('the picture is too large')) : resolve(blob))),
  )
}

function titleOf({ scene: { specification } }: Sight): string {
  return `${specification.name}: [${columnWidths(specification).join(', ')}]`
}

function createCanvas(width: number, height: number): CanvasRenderingContext2D {
  const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')
  if (context === null) throw new Error('this window has no 2D canvas')
  return context
}

/** @param part is told the name of what is drawn next */
function drawPaper(drawing: Drawing, { scene: shown, nodes }: Sight, part: (name: string) => void): void {
  const scene = { ...shown, colours: paperColours() }
  const { seen, colours, specification } = scene
  part('Paper')
  const frame = frameOf(seen)
  drawing.fillStyle = colours.canvas
  drawing.fillRect(frame.x, frame.y, frame.width, frame.height)
  const density = createDensity()
  drawing.save()
  turn(drawing, seen)
  for (const pair of seen.pairs) {
    part(`Edges of layer ${pair.layer + 1}`)
    if (pair.type === 'slots') drawSlotPair(drawing, scene, pair)
    else density.draw(drawing, scene, pair)
  }
  part('Nodes')
  drawNodes(drawing, scene, nodes, [])
  drawing.restore()
  part('Layers')
  const { layers, inputs } = specification
  const titles = [
    { title: 'Inputs', detail: String(inputs.length) },
    ...layers.map((layer) => ({
      title: basisTitle(layer.basis),
      detail: `${basisDetail(layer.basis)} · ${nodeCount(layer)}`,
    })),
  ]
  drawTitles(drawing, scene, titles, frame)
}

interface Title {
  readonly title: string
  readonly detail: string
}

/** The titles that stand in the page where the screen shows the network, each over its column where there is room. */
function drawTitles(drawing: Drawing, { seen, colours }: Scene, titles: readonly Title[], frame: Frame): void {
  drawing.textAlign = 'center'
  const isUp = seen.orientation === 'up'
  const spacing = (seen.columns[1]?.x ?? 0) - (seen.columns[0]?.x ?? 0)
  titles.forEach(({ title, detail }, c) => {
    const column = toWindow(seen, { x: seen.columns[c]?.x ?? 0, y: 0 })
    const at = isUp ? { x: frame.x + TITLES.up / 2, y: column.y - 28 } : { x: column.x, y: frame.y }
    for (const [text, font, down, colour] of [
      [title, `600 11.5px ${colours.font}`, 24, colours.ink],
      [detail, `11px ${colours.mono}`, 42, colours.ink3],
    ] as const) {
      drawing.font = font
      drawing.fillStyle = colour
      const fits = isUp ? spacing > 40 : drawing.measureText(text).width < spacing
      if (fits) drawing.fillText(text, at.x, at.y + down)
    }
  })
}

/** Ink on white, whatever the window's theme is. */
function paperColours(): Colours {
  const paper = Object.assign(document.createElement('div'), { hidden: true })
  paper.dataset.theme = 'light'
  document.body.append(paper)
  const colours = readColours(paper)
  paper.remove()
  return { ...colours, canvas: '#ffffff', panel: '#ffffff' }
}
