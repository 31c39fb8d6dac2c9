/** A round picture of each hidden node's values, painted a few times a second at most and never while a frame is drawn. */
import type { Specification } from '../../../src-shared/kan/specification'
import { type NodeValues, nodeValues, POINTS } from '../numbers/node-values'
import type { NetworkLive } from '../types'
import { type Colours, rgb } from './colours'

/** Side of a picture in pixels, and how often they follow the numbers, in milliseconds. */
const SIDE = 40
const PACE = 250

/** A picture a node, a list a hidden column. */
type Painted = readonly (readonly HTMLCanvasElement[])[]

export interface NodePictures {
  /** Paints anew soon, where the numbers, the design or the colours are others than before. */
  follow(specification: Specification, live: NetworkLive, colours: Colours): void
  /** The picture of a node of a column; null where there is none. */
  read(column: number, index: number): HTMLCanvasElement | null
  destroy(): void
}

export function createNodePictures(changed: () => void): NodePictures {
  let painted: Painted | null = null
  let known: { readonly specification: Specification; readonly version: number; readonly colours: Colours } | null =
    null
  let timer = 0
  return {
    follow(specification, live, colours) {
      const { version } = live
      if (known?.specification !== specification) painted = null
      if (known?.specification === specification && known.version === version && known.colours === colours) return
      known = { specification, version, colours }
      timer ||= window.setTimeout(
        () => {
          timer = 0
          if (known === null) return
          const values = nodeValues(known.specification, live.parameters, live.importance)
          painted = values && paint(values, known.specification, known.colours)
          changed()
        },
        painted === null ? 0 : PACE,
      )
    },
    read: (column, index) => painted?.[column - 1]?.[index] ?? null,
    destroy: () => window.clearTimeout(timer),
  }
}

function paint(values: NodeValues, { layers }: Specification, colours: Colours): Painted {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')
  if (context === null) return []
  const shades = {
    low: rgb(context, colours.low),
    middle: rgb(context, colours.panel),
    high: rgb(context, colours.high),
  }
  return values.map((column, l) => {
    const nodes = layers[l]?.nodes ?? 0
    return Array.from({ length: nodes }, (_, n) => paintNode(column, nodes, n, shades))
  })
}

type Rgb = readonly [number, number, number]

function paintNode(
  column: Float32Array,
  nodes: number,
  n: number,
  { low, middle, high }: { readonly low: Rgb; readonly middle: Rgb; readonly high: Rgb },
): HTMLCanvasElement {
  const canvas = Object.assign(document.createElement('canvas'), { width: SIDE, height: SIDE })
  const context = canvas.getContext('2d')
  if (context === null) return canvas
  const image = context.createImageData(SIDE, SIDE)
  const at = (a: number, b: number) => column[(b * POINTS + a) * nodes + n] ?? 0
  for (let py = 0; py < SIDE; py++) {
    for (let px = 0; px < SIDE; px++) {
      // Between the four points around, so that what is smooth looks so.
      const [x, y] = [(px / (SIDE - 1)) * (POINTS - 1), (py / (SIDE - 1)) * (POINTS - 1)]
      const [a, b] = [Math.min(POINTS - 2, Math.floor(x)), Math.min(POINTS - 2, Math.floor(y))]
      const [u, v] = [x - a, y - b]
      const above = at(a, b) * (1 - u) + at(a + 1, b) * u
      const below = at(a, b + 1) * (1 - u) + at(a + 1, b + 1) * u
      const value = above * (1 - v) + below * v
      const end = value < 0 ? low : high
      const part = Math.abs(value)
      const p = 4 * (py * SIDE + px)
      for (let c = 0; c < 3; c++) image.data[p + c] = (middle[c] ?? 0) * (1 - part) + (end[c] ?? 0) * part
      const away = Math.hypot(px - (SIDE - 1) / 2, py - (SIDE - 1) / 2)
      image.data[p + 3] = 255 * Math.min(1, Math.max(0, SIDE / 2 - away))
    }
  }
  context.putImageData(image, 0, 0)
  return canvas
}
