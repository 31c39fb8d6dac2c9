/** Case P1: everything is pruned away, and comes back to the bit. */
import { expect, it } from 'vitest'
import { adamStep } from '../../numerics/adam'
import { edgeScores, forward, lossAndGradient } from '../../numerics/network'
import { newModel } from '../file/file'
import type { Model } from '../parameters'
import type { EdgeIndex } from '../specification'
import { checkSpecification } from '../validate'
import { apply } from './apply'

const inputs = Float64Array.from({ length: 160 }, (_, k) => ((k * 0.618) % 2) - 1)
const targets = Float64Array.from({ length: 80 }, (_, row) => {
  const [x = 0, y = 0] = inputs.subarray(2 * row, 2 * row + 2)
  return Math.exp(Math.sin(Math.PI * x) + y ** 2)
})
const objective = {
  loss: 'mse' as const,
  regularization: { type: 'better_kan' as const, lambda: 0.01, l1: 1, entropy: 1 },
}

function trained(steps: number): Model {
  const basis = { type: 'spline', order: 3, intervals: 5 }
  const design = {
    format: 1,
    name: 'hello',
    inputs: [{ name: 'x' }, { name: 'y' }],
    outputs: [{ name: 'f' }],
    layers: [
      { nodes: 5, basis },
      { nodes: 1, basis },
    ],
  }
  let model = newModel(checkSpecification(design, 'hello'), 'hello')
  for (let step = 0; step < steps; step++) model = trainedOnce(model)
  return model
}

function trainedOnce({ specification, parameters, moments }: Model): Model {
  const { gradients } = lossAndGradient(specification, parameters, inputs, targets, objective)
  return { specification, ...adamStep(parameters, gradients, moments, { learningRate: 0.01 }, specification) }
}

const everyEdge = (from: number, to: number): EdgeIndex[] =>
  Array.from({ length: from * to }, (_, k) => [k % from, Math.floor(k / from)])

it('leaves the bias, finite in every way, and undo gives the predictions back bit for bit', () => {
  const model = trained(200)
  const before = forward(model.specification, model.parameters, inputs)
  const first = apply(model, { type: 'prune', layer: 0, edges: everyEdge(2, 5) })
  const second = apply(first.model, { type: 'prune', layer: 1, edges: everyEdge(5, 1) })
  const { specification, parameters } = second.model

  const bias = parameters[1]?.bias?.[0] ?? Number.NaN
  expect([...forward(specification, parameters, inputs)]).toEqual(Array(80).fill(bias))
  expect(edgeScores(specification, parameters, inputs).flatMap((scores) => [...scores])).toEqual(Array(15).fill(0))
  const { loss, regularization } = lossAndGradient(specification, parameters, inputs, targets, objective)
  const mean = targets.reduce((sum, target) => sum + (bias - target) ** 2, 0) / 80
  expect(loss).toBeCloseTo(mean, 12)
  expect(regularization).toBe(0)
  const later = trainedOnce(second.model)
  expect(forward(specification, later.parameters, inputs).every(Number.isFinite)).toBe(true)

  const undone = apply(apply(second.model, second.inverse).model, first.inverse).model
  expect(undone).toEqual(model)
  expect(forward(undone.specification, undone.parameters, inputs)).toEqual(before)
})
