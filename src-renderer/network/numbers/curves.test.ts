import { expect, test } from 'vitest'
import { drawingOf } from '../../../src-shared/contract/drawing'
import type { Specification } from '../../../src-shared/kan/specification'
import { edgeCurve } from '../../../src-shared/numerics/curve'
import { initialize } from '../../../src-shared/numerics/initialize'
import { networkOf } from '../testing'
import { CURVE_POINTS, createCurves } from './curves'

const network = networkOf([2, 3, 1])
const drawings = (specification: Specification) => initialize(specification).map(drawingOf)
const never = () => false

test('a curve fills its slot from lowest to highest, larger values higher up', () => {
  const curves = createCurves()
  const parameters = drawings(network)
  curves.update(network, { parameters, importance: null, version: 1 })
  expect(curves.refresh(0, [3], never)).toEqual({ done: 1, changed: true })
  const heights = new Float32Array(CURVE_POINTS)
  expect(curves.read(0, 3, heights)).toBe(true)
  expect(Math.min(...heights)).toBeCloseTo(0, 5)
  expect(Math.max(...heights)).toBeCloseTo(1, 5)

  const [layer] = network.layers
  const [first] = parameters
  if (layer === undefined || first === undefined) throw new Error('no first layer')
  const points = Float64Array.from({ length: CURVE_POINTS }, (_, p) => -1 + (2 * p) / (CURVE_POINTS - 1))
  const phi = edgeCurve(layer, first, 2, [1, 1], points)
  expect(heights.indexOf(Math.min(...heights))).toBe(phi.indexOf(Math.max(...phi)))
})

test('a curve runs over the range in which its input lives, once that is known', () => {
  const curves = createCurves()
  const parameters = drawings(network)
  const importance = network.layers.map((_, l) => {
    const inputs = l === 0 ? 2 : 3
    const scores = new Float32Array(inputs * (l === 0 ? 3 : 1))
    return { scores, minimum: new Float32Array(inputs).fill(0.2), maximum: new Float32Array(inputs).fill(0.4) }
  })
  const read = (numbers: Parameters<typeof curves.update>[1]) => {
    curves.update(network, numbers)
    curves.refresh(0, [0], never)
    const heights = new Float32Array(CURVE_POINTS)
    curves.read(0, 0, heights)
    return [...heights]
  }
  expect(read({ parameters, importance: null, version: 1 })).not.toEqual(read({ parameters, importance, version: 2 }))
})

test('a curve is computed once for each version of the numbers', () => {
  const curves = createCurves()
  const parameters = drawings(network)
  curves.update(network, { parameters, importance: null, version: 1 })
  curves.refresh(0, [0, 1], never)
  expect(curves.refresh(0, [0, 1], never).changed).toBe(false)
  curves.update(network, { parameters, importance: null, version: 2 })
  expect(curves.refresh(0, [0, 1], never).changed).toBe(true)
})

test('where time is short it says how far it came', () => {
  const curves = createCurves()
  curves.update(network, { parameters: drawings(network), importance: null, version: 1 })
  let asked = 0
  expect(curves.refresh(0, [0, 1, 2, 3], () => ++asked > 2)).toEqual({ done: 2, changed: true })
})

test('a flat curve beside a strong one is drawn flat, not blown up', () => {
  const curves = createCurves()
  const parameters = drawings(network)
  parameters[0]?.basisScaler.fill(0.001, 0, 1)
  parameters[0]?.baseScaler.fill(0.001, 0, 1)
  curves.update(network, { parameters, importance: null, version: 1 })
  curves.refresh(0, [0, 1, 2, 3, 4, 5], never)
  const heights = new Float32Array(CURVE_POINTS)
  curves.read(0, 0, heights)
  expect(Math.max(...heights) - Math.min(...heights)).toBeLessThan(0.1)
})

test('numbers from before a change of shape are not drawn', () => {
  const curves = createCurves()
  const parameters = drawings(network)
  curves.update(networkOf([2, 4, 1]), { parameters, importance: null, version: 1 })
  expect(curves.refresh(0, [0], never).changed).toBe(false)
  expect(curves.read(0, 0, new Float32Array(CURVE_POINTS))).toBe(false)
})

test('a curve of NaN leaves the last one on the screen', () => {
  const curves = createCurves()
  const parameters = drawings(network)
  curves.update(network, { parameters, importance: null, version: 1 })
  curves.refresh(0, [0], never)
  const before = new Float32Array(CURVE_POINTS)
  curves.read(0, 0, before)
  parameters[0]?.weights.fill(Number.NaN)
  curves.update(network, { parameters, importance: null, version: 2 })
  curves.refresh(0, [0], never)
  const after = new Float32Array(CURVE_POINTS)
  expect(curves.read(0, 0, after)).toBe(true)
  expect([...after]).toEqual([...before])
})

test('a formula is drawn where it has values', () => {
  const log = { edge: [0, 0], function: 'log', a: 1, b: 0, c: 1, d: 0 }
  const formulas = networkOf([2, 3, 1], [{ symbolic: [log] }])
  const curves = createCurves()
  curves.update(formulas, { parameters: drawings(formulas), importance: null, version: 1 })
  curves.refresh(0, [0], never)
  const heights = new Float32Array(CURVE_POINTS)
  expect(curves.read(0, 0, heights)).toBe(true)
  const finite = heights.filter(Number.isFinite)
  expect(finite).toHaveLength((CURVE_POINTS - 1) / 2)
  expect(Math.min(...finite)).toBeCloseTo(0, 5)
  expect(Math.max(...finite)).toBeCloseTo(1, 5)
})
