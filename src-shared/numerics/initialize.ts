/** What are a network's first parameters? Source: docs/numerics.md, "Initialisation"; the seed decides, nothing else. */
import { withGroups } from '../kan/groups'
import { type LayerParameters, tensorLengths } from '../kan/parameters'
import { type Basis, basisSize, inputsOf, type Specification } from '../kan/specification'
import { designNumbers } from '../kan/symbolic'
import { basisMatrix } from './basis'
import { initialGrid } from './grid'
import { leastSquares } from './least-squares'
import { shareTied } from './locks'
import { random } from './random'

/** First parameters of every layer. */
export function initialize(specification: Specification): LayerParameters[] {
  return specification.layers.map((_, l) => initializeLayer(specification, l))
}

/**
 * First parameters of one layer.
 *
 * Every edge draws from a stream of its own, `layer/input/output`, so that a node has the same curves in a wider or
 * narrower layer. Tied edges start with the curve of the first of them.
 */
export function initializeLayer(specification: Specification, layer: number): LayerParameters {
  const design = withGroups(specification).layers[layer]
  if (design === undefined) throw new RangeError(`no layer ${layer}`)
  const { basis, nodes, range } = design
  const inputs = inputsOf(specification, layer)
  const lengths = tensorLengths(design, inputs)
  const size = basisSize(basis)
  const first = initialGrid(basis, range)
  const points = gridPoints(basis, range)
  const fit = leastSquares(basisMatrix(basis, first, points), points.length, size, TOLERANCE)

  const weights = new Float64Array(lengths.weights)
  const noise = new Float64Array(points.length)
  for (let j = 0; j < nodes; j++) {
    for (let i = 0; i < inputs; i++) {
      const next = random(specification.seed, `${layer}/${i}/${j}`)
      for (let p = 0; p < noise.length; p++) noise[p] = ((next() - 0.5) * 0.1) / size
      weights.set(fit.solve(noise), (j * inputs + i) * size)
    }
  }
  const parameters: LayerParameters = {
    weights,
    baseScaler: new Float64Array(lengths.baseScaler).fill(
      specification.initialization === 'scaled' ? 1 / Math.sqrt(inputs) : 1,
    ),
    basisScaler: new Float64Array(lengths.basisScaler).fill(1),
    bias: design.bias ? new Float64Array(nodes) : null,
    symbolic: designNumbers(design, inputs),
    grid: lengths.grid > 0 ? repeat(first.grid, inputs) : null,
    scale: lengths.scale > 0 ? repeat(first.scale, inputs) : null,
  }
  shareTied(design, inputs, parameters)
  return parameters
}

/**
 * Combinations of basis functions that hardly show at the grid's points stay at 0. Polynomials of tanh x of degree 20 would
 * else fit the noise with weights of 10⁴, which cancel each other and take the digits of float32 with them.
 */
const TOLERANCE = 1e-4

/** Ends of a spline's intervals, centres of radial functions, and as many equal steps for polynomials. */
function gridPoints(basis: Basis, [from, to]: readonly [number, number]): Float64Array {
  const steps = basis.type === 'spline' ? basis.intervals : basisSize(basis)
  const length = basis.type === 'spline' ? steps + 1 : steps
  return Float64Array.from({ length }, (_, p) => from + ((to - from) / steps) * p)
}

function repeat(numbers: Float64Array, times: number): Float64Array {
  const all = new Float64Array(numbers.length * times)
  for (let k = 0; k < times; k++) all.set(numbers, k * numbers.length)
  return all
}
