import { describe, expect, test } from 'vitest'
import { largestError } from '../golden/error'
import { goldenArray, goldenBatch, goldenKinds, goldenModel, goldenTensors } from '../golden/golden'
import type { LayerParameters, Moments } from '../kan/parameters'
import type { LayerSpecification, Specification } from '../kan/specification'
import { adamStep, zeroMoments } from './adam'
import { lossAndGradient } from './network'

test.each(goldenKinds)('20 steps at 0.01 from the golden %s network give the golden losses and parameters', (kind) => {
  const { specification, parameters } = goldenModel(kind)
  const { losses, trained } = train(specification, parameters, kind, 20)
  expect(largestError(losses, goldenArray(kind, 'adam_losses'))).toBeLessThan(1e-8)
  goldenTensors(kind, 'adam_final').forEach((layer, l) => {
    for (const tensor of ['weights', 'baseScaler', 'basisScaler', 'bias'] as const) {
      expect(largestError(trained[l]?.[tensor] ?? [], layer[tensor] ?? []), `layer ${l} ${tensor}`).toBeLessThan(1e-8)
    }
  })
})

describe('locks', () => {
  const { specification, parameters } = goldenModel('spline')
  const locked = (locks: Partial<LayerSpecification>): Specification => ({
    ...specification,
    layers: specification.layers.map((layer, l) => (l === 0 ? { ...layer, ...locks } : layer)),
  })

  test.each(['frozen', 'pruned'] as const)('a %s edge keeps every bit of its parameters and moments', (lock) => {
    const warm = train(specification, parameters, 'spline', 5)
    const { trained, moments } = train(locked({ [lock]: [[1, 2]] }), warm.trained, 'spline', 5, warm.moments)
    expect(edgeOf(trained, 1, 2)).toEqual(edgeOf(warm.trained, 1, 2))
    expect(momentsOf(moments, 1, 2)).toEqual(momentsOf(warm.moments, 1, 2))
    expect(edgeOf(trained, 0, 2)).not.toEqual(edgeOf(warm.trained, 0, 2))
  })

  test('tied edges that start alike stay alike, and rest together when one of them is frozen', () => {
    const tied = shareCurve(parameters, [0, 1], [2, 3])
    const ends: [number, number][] = [
      [0, 1],
      [2, 3],
    ]
    const tie = { tied: [ends] }
    const moving = train(locked(tie), tied, 'spline', 10)
    expect(edgeOf(moving.trained, 0, 1)).toEqual(edgeOf(moving.trained, 2, 3))
    expect(edgeOf(moving.trained, 0, 1)).not.toEqual(edgeOf(tied, 0, 1))
    const resting = train(locked({ ...tie, frozen: [[2, 3]] }), tied, 'spline', 10)
    expect(edgeOf(resting.trained, 0, 1)).toEqual(edgeOf(tied, 0, 1))
  })

  test('a step leaves what it was given as it was', () => {
    const before = structuredClone(parameters)
    const moments = zeroMoments(parameters)
    const { gradients } = gradientOf(specification, parameters, 'spline')
    adamStep(parameters, gradients, moments, { learningRate: 0.1 }, specification)
    expect(parameters).toEqual(before)
    expect(moments).toEqual(zeroMoments(parameters))
  })
})

type Kind = (typeof goldenKinds)[number]

function gradientOf(specification: Specification, parameters: readonly LayerParameters[], kind: Kind) {
  const { inputs, targets } = goldenBatch(kind)
  return lossAndGradient(specification, parameters, inputs, targets, { loss: 'mse', regularization: null })
}

function train(
  specification: Specification,
  parameters: readonly LayerParameters[],
  kind: Kind,
  steps: number,
  start: Moments | null = null,
) {
  let trained = parameters
  let moments = start
  const losses: number[] = []
  for (let step = 0; step < steps; step++) {
    const { loss, gradients } = gradientOf(specification, trained, kind)
    losses.push(loss)
    const next = adamStep(trained, gradients, moments, { learningRate: 1e-2 }, specification)
    trained = next.parameters
    moments = next.moments
  }
  return { losses, trained, moments: moments as Moments }
}

/** The numbers of an edge of the first layer [4, 3]. */
function edgeOf(layers: readonly LayerTensorsLike[], input: number, output: number) {
  const edge = output * 3 + input
  const layer = layers[0]
  return [...(layer?.weights.slice(edge * 8, edge * 8 + 8) ?? []), layer?.baseScaler[edge], layer?.basisScaler[edge]]
}

type LayerTensorsLike = Pick<LayerParameters, 'weights' | 'baseScaler' | 'basisScaler'>

function momentsOf(moments: Moments, input: number, output: number) {
  return [edgeOf(moments.first, input, output), edgeOf(moments.second, input, output)]
}

function shareCurve(parameters: readonly LayerParameters[], from: [number, number], to: [number, number]) {
  const copy = structuredClone(parameters) as LayerParameters[]
  const [a, b] = [from, to].map(([input, output]) => output * 3 + input) as [number, number]
  copy[0]?.weights.copyWithin(b * 8, a * 8, a * 8 + 8)
  copy[0]?.baseScaler.copyWithin(b, a, a + 1)
  copy[0]?.basisScaler.copyWithin(b, a, a + 1)
  return copy
}
