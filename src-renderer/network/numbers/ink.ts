/** How an edge is inked: by its score, and by what was done to it. Edge e = output · inputs + input, as in scores [O, I]. */
import { inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { columnWidths, deadNodes as deadAmong, prunedMasks } from '../../../src-shared/kan/ways'
import type { LayerScores } from '../types'
import { FORMULA, FROZEN, networkFlags, PRUNED, TIE_COLOURS, TIED, tieNumber } from './flags'

export interface LayerInk {
  readonly inputs: number
  readonly outputs: number
  /** A sum of {@link FROZEN}, {@link TIED}, {@link PRUNED}, {@link FORMULA} for each edge, and its {@link tieNumber}. */
  readonly flags: Uint8Array
  /** tanh(3 · score), as in the KAN papers; {@link UNKNOWN} before any score is known. */
  readonly ink: Float32Array
  /** Index into {@link STYLES} for each edge. */
  readonly style: Uint8Array
  /** The largest ink of an edge that is not pruned; 1 before any score is known. */
  readonly strongest: number
}

/** How lines of one kind are drawn. */
export interface LineStyle {
  readonly colour: 'ink' | 'frozen' | 'symbolic' | 'ghost' | 'warn' | (typeof TIE_COLOURS)[number]
  readonly alpha: number
  readonly width: number
  readonly dash: readonly number[]
}

const UNKNOWN = 0.5
/** tanh(3 · score) for scores from 0 to 2, beyond which it is 1: 50 000 edges are inked anew with every frame of training. */
const TANH = Float32Array.from({ length: 2049 }, (_, n) => Math.tanh((3 * n) / 1024))
const inkOf = (score: number) => (score < 2 ? (TANH[Math.round(score * 1024)] ?? 0) : 1)
const LEVELS = 10
const COLOURED_LEVELS = 4

/** Styles of one kind for inks from weak to strong, each told the middle of its part of 0 … 1. */
const levels = (count: number, style: (ink: number) => LineStyle) =>
  Array.from({ length: count }, (_, n) => style((n + 0.5) / count))
/** The style of edges that would be pruned; that of those that are is before it, all others behind it. */
export const LEAVING = 1
const FIRST = LEAVING + 1

/** From the faintest to what must never be covered: lines are drawn in this order. */
export const STYLES: readonly LineStyle[] = [
  { colour: 'ghost', alpha: 0.9, width: 1.2, dash: [1.5, 4] },
  { colour: 'warn', alpha: 0.85, width: 1.2, dash: [1.5, 4] },
  ...levels(LEVELS, (ink) => ({ colour: 'ink', alpha: inkAlpha(ink), width: 1.3, dash: [] })),
  ...TIE_COLOURS.flatMap((colour) =>
    levels(COLOURED_LEVELS, (ink) => ({ colour, alpha: 0.5 + 0.5 * ink, width: 1.4, dash: [7, 3] })),
  ),
  ...levels(COLOURED_LEVELS, (ink) => ({ colour: 'frozen', alpha: 0.5 + 0.5 * ink, width: 1.8, dash: [] })),
  ...levels(COLOURED_LEVELS, (ink) => ({
    colour: 'symbolic',
    alpha: 0.6 + 0.4 * ink,
    width: 1.5,
    dash: [9, 3, 1.5, 3],
  })),
]
/** Lines that need no dashes where a badge says what they are. */
export const isBadged = ({ colour }: LineStyle) => colour.startsWith('tied') || colour === 'symbolic'

/** Opacity of a line: an edge of no importance is still there. */
export function inkAlpha(ink: number): number {
  return 0.12 + 0.88 * ink
}

/**
 * The ink of every layer. Scores of another shape (from before an edit) are not used, nor are such ghosts.
 *
 * @param ghosts 1 where an edge would be pruned, [O, I] a layer
 */
export function inkNetwork(
  specification: Specification,
  importance: readonly LayerScores[] | null,
  ghosts: readonly Uint8Array[] | null = null,
): readonly LayerInk[] {
  return networkFlags(specification).map((flags, l): LayerInk => {
    const inputs = inputsOf(specification, l)
    const ink = new Float32Array(flags.length).fill(UNKNOWN)
    const scores = importance?.[l]?.scores
    let strongest = 1
    if (scores?.length === ink.length) {
      strongest = 1e-6
      for (let e = 0; e < ink.length; e++) {
        const one = inkOf(scores[e] as number)
        ink[e] = one
        if (one > strongest && ((flags[e] as number) & PRUNED) === 0) strongest = one
      }
    }
    const style = new Uint8Array(flags.length)
    const leaving = leavingOf(ghosts, l, style.length)
    for (let e = 0; e < style.length; e++) {
      style[e] = leaving?.[e] === 1 ? LEAVING : styleOf(flags[e] as number, ink[e] as number)
    }
    return { inputs, outputs: flags.length / inputs, flags, ink, style, strongest }
  })
}

/** The edges of a layer that would be pruned; undefined where the ghosts are of another shape. */
function leavingOf(ghosts: readonly Uint8Array[] | null, layer: number, edges: number): Uint8Array | undefined {
  return ghosts?.[layer]?.length === edges ? ghosts[layer] : undefined
}

interface ByStyle {
  /** The edges of style s are `order[starts[s]]` to before `order[starts[s + 1]]`, in their own order. */
  readonly order: Uint32Array
  readonly starts: Uint32Array
}

/** Edges laid out by their style: what is drawn as lines walks over each edge once, however many styles there are. */
export function edgesByStyle({ style }: LayerInk): ByStyle {
  const known = laidOut.get(style)
  if (known !== undefined) return known
  const starts = new Uint32Array(STYLES.length + 1)
  for (const s of style) starts[s + 1] = (starts[s + 1] as number) + 1
  for (let s = 1; s <= STYLES.length; s++) starts[s] = (starts[s] as number) + (starts[s - 1] as number)
  const next = starts.slice()
  const order = new Uint32Array(style.length)
  for (let e = 0; e < style.length; e++) {
    const s = style[e] as number
    order[next[s] as number] = e
    next[s] = (next[s] as number) + 1
  }
  laidOut.set(style, { order, starts })
  return { order, starts }
}

const laidOut = new WeakMap<Uint8Array, ByStyle>()

/** Importance of the nodes of a column, 0 … 1: the sum of their edges' inks, of the column's largest. */
export function nodeStrengths(layers: readonly LayerInk[], column: number): Float32Array {
  const after = layers[column]
  const before = layers[column - 1]
  const strengths = new Float32Array(after?.inputs ?? before?.outputs ?? 0)
  // What goes in says more about a hidden node than what goes out, and inputs have only what goes out.
  const layer = before ?? after
  if (layer === undefined) return strengths
  const { inputs, outputs, flags, ink } = layer
  for (let j = 0; j < outputs; j++) {
    for (let i = 0; i < inputs; i++) {
      const e = j * inputs + i
      if (((flags[e] as number) & PRUNED) !== 0) continue
      const node = before === undefined ? i : j
      strengths[node] = (strengths[node] as number) + (ink[e] as number)
    }
  }
  const largest = strengths.reduce((most, value) => Math.max(most, value), 1e-12)
  return strengths.map((value) => value / largest)
}

/** Nodes that nothing passes through, as 1, a list a column: edges that are pruned, or would be, are no way. */
export function deadNodes(specification: Specification, ghosts: readonly Uint8Array[] | null): readonly Uint8Array[] {
  const gone = prunedMasks(specification).map((pruned, l) => {
    const leaving = leavingOf(ghosts, l, pruned.length)
    return leaving === undefined ? pruned : pruned.map((one, e) => one | (leaving[e] ?? 0))
  })
  return deadAmong(columnWidths(specification), gone)
}

function styleOf(flags: number, ink: number): number {
  if ((flags & PRUNED) !== 0) return 0
  const at = (levels: number) => Math.min(levels - 1, Math.floor(ink * levels))
  const coloured = FIRST + LEVELS + at(COLOURED_LEVELS)
  if ((flags & FORMULA) !== 0) return coloured + (TIE_COLOURS.length + 1) * COLOURED_LEVELS
  if ((flags & FROZEN) !== 0) return coloured + TIE_COLOURS.length * COLOURED_LEVELS
  if ((flags & TIED) !== 0) return coloured + (tieNumber(flags) % TIE_COLOURS.length) * COLOURED_LEVELS
  return FIRST + at(LEVELS)
}
