/** Where a network is drawn when the whole of it is shown: a specification and a size in, positions in CSS pixels out. */
import { inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { columnWidths } from '../../../src-shared/kan/ways'
import { type Band, bandsOf, type GroupBand, groupBands, labelIn } from './bands'
import type { Size } from './geometry'
import { type Orientation, turnedSize } from './turn'

/** The inputs, or the outputs of a layer, one below the other: node i lies at (x, y + i · pitch). */
export interface Column {
  readonly count: number
  readonly x: number
  readonly y: number
  readonly pitch: number
  /** Of each node. Below {@link DOT} nodes are drawn as bars. */
  readonly radius: number
  /** Where names stand: in the circle, beside it with so much room, or nowhere. */
  readonly names: Names
}

/** `upright` from the bottom up, where there is room for them side by side; else they run along the network. */
type Names =
  | { readonly place: 'inside' }
  | { readonly place: 'left' | 'right'; readonly width: number; readonly upright: boolean }

/**
 * Every edge has a slot of its own in one column between its two layers, so that curves never overlap and lines fan
 * in and out. Slot e = output · inputs + input is centred at (x, y + e · pitch).
 */
export interface SlotPair {
  readonly type: 'slots'
  readonly layer: number
  readonly inputs: number
  readonly outputs: number
  readonly x: number
  readonly y: number
  readonly pitch: number
  readonly width: number
  readonly height: number
}

/** Many edges: a table with a row for each input and a column for each output, its corner at (left, top). */
export interface MatrixPair {
  readonly type: 'matrix'
  readonly layer: number
  readonly inputs: number
  readonly outputs: number
  readonly left: number
  readonly top: number
  readonly cellWidth: number
  readonly cellHeight: number
}

export type Pair = SlotPair | MatrixPair

/** Everything is laid out left to right, as if the window were turned where the network runs from the bottom up. */
export interface Layout {
  readonly orientation: Orientation
  /** Of the window, turned likewise. */
  readonly size: Size
  /** The inputs, then each layer's outputs. */
  readonly columns: readonly Column[]
  /** Inputs that come from one column of the table; their names are short where the column's stands beside them. */
  readonly bands: readonly Band[]
  /** Inputs that share their curves, with a bracket beside them, outside of those of the bands. */
  readonly groups: readonly GroupBand[]
  /** The edges of each layer, between columns l and l + 1. */
  readonly pairs: readonly Pair[]
  /** At most 1: how much smaller than {@link SLOT_HEIGHT} the tightest curves are. */
  readonly natural: number
}

/** Width of a text in CSS pixels, in the font of node names. */
export type Measure = (text: string) => number

/** A curve's slot at 100 %. */
export const SLOT_HEIGHT = 30
/** Radius of a node's circle at 100 %. */
const NODE_RADIUS = 15
const HIDDEN_RADIUS = 13
/** Below this radius circles say nothing any more. */
export const DOT = 4
/** Space that headers and tools need: over and below all columns, before the first and behind the last. */
const MARGINS = {
  low: { over: 70, below: 62, before: 0, behind: 0 },
  right: { over: 84, below: 68, before: 0, behind: 0 },
  up: { over: 150, below: 36, before: 76, behind: 40 },
} as const
/** In a window lower than this the headers and tools are nearer to its edges: network.css does likewise. */
const LOW = 400
const marginsOf = ({ height }: Size, orientation: Orientation) =>
  MARGINS[orientation === 'right' && height < LOW ? 'low' : orientation]
/** What is written under a table. */
const CAPTION = 20
/** Room of a bracket with a column's name along it, beside the names of inputs. */
export const BRACKET = 24
/** Below this pitch names of inputs and outputs cannot be read, and get no room of their own. */
export const LEAST_NAME = 11
/** Size of the names beside nodes, which grows a little with their radius; where nodes are close no name reaches into the next. */
export const nameSize = ({ radius, pitch }: Pick<Column, 'radius' | 'pitch'>) =>
  Math.min(11.5 * Math.min(1.3, Math.max(1, radius / 15)), pitch / NAME_LINE)
/** From the top of the highest letter to the bottom of the lowest, in sizes of the font. */
const NAME_LINE = 1.16
const MOST_LINES_OF_A_PAIR = 1500
const MOST_LINES = 3000
const MOST_LINES_OF_A_PAIR_AMONG_MANY = 256

/** Whether a layer's edges get slots or a table: 1500 lines are the most that a person can still follow, or a frame draw. */
export function pairType(edges: number, allEdges: number): Pair['type'] {
  const most = allEdges > MOST_LINES ? MOST_LINES_OF_A_PAIR_AMONG_MANY : MOST_LINES_OF_A_PAIR
  return edges > most ? 'matrix' : 'slots'
}

/** How far apart the nodes of a column stand in so much room: two come closer than they need to. */
export const pitchOf = (count: number, content: number) => (count === 2 ? content * 0.45 : content / count)

/** Number of edges of all layers. */
export function edgeCount(specification: Specification): number {
  return specification.layers.reduce((sum, layer, l) => sum + layer.nodes * inputsOf(specification, l), 0)
}

/** A curve is as wide as this for its height: small ones are flatter, so that their shape still shows. */
const slotWidth = (height: number) => height * 1.1 + 13
/** How much a curve of a height takes of the column of slots, and how much of the way to the next column. */
export const slotAcross = (height: number, orientation: Orientation) =>
  orientation === 'up' ? slotWidth(height) : height
export const slotAlong = (across: number, orientation: Orientation) =>
  orientation === 'up' ? Math.max(0, across - 13) / 1.1 : slotWidth(across)

/** Lays out a whole network in a window of a size. */
export function layoutNetwork(
  specification: Specification,
  window: Size,
  measure: Measure,
  orientation: Orientation = 'right',
): Layout {
  const size = turnedSize(window, orientation)
  const margins = marginsOf(size, orientation)
  const counts = columnWidths(specification)
  const total = edgeCount(specification)
  const pairsOf = specification.layers.map((layer, l) => {
    const inputs = inputsOf(specification, l)
    return { layer: l, inputs, outputs: layer.nodes, type: pairType(inputs * layer.nodes, total) }
  })

  const caption = orientation === 'right' && pairsOf.some((pair) => pair.type === 'matrix') ? CAPTION : 0
  const room = Math.max(80, size.height - margins.over - margins.below - caption)
  const natural = slotAcross(SLOT_HEIGHT, orientation)
  const wanted = Math.max(
    ...counts.map((count) => count * 150),
    ...pairsOf.map((pair) =>
      pair.type === 'matrix' ? Number.POSITIVE_INFINITY : pair.inputs * pair.outputs * 2 * natural,
    ),
  )
  const content = Math.min(room, wanted)
  const middle = margins.over + room / 2
  const xs = columnPositions(specification, { size, content, measure, orientation })
  const spacing = xs.spacing

  const columns = counts.map((count, c): Column => {
    const pitch = pitchOf(count, content)
    const outer = c === 0 || c === counts.length - 1
    const radius = Math.min(outer ? NODE_RADIUS : HIDDEN_RADIUS, pitch * 0.4, spacing * 0.14)
    const names = c === 0 ? xs.inputs : c === counts.length - 1 ? xs.outputs : ({ place: 'inside' } as const)
    return { count, x: xs.left + spacing * c, y: middle - (pitch * (count - 1)) / 2, pitch, radius, names }
  })

  const tightest = Math.min(
    ...pairsOf.map((pair) => (pair.type === 'slots' ? (0.84 * content) / (pair.inputs * pair.outputs) : 0)),
  )
  const highest = Math.max(natural, Math.min(slotAcross(52, orientation), tightest))
  const pairs = pairsOf.map(({ type, ...pair }): Pair => {
    const left = xs.left + spacing * pair.layer
    if (type === 'slots') {
      const edges = pair.inputs * pair.outputs
      const pitch = content / edges
      const height = Math.min(highest, pitch * 0.84)
      const width = Math.min(slotAlong(height, orientation), spacing * 0.36)
      return { type, ...pair, x: left + spacing * 0.52, y: middle - (pitch * (edges - 1)) / 2, pitch, width, height }
    }
    const width = Math.min(spacing * 0.56, Math.max(24, pair.outputs * 28))
    return {
      type,
      ...pair,
      left: left + spacing * 0.5 - width / 2,
      top: middle - content / 2,
      cellWidth: width / pair.outputs,
      cellHeight: content / pair.inputs,
    }
  })
  const smallest = pairs.map((pair) => {
    if (pair.type === 'slots') return pair.height / natural
    const cell = turnedSize({ width: pair.cellWidth, height: pair.cellHeight }, orientation)
    return Math.min(cell.height, cell.width * 0.65) / SLOT_HEIGHT
  })
  const { bands, groups } = xs
  return { orientation, size, columns, bands, groups, pairs, natural: Math.min(1, ...smallest) }
}

interface ColumnRoom {
  readonly size: Size
  readonly content: number
  readonly measure: Measure
  readonly orientation: Orientation
}

/** First column and spacing, leaving room for names that do not fit into their circles. */
function columnPositions(specification: Specification, { size, content, measure, orientation }: ColumnRoom) {
  const margins = marginsOf(size, orientation)
  const most = Math.min(216, size.width * 0.25)
  const least = orientation === 'up' ? NODE_RADIUS + 14 : Math.min(140, Math.max(44, size.width * 0.11))
  const side = (place: 'left' | 'right', named: readonly { readonly name: string }[]) => {
    const longest = named.reduce((most, { name }) => Math.max(most, measure(name)), 0)
    if (longest <= NODE_RADIUS * 1.6 && !(place === 'left' && bands.length > 0))
      return { names: { place: 'inside' } satisfies Names, margin: Math.max(least, NODE_RADIUS + 12 + brackets(place)) }
    const bracket = brackets(place)
    const pitch = content / named.length
    if (orientation === 'up' && longest <= pitch - 8) {
      const names: Names = { place, width: pitch - 8, upright: true }
      return { names, margin: Math.max(least, NODE_RADIUS + 34 + bracket) }
    }
    const names: Names = { place, width: Math.min(longest + 1, most), upright: false }
    const needed = pitch < LEAST_NAME ? 0 : names.width + NODE_RADIUS + 22 + bracket
    return { names, margin: Math.max(least, needed) }
  }
  const bands = bandsOf(specification.inputs)
  const groups = groupBands(specification.inputs)
  const lanes = Math.max(-1, ...groups.map(({ lane }) => lane)) + 1
  const brackets = (place: 'left' | 'right') => (place === 'left' ? BRACKET * ((bands.length > 0 ? 1 : 0) + lanes) : 0)
  const labels = specification.inputs.map(({ name }, i) => ({ name: labelIn(bands, i, name) }))
  const inputs = side('left', labels)
  const outputs = side('right', specification.outputs)
  const left = margins.before + inputs.margin
  const spacing = Math.max(20, size.width - left - outputs.margin - margins.behind) / specification.layers.length
  return { left, spacing, bands, groups, inputs: inputs.names, outputs: outputs.names }
}
