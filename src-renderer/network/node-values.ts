/** What is the value of each hidden node, over two of the inputs? Of small networks, from the numbers that the window has. */
import type { LayerDrawing } from '../../src-shared/contract/telemetry'
import type { LayerParameters } from '../../src-shared/kan/parameters'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { forwardLayers } from '../../src-shared/numerics/network'
import { edgeCount } from './layout'
import type { LayerScores } from './types'

/** Points along each of the two inputs. */
export const POINTS = 14
/** Networks of more edges have too many nodes for pictures, and their values would cost too much. */
const MOST_EDGES = 1000

/** Values −1 … 1 of a column's node n at (a, b): `values[column][(b · POINTS + a) · nodes + n]`, b downwards. */
export type NodeValues = readonly Float32Array[]

/**
 * Values of the nodes of each layer but the last, each from its middle to its farthest; null where they cannot be told. The
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

/** Each node's values about the middle between its smallest and largest one. */
function scaled(values: Float64Array, nodes: number): Float32Array {
  const result = new Float32Array(values.length)
  for (let n = 0; n < nodes; n++) {
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
    for (let at = n; at < values.length; at += nodes) {
      low = Math.min(low, values[at] as number)
      high = Math.max(high, values[at] as number)
    }
    const half = (high - low) / 2
    // A node that is the same everywhere, or has no value, stays blank.
    if (!(half > 1e-9 && Number.isFinite(half))) continue
    for (let at = n; at < values.length; at += nodes) result[at] = ((values[at] as number) - (low + high) / 2) / half
  }
  return result
}
