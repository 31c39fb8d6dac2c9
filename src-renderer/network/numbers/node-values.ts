/** What is the value of each hidden node, over two of the inputs? Of small networks, from the numbers that the window has. */
import { quantileSorted } from 'd3'
import type { LayerDrawing } from '../../../src-shared/contract/telemetry'
import type { LayerParameters } from '../../../src-shared/kan/parameters'
import { inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { forwardLayers } from '../../../src-shared/numerics/network'
import { edgeCount } from '../place/layout'
import type { LayerScores } from '../types'

/** Points along each of the two inputs. */
export const POINTS = 14
/** Networks of more edges have too many nodes for pictures, and their values would cost too much. */
const MOST_EDGES = 1000

/** Values −1 … 1 of a column's node n at (a, b): `values[column][(b · POINTS + a) · nodes + n]`, b downwards. */
export type NodeValues = readonly Float32Array[]

/**
 * Values of the nodes of each layer but the last, each about its middle; null where they cannot be told. The
 * other inputs stay in the middle of their range. An only input is both.
 */
export function nodeValues(
  specification: Specification,
  drawings: readonly LayerDrawing[],
  importance: readonly LayerScores[] | null,
): NodeValues | null {
  const { inputs, layers } = specification
  const fits = layers.every((layer, l) => drawings[l]?.baseScaler.length === layer.nodes * inputsOf(specification, l))
  if (edgeCount(specification) > MOST_EDGES || layers.length < 2 || !fits) return null
  const shown = inputs.flatMap(({ group }, i) => (group === -1 ? [] : [i]))
  const [first = 0, second = first] = shown
  const ranges = inputs.map((_, i) => rangeOf(importance?.[0], i, layers[0]?.range ?? [-1, 1]))
  const x = new Float64Array(POINTS * POINTS * inputs.length)
  for (let row = 0; row < POINTS * POINTS; row++) {
    const parts = [(row % POINTS) / (POINTS - 1), 1 - Math.floor(row / POINTS) / (POINTS - 1)]
    ranges.forEach(([from, to], i) => {
      const part = i === first ? (parts[0] ?? 0) : i === second ? (parts[1] ?? 0) : 0.5
      x[row * inputs.length + i] = from + (to - from) * part
    })
  }
  const { layerInputs } = forwardLayers(specification, drawings.map(exact), x)
  return layers.slice(0, -1).map((layer, l) => scaled(layerInputs[l + 1] ?? new Float64Array(), layer.nodes))
}

function rangeOf(known: LayerScores | undefined, input: number, range: readonly [number, number]) {
  const [from, to] = [known?.minimum[input], known?.maximum[input]]
  return from !== undefined && to !== undefined && to > from ? ([from, to] as const) : range
}

function exact(drawing: LayerDrawing): LayerParameters {
  const wide = (tensor: Float32Array | null) => tensor && Float64Array.from(tensor)
  return {
    weights: Float64Array.from(drawing.weights),
    baseScaler: Float64Array.from(drawing.baseScaler),
    basisScaler: Float64Array.from(drawing.basisScaler),
    bias: wide(drawing.bias),
    symbolic: wide(drawing.symbolic),
    grid: wide(drawing.grid),
    scale: wide(drawing.scale),
  }
}

/**
 * Each node's values from −1 to 1, where the middle half of them fills the middle half: those beyond, as where a curve shoots
 * up at the rim, are −1 or 1, or all the rest would be of one colour.
 */
function scaled(values: Float64Array, nodes: number): Float32Array {
  const result = new Float32Array(values.length)
  for (let n = 0; n < nodes; n++) {
    const own = Array.from(values.filter((_, at) => at % nodes === n).sort())
    const [from, to] = [quantileSorted(own, 0.25) ?? 0, quantileSorted(own, 0.75) ?? 0]
    const low = Math.max(own[0] ?? 0, from - (to - from) / 2)
    const high = Math.min(own.at(-1) ?? 0, to + (to - from) / 2)
    const half = (high - low) / 2
    // A node that is nearly the same everywhere, or has no value, stays blank.
    if (!(half > 1e-9 && Number.isFinite(half))) continue
    for (let at = n; at < values.length; at += nodes) {
      const value = ((values[at] as number) - (low + high) / 2) / half
      result[at] = Math.min(1, Math.max(-1, value))
    }
  }
  return result
}
