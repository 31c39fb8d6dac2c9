/** What does the plot of an edge show? Numbers in, lines out, all in the network's own (scaled) units. */
import type { Distribution } from '../../../src-shared/contract/data'
import type { LayerDrawing } from '../../../src-shared/contract/telemetry'
import { sameEdge } from '../../../src-shared/kan/locks'
import { basisSize, type EdgeIndex, gridSize, type LayerSpecification } from '../../../src-shared/kan/specification'
import { baseValue } from '../../../src-shared/numerics/base'
import { edgeCurve } from '../../../src-shared/numerics/curve'

const POINTS = 160
/** More of them would be a fence. */
const MOST_KNOTS = 40
const MOST_HANDLES = 9

export interface CurveLines {
  readonly xs: Float64Array
  /** phi. */
  readonly ys: Float64Array
  /** The two parts that phi is the sum of; null where a formula takes their place. */
  readonly base: Float64Array | null
  readonly basis: Float64Array | null
  /** Knots or centres within what is shown. */
  readonly knots: readonly number[]
  /** Where a hand can take hold of the curve; none of a formula's. */
  readonly handles: readonly number[]
}

export function curveLines(
  layer: LayerSpecification,
  parameters: LayerDrawing,
  inputs: number,
  edge: EdgeIndex,
  distribution: Distribution | null,
): CurveLines {
  const [from, to] = shownRange(layer.range, distribution)
  const xs = Float64Array.from({ length: POINTS + 1 }, (_, p) => from + ((to - from) * p) / POINTS)
  const ys = edgeCurve(layer, parameters, inputs, edge, xs)
  const knots = knotsOf(layer, parameters, edge[0]).filter((knot) => knot >= from && knot <= to)
  const shown = knots.length > MOST_KNOTS ? [] : knots
  if (layer.symbolic.some((formula) => sameEdge(formula.edge, edge))) {
    return { xs, ys, base: null, basis: null, knots: [], handles: [] }
  }
  const scaler = parameters.baseScaler[edge[1] * inputs + edge[0]] ?? 0
  const base = Float64Array.from(xs, (x) => scaler * baseValue(layer.base, x))
  const basis = ys.map((y, p) => y - (base[p] as number))
  return { xs, ys, base, basis, knots: shown, handles: handlesIn(layer, from, to) }
}

/** Where data live, with a little room; the grid's range before data are known. */
function shownRange(
  [from, to]: readonly [number, number],
  distribution: Distribution | null,
): readonly [number, number] {
  if (!distribution || distribution.maximum <= distribution.minimum) return [from, to]
  const room = 0.05 * (distribution.maximum - distribution.minimum)
  return [distribution.minimum - room, distribution.maximum + room]
}

function knotsOf({ basis }: LayerSpecification, { grid }: LayerDrawing, input: number): number[] {
  const size = gridSize(basis)
  return grid === null ? [] : [...new Set(grid.subarray(input * size, (input + 1) * size))]
}

/** Evenly spaced, a little off the ends; no more than there are coefficients to move. */
function handlesIn({ basis }: LayerSpecification, from: number, to: number): number[] {
  const count = Math.min(MOST_HANDLES, basisSize(basis))
  return Array.from({ length: count }, (_, h) => from + ((to - from) * (h + 0.5)) / count)
}

/** The range of the values that are finite, 0 with them (a formula may have none somewhere); a flat curve gets room. */
export function shownHeight(...lines: readonly (Float64Array | null)[]): readonly [number, number] {
  let low = 0
  let high = 0
  for (const value of lines.flatMap((line) => (line === null ? [] : [...line]))) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return high - low < 1e-9 ? [low - 1, high + 1] : [low, high]
}
