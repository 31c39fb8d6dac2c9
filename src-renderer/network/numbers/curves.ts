/** The curve of each edge as a polyline ready to draw, computed when it is first seen and again when its numbers change. */
import type { LayerDrawing } from '../../../src-shared/contract/telemetry'
import { tensorLengths } from '../../../src-shared/kan/parameters'
import { type EdgeIndex, inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { edgeCurve } from '../../../src-shared/numerics/curve'
import type { LayerScores } from '../types'

/** Points of a polyline, evenly spaced over the input's range. */
export const CURVE_POINTS = 41
/** A curve much flatter than its layer's strongest is drawn flat: never blown up beyond this part of it. */
const FLATTEST = 0.12
/** A curve was never computed, or for a design that has changed since. */
const NEVER = -2
const OLD = -1

export interface CurveCache {
  /** Takes new numbers; every curve is out of date from now on, unless `version` is the one it was computed for. */
  update(specification: Specification, numbers: CurveNumbers): void
  /**
   * Computes the out-of-date curves among `edges` of a layer until `late()`.
   * @returns how many of the edges it got through, and whether any curve was computed
   */
  refresh(
    layer: number,
    edges: readonly number[],
    late: () => boolean,
  ): { readonly done: number; readonly changed: boolean }
  /** Heights 0 (top) … 1 (bottom) of a curve's {@link CURVE_POINTS} points into `heights`, not finite where it has no value; false while it is not known. */
  read(layer: number, edge: number, heights: Float32Array): boolean
}

interface CurveNumbers {
  readonly parameters: readonly LayerDrawing[]
  readonly importance: readonly LayerScores[] | null
  readonly version: number
}

interface LayerCurves {
  readonly inputs: number
  /** [edges, CURVE_POINTS]: phi as it is. Empty until a curve is seen: a large network may never show one. */
  values: Float32Array
  readonly lowest: Float32Array
  readonly highest: Float32Array
  /** Version of the numbers that each was computed from, or {@link NEVER}, or {@link OLD}. */
  readonly versions: Float64Array
  /** Largest half height of the curves known so far. */
  strongest: number
}

export function createCurves(): CurveCache {
  let specification: Specification | null = null
  let numbers: CurveNumbers = { parameters: [], importance: null, version: -1 }
  let layers: LayerCurves[] = []
  const points = new Float64Array(CURVE_POINTS)

  return {
    update(nextSpecification, nextNumbers) {
      const { layers: next } = nextSpecification
      if (nextSpecification !== specification) {
        layers = next.map((layer, l) => {
          const inputs = inputsOf(nextSpecification, l)
          const before = layers[l]
          const edges = inputs * layer.nodes
          // Old curves stay on the screen until new ones are known; all are computed again.
          if (before?.inputs !== inputs || before.versions.length !== edges) return emptyCurves(inputs, edges)
          before.versions.forEach((version, e) => {
            if (version !== NEVER) before.versions[e] = OLD
          })
          return before
        })
      }
      specification = nextSpecification
      numbers = nextNumbers
    },

    refresh(l, edges, late) {
      const curves = layers[l]
      const parameters = numbers.parameters[l]
      const layer = specification?.layers[l]
      const nothing = { done: edges.length, changed: false }
      if (curves === undefined || parameters === undefined || layer === undefined) return nothing
      // Numbers from before an edit of the layer's shape: nothing to draw with until the new ones come.
      if (parameters.weights.length !== tensorLengths(layer, curves.inputs).weights) return nothing
      let changed = false
      for (let n = 0; n < edges.length; n++) {
        const e = edges[n] as number
        if (curves.versions[e] === numbers.version) continue
        if (late()) return { done: n, changed }
        changed = true
        const edge: EdgeIndex = [e % curves.inputs, Math.floor(e / curves.inputs)]
        const [from, to] = rangeOf(numbers.importance?.[l], edge[0], layer.range)
        for (let p = 0; p < CURVE_POINTS; p++) points[p] = from + ((to - from) * p) / (CURVE_POINTS - 1)
        store(curves, e, edgeCurve(layer, parameters, curves.inputs, edge, points), numbers.version)
      }
      return { done: edges.length, changed }
    },

    read(l, e, heights) {
      const curves = layers[l]
      if (curves === undefined || (curves.versions[e] ?? NEVER) === NEVER) return false
      const lowest = curves.lowest[e] as number
      const highest = curves.highest[e] as number
      const middle = (lowest + highest) / 2
      const half = Math.max((highest - lowest) / 2, curves.strongest * FLATTEST, 1e-12)
      for (let p = 0; p < CURVE_POINTS; p++) {
        heights[p] = 0.5 - (0.5 * ((curves.values[e * CURVE_POINTS + p] as number) - middle)) / half
      }
      return true
    },
  }
}

/** Where an input's values live if that is known, else where its layer's grid was placed. */
function rangeOf(
  known: LayerScores | undefined,
  input: number,
  range: readonly [number, number],
): readonly [number, number] {
  const from = known?.minimum[input]
  const to = known?.maximum[input]
  return from !== undefined && to !== undefined && to - from > 1e-9 ? [from, to] : range
}

function emptyCurves(inputs: number, edges: number): LayerCurves {
  return {
    inputs,
    values: new Float32Array(0),
    lowest: new Float32Array(edges),
    highest: new Float32Array(edges),
    versions: new Float64Array(edges).fill(NEVER),
    strongest: 0,
  }
}

function store(curves: LayerCurves, e: number, values: Float64Array, version: number): void {
  let lowest = Number.POSITIVE_INFINITY
  let highest = Number.NEGATIVE_INFINITY
  for (const value of values) {
    // A formula may have no value in places.
    if (!Number.isFinite(value)) continue
    lowest = Math.min(lowest, value)
    highest = Math.max(highest, value)
  }
  // A diverged network has curves of NaN: what was last seen stays.
  if (!Number.isFinite(highest - lowest)) {
    if (curves.versions[e] !== NEVER) curves.versions[e] = version
    return
  }
  if (curves.values.length === 0) curves.values = new Float32Array(curves.versions.length * CURVE_POINTS)
  curves.values.set(values, e * CURVE_POINTS)
  const half = (highest - lowest) / 2
  const before = ((curves.highest[e] as number) - (curves.lowest[e] as number)) / 2
  const wasStrongest = before >= curves.strongest && curves.versions[e] !== NEVER
  curves.lowest[e] = lowest
  curves.highest[e] = highest
  curves.versions[e] = version
  if (half >= curves.strongest) curves.strongest = half
  else if (wasStrongest) curves.strongest = strongestOf(curves)
}

function strongestOf(curves: LayerCurves): number {
  let strongest = 0
  for (let e = 0; e < curves.versions.length; e++) {
    if (curves.versions[e] === NEVER) continue
    strongest = Math.max(strongest, ((curves.highest[e] as number) - (curves.lowest[e] as number)) / 2)
  }
  return strongest
}
