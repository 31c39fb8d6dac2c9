/** What are the rows and columns of a table called, whose nodes are out of sight? Written along its edges, as a spreadsheet's headers are. */
import { nodeName } from '../../../src-shared/kan/names'
import { DOT, LEAST_NAME, type Measure } from '../place/layout'
import { type SeenPair, seenRows } from '../place/view'
import type { Drawing } from './drawing'
import { elide } from './elide'
import type { Scene } from './scene'
import { upright } from './upright'

type SeenTable = SeenPair & { type: 'matrix' }

interface NameAt {
  readonly text: string
  /** The middle of its row or column. */
  readonly at: number
}

/** The names of a table's rows, or of its columns, beside it or over what of it is nearest to the edge of the window. */
export interface NameStrip {
  readonly of: 'rows' | 'columns'
  /** Across the names. */
  readonly from: number
  readonly to: number
  /** What of the window it takes along the names. */
  readonly start: number
  readonly end: number
  /** Whether it covers some of the table. */
  readonly over: boolean
  /** Names that stand beside each other and have no room like that are turned. */
  readonly turned: boolean
  readonly names: readonly NameAt[]
}

const SIZE = 11
/** Between names, one below the other. */
const LINE = 13
const LONGEST = { turned: 84, upright: 132 }
const GAP = 6
/** What headers and tools cover: before the first column, and over all of them. */
const COVERED = { right: { rows: 0, columns: 62 }, up: { rows: 56, columns: 132 } } as const
/** A ruler's steps, where not all names have room. */
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]

export function drawNames(context: Drawing, scene: Scene): void {
  context.font = `${SIZE}px ${scene.colours.font}`
  const measure = (text: string) => context.measureText(text).width
  for (const pair of scene.seen.pairs) {
    if (pair.type !== 'matrix') continue
    const rows = stripOf(scene, pair, 'rows', measure)
    const columns = stripOf(scene, pair, 'columns', measure)
    if (rows !== null) drawStrip(context, scene, rows, columns)
    if (columns !== null) drawStrip(context, scene, columns, rows)
  }
}

/** Null where the names can be read beside the nodes, the table is out of sight or too small for them. */
export function stripOf(
  { seen, specification }: Pick<Scene, 'seen' | 'specification'>,
  pair: SeenTable,
  of: NameStrip['of'],
  measure: Measure,
): NameStrip | null {
  const isRows = of === 'rows'
  const { width, height } = seen.size
  const { left, top, cellWidth, cellHeight, inputs, outputs } = pair
  const along = isRows
    ? { start: top, pitch: cellHeight, count: inputs, extent: height }
    : { start: left, pitch: cellWidth, count: outputs, extent: width }
  const across = isRows
    ? { edge: left, end: Math.min(width, left + cellWidth * outputs) }
    : { edge: top, end: Math.min(height, top + cellHeight * inputs) }
  const covered = COVERED[seen.orientation][of]
  if (isRows && areNamed(seen, pair.layer)) return null

  const [first, last] = seenRows(along.start + along.pitch / 2, along.pitch, along.count, along.extent, 0)
  const every = STEPS.find((step) => step * along.pitch >= LINE)
  if (last <= first || every === undefined) return null
  const boundary = isRows ? pair.layer : pair.layer + 1
  const nameOf = (n: number) => nodeName(specification, boundary, n)
  let longest = ''
  for (let n = 0; n < along.count; n++) {
    const name = nameOf(n)
    if (name.length > longest.length) longest = name
  }
  const stacked = isRows === (seen.orientation === 'right')
  const widest = measure(longest)
  const turned = !stacked && widest > along.pitch - GAP
  const room = turned ? LONGEST.turned : LONGEST.upright
  const thick = stacked || turned ? Math.min(room, widest) + 2 * GAP : SIZE + GAP
  const from = Math.max(covered, across.edge - thick)
  const over = from + thick > across.edge + 1
  // While the whole network is shown nothing of a table is covered; from the bottom up its caption stands there, too.
  const isCaptioned = isRows && seen.orientation === 'up' && pair.detail === 'density'
  if ((over ? seen.zoom <= 1 : isCaptioned) || from + thick + along.pitch > across.end) return null
  const names: NameAt[] = []
  const hidden = COVERED[seen.orientation][isRows ? 'columns' : 'rows']
  for (let n = first; n < last; n++) {
    const at = along.start + (n + 0.5) * along.pitch
    if ((every > 1 && (n + 1) % every !== 0) || at < hidden + SIZE / 2) continue
    names.push({ text: elide(nameOf(n), room, measure), at })
  }
  const start = Math.max(0, along.start)
  const end = Math.min(along.extent, along.start + along.count * along.pitch)
  return { of, from, to: from + thick, start, end, over, turned, names }
}

/** Whether the nodes before a layer can be seen with their names. */
function areNamed({ columns }: Scene['seen'], layer: number): boolean {
  const column = columns[layer]
  if (column === undefined || column.x < column.radius) return false
  if (column.names.place === 'inside') return column.radius >= 10
  return column.radius >= DOT && column.pitch >= LEAST_NAME
}

/** @param other that of the table's other side: no name stands below it */
function drawStrip(context: Drawing, { seen, colours }: Scene, strip: NameStrip, other: NameStrip | null): void {
  const { of, from, to, start, end, over, turned, names } = strip
  const isRows = of === 'rows'
  const thick = to - from
  if (over) {
    // Up to the edge of the window: a slice of the table beyond its own names would puzzle.
    context.fillStyle = colours.canvas
    if (isRows) context.fillRect(0, start, to, end - start)
    else context.fillRect(start, 0, end - start, to)
  }
  context.font = `${SIZE}px ${colours.font}`
  context.fillStyle = colours.ink2
  context.textBaseline = 'middle'
  const stacked = isRows === (seen.orientation === 'right')
  const middle = (from + to) / 2
  for (const { text, at } of names) {
    if (other?.over && at < other.to + SIZE / 2 && at > other.from - SIZE / 2) continue
    const place = isRows ? { x: middle, y: at } : { x: at, y: middle }
    upright(context, seen, { ...place, width: 0, height: 0 }, ({ x, y }) => {
      if (stacked) {
        context.textAlign = 'right'
        context.fillText(text, x + thick / 2 - GAP, y)
      } else if (turned) {
        // Read upwards: from the table below, or up to the one above.
        const up = seen.orientation === 'up'
        context.save()
        context.translate(x, up ? y - thick / 2 + GAP : y + thick / 2 - GAP)
        context.rotate(-Math.PI / 2)
        context.textAlign = up ? 'right' : 'left'
        context.fillText(text, 0, 0)
        context.restore()
      } else {
        context.textAlign = 'center'
        context.fillText(text, x, y)
      }
    })
  }
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
}
