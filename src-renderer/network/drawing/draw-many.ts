/** Many edges that stand out together, each layer in two strokes however many they are; and the rectangle that takes them. */

import type { Rectangle } from '../hand/rectangle'
import { edgeBox, edgeHalves, seenRows } from '../place/view'
import type { LayerRuns } from '../selection/runs'
import { resetStyle, traceBox, traceHalf } from './draw-edges'
import type { Scene } from './scene'

/** Faint where many lie side by side, so that what is below still shows. */
const FILL = 0.16
/** Narrowest cell of a table with a border. */
const LEAST_BORDERED = 4

export function drawMany(context: CanvasRenderingContext2D, scene: Scene, many: LayerRuns, colour: string): void {
  const pair = scene.seen.pairs[many.layer]
  if (pair === undefined || pair.inputs !== many.inputs) return
  context.strokeStyle = colour
  context.fillStyle = colour
  context.setLineDash([])
  context.beginPath()
  if (pair.type === 'matrix') {
    for (const [from, to] of many.runs) {
      for (const [output, first, last] of rows(from, to, many.inputs)) {
        if (output >= pair.outputs) continue
        const left = pair.left + output * pair.cellWidth
        context.rect(left, pair.top + first * pair.cellHeight, pair.cellWidth, (last - first) * pair.cellHeight)
      }
    }
    context.globalAlpha = 2.5 * FILL
    context.fill()
    // Colour alone would not say it: what is selected has a border, too, where that leaves something of the cells.
    if (pair.cellWidth >= LEAST_BORDERED) {
      context.globalAlpha = 0.9
      context.lineWidth = Math.min(1.5, pair.cellWidth / 4)
      context.stroke()
    }
    resetStyle(context)
    return
  }
  const { height } = scene.seen.size
  const count = pair.inputs * pair.outputs
  const [top, bottom] = seenRows(pair.y, pair.pitch, count, height, pair.height / 2)
  const seen: number[] = []
  for (const [from, to] of many.runs) {
    for (let e = Math.max(from, top); e < Math.min(to, bottom); e++) seen.push(e)
  }
  for (const e of seen) {
    const [left, right] = edgeHalves(scene.seen, pair, e % pair.inputs, Math.floor(e / pair.inputs))
    traceHalf(context, left)
    traceHalf(context, right)
  }
  context.globalAlpha = 0.7
  context.lineWidth = 1.5
  context.stroke()
  if (pair.detail === 'curves') {
    context.beginPath()
    for (const e of seen) traceBox(context, edgeBox(pair, e % pair.inputs, Math.floor(e / pair.inputs)))
    context.globalAlpha = FILL
    context.fill()
    context.globalAlpha = 1
    context.stroke()
  }
  resetStyle(context)
}

export function drawRectangle(context: CanvasRenderingContext2D, at: Rectangle, colour: string): void {
  const { left, top, right, bottom } = at
  context.beginPath()
  context.rect(Math.round(left) + 0.5, Math.round(top) + 0.5, Math.round(right - left), Math.round(bottom - top))
  context.fillStyle = colour
  context.strokeStyle = colour
  context.globalAlpha = 0.08
  context.fill()
  context.globalAlpha = 0.9
  context.lineWidth = 1
  context.setLineDash([])
  context.stroke()
  resetStyle(context)
}

/** A run in pieces of one output each: the output, its first input, and behind its last. */
function rows(from: number, to: number, inputs: number): readonly (readonly [number, number, number])[] {
  const pieces: [number, number, number][] = []
  for (let e = from; e < to; ) {
    const output = Math.floor(e / inputs)
    const end = Math.min(to, (output + 1) * inputs)
    pieces.push([output, e - output * inputs, end - output * inputs])
    e = end
  }
  return pieces
}
