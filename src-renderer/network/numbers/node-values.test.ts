import { expect, test } from 'vitest'
import { drawingOf } from '../../../src-shared/contract/drawing'
import { newModel } from '../../../src-shared/kan/file/file'
import { forward } from '../../../src-shared/numerics/network'
import { networkOf } from '../testing'
import { nodeValues, POINTS } from './node-values'

const drawn = (shape: readonly number[], layers: readonly object[] = []) => {
  const { specification, parameters } = newModel(networkOf(shape, layers), 'test')
  return { specification, parameters, drawings: parameters.map(drawingOf) }
}

test('each hidden node goes from -1 to 1 over the two inputs, as the network computes it', () => {
  const { specification, parameters, drawings } = drawn([2, 3, 2, 1])
  const values = nodeValues(specification, drawings, null)
  expect(values?.map((column) => column.length)).toEqual([3 * POINTS ** 2, 2 * POINTS ** 2])
  const first = values?.[0] ?? new Float32Array()
  for (let n = 0; n < 3; n++) {
    const mine = first.filter((_, at) => at % 3 === n)
    expect(Math.min(...mine)).toBeCloseTo(-1)
    expect(Math.max(...mine)).toBeCloseTo(1)
  }
  // The upper left corner is the smallest x and the largest y; the lower right one the other way round.
  const only = { ...specification, layers: specification.layers.slice(0, 1) }
  const [from, to] = specification.layers[0]?.range ?? [-1, 1]
  const corners = forward(only, parameters.slice(0, 1), Float64Array.of(from, to, to, from))
  const [upper = 0, lower = 0] = [first[0], first[(POINTS ** 2 - 1) * 3]]
  expect(Math.sign(upper - lower)).toBe(Math.sign((corners[0] ?? 0) - (corners[3] ?? 0)))
})

test('a spike at the rim does not leave the rest of one colour', () => {
  const { specification, drawings } = drawn([2, 1, 1])
  const [first, ...rest] = drawings
  if (first === undefined) throw new Error('there is no layer')
  const spiked = { ...first, weights: first.weights.slice(), basisScaler: first.basisScaler.slice().fill(1) }
  // The last spline of the first input is not 0 in its last interval alone, and largest at its end.
  spiked.weights[7] = 500
  const [column = new Float32Array()] = nodeValues(specification, [spiked, ...rest], null) ?? []
  expect(column.filter((value) => Math.abs(value) < 0.9).length).toBeGreaterThan(POINTS ** 2 / 3)
  expect([Math.min(...column), Math.max(...column)]).toEqual([-1, 1])
})

test('a discarded input is not looked along, and a node that is the same everywhere is blank', () => {
  const { specification, drawings } = drawn(
    [3, 2, 1],
    [
      {
        pruned: [
          [0, 0],
          [1, 0],
          [2, 0],
        ],
      },
    ],
  )
  const inputs = specification.inputs.map((input, i) => (i === 0 ? { ...input, group: -1 } : input))
  const values = nodeValues({ ...specification, inputs }, drawings, null)?.[0]
  expect(values?.filter((_, at) => at % 2 === 0).every((value) => value === 0)).toBe(true)
  expect(new Set(values?.filter((_, at) => at % 2 === 1)).size).toBeGreaterThan(POINTS)
})

test('there are none of networks without hidden nodes, of large ones, and of numbers of another shape', () => {
  expect(nodeValues(networkOf([2, 1]), drawn([2, 1]).drawings, null)).toBeNull()
  expect(nodeValues(networkOf([40, 40, 1]), drawn([40, 40, 1]).drawings, null)).toBeNull()
  expect(nodeValues(networkOf([2, 3, 1]), drawn([2, 4, 1]).drawings, null)).toBeNull()
})
