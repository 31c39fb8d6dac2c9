import { expect, test } from 'vitest'
import { networkOf } from '../network/testing'
import type { EdgeAddress } from '../network/types'
import { scoresOf, strongest } from './strongest'

const network = networkOf([2, 2, 1])
const edges: EdgeAddress[] = [
  { layer: 0, edge: [1, 0] },
  { layer: 1, edge: [1, 0] },
  { layer: 0, edge: [0, 1] },
  { layer: 0, edge: [0, 0] },
]
const layer = (...scores: readonly number[]) => ({
  scores: Float32Array.of(...scores),
  minimum: new Float32Array(2),
  maximum: new Float32Array(2),
})

test('scores are read by output and input, and are 0 where they are not known or not finite', () => {
  const scores = scoresOf(network, [layer(0.25, 0.5, Number.NaN, 0), layer(0, 2)], edges)
  expect([...scores]).toEqual([0.5, 2, 0, 0.25])
  expect([...scoresOf(network, null, edges)]).toEqual([0, 0, 0, 0])
})

test('the strongest come first', () => {
  const scores = Float64Array.of(0.5, 2, 0, 0.5)
  expect(strongest(edges, scores, 3).map(({ at, score }) => [edges.indexOf(at), score])).toEqual([
    [1, 2],
    [0, 0.5],
    [3, 0.5],
  ])
  expect(strongest(edges, scores, 9)).toHaveLength(4)
})
