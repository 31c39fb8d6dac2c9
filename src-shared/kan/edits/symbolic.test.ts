import { describe, expect, it } from 'vitest'
import { adamStep } from '../../numerics/adam'
import { forward, lossAndGradient } from '../../numerics/network'
import { layerAt } from '../names'
import type { Model } from '../parameters'
import type { EdgeIndex } from '../specification'
import { apply } from './apply'
import { describe as nameOf } from './describe'
import type { Edit } from './edit'
import { curve, network } from './testing'

const sine = { function: 'sin', a: 3, b: 0.5, c: 2, d: -0.1 } as const
const fix = (edge: EdgeIndex, formula: Extract<Edit, { type: 'set-symbolic' }>['formula'] = sine): Edit => ({
  type: 'set-symbolic',
  layer: 0,
  edge,
  formula,
})
const points = Float64Array.from({ length: 41 }, (_, k) => -1 + k / 20.5 + 1e-3)

function trained(model: Model, steps: number): Model {
  const x = Float64Array.from({ length: 16 }, (_, k) => Math.sin(k))
  const y = Float64Array.from({ length: 8 }, (_, k) => Math.cos(k))
  let current = model
  for (let step = 0; step < steps; step++) {
    const { specification, parameters, moments } = current
    const { gradients } = lossAndGradient(specification, parameters, x, y, { loss: 'mse', regularization: null })
    current = { specification, ...adamStep(parameters, gradients, moments, { learningRate: 0.01 }, specification) }
  }
  return current
}

describe('an edge that is made a formula', () => {
  it('computes it instead of its curve, and goes back to the curve that it kept', () => {
    const model = network([2, 3, 1])
    const { model: fixed, inverse } = apply(model, fix([1, 2]))
    expect(curve(fixed, 0, [1, 2])).toEqual(points.map((x) => 2 * Math.sin(3 * x + 0.5) - 0.1))
    expect(curve(fixed, 0, [0, 2])).toEqual(curve(model, 0, [0, 2]))
    expect(apply(fixed, inverse).model).toEqual(model)
    expect(curve(apply(fixed, fix([1, 2], null)).model, 0, [1, 2])).toEqual(curve(model, 0, [1, 2]))
  })

  it('trains its four numbers while the curve rests, and undo brings the curve back to the bit', () => {
    const model = trained(network([2, 3, 1]), 5)
    const { model: fixed, inverse } = apply(model, fix([1, 2]))
    const later = trained(fixed, 20)
    expect(later.parameters[0]?.symbolic?.subarray(20)).not.toEqual(fixed.parameters[0]?.symbolic?.subarray(20))
    expect(later.parameters[0]?.weights.subarray(5 * 8)).toEqual(model.parameters[0]?.weights.subarray(5 * 8))
    expect(later.moments?.first[0]?.weights.subarray(5 * 8)).toEqual(model.moments?.first[0]?.weights.subarray(5 * 8))
    const undone = apply(later, inverse).model
    expect(curve(undone, 0, [1, 2])).toEqual(curve(model, 0, [1, 2]))
    expect(undone.parameters[0]?.symbolic).toBeNull()
  })

  it('rests when it is locked or pruned', () => {
    const fixed = apply(network([2, 3, 1]), fix([1, 2])).model
    for (const type of ['freeze', 'prune'] as const) {
      const resting = apply(fixed, { type, layer: 0, edges: [[1, 2]] }).model
      expect(trained(resting, 5).parameters[0]?.symbolic).toEqual(resting.parameters[0]?.symbolic)
    }
    const pruned = apply(fixed, { type: 'prune', layer: 0, edges: [[1, 2]] }).model
    const plain = apply(network([2, 3, 1]), { type: 'prune', layer: 0, edges: [[1, 2]] }).model
    const outputs = ({ specification, parameters }: Model) => forward(specification, parameters, Float64Array.of(1, 2))
    expect(outputs(pruned)).toEqual(outputs(plain))
  })

  it('takes those tied to it along, and gives its formula to those that are tied to it later', () => {
    const pair: EdgeIndex[] = [
      [1, 2],
      [0, 0],
    ]
    const tied = apply(network([2, 3, 1]), { type: 'tie', layer: 0, edges: pair }).model
    const together = apply(tied, fix([0, 0])).model
    const later = apply(apply(network([2, 3, 1]), fix([1, 2])).model, { type: 'tie', layer: 0, edges: pair }).model
    for (const model of [together, later]) {
      expect(layerAt(model.specification, 0).symbolic.map(({ edge }) => edge)).toEqual([
        [0, 0],
        [1, 2],
      ])
      const after = trained(model, 9)
      expect(curve(after, 0, [1, 2])).toEqual(curve(after, 0, [0, 0]))
      expect(curve(after, 0, [1, 2])).not.toEqual(curve(model, 0, [1, 2]))
    }
    const curves = apply(later, { type: 'tie', layer: 0, edges: [[0, 1], ...pair] }).model
    expect(layerAt(curves.specification, 0).symbolic).toEqual([])
  })

  it('is shared by the inputs of a group', () => {
    const { model } = apply(apply(network([3, 2, 1]), fix([1, 0])).model, {
      type: 'set-group',
      inputs: [1, 2],
      group: 1,
    })
    expect(curve(model, 0, [2, 0])).toEqual(curve(model, 0, [1, 0]))
    expect(layerAt(model.specification, 0).symbolic).toHaveLength(2)
  })

  it('moves with its node and its input, and keeps its numbers when the basis changes', () => {
    const fixed = trained(apply(network([2, 3, 1]), fix([1, 2])).model, 3)
    const edits: Edit[] = [
      { type: 'set-columns', inputs: ['x1', 'new'], outputs: ['y0'] },
      { type: 'set-width', layer: 0, nodes: 6 },
      { type: 'set-basis', layer: 0, basis: { type: 'chebyshev', degree: 3 } },
    ]
    for (const edit of edits) {
      const { model } = apply(fixed, edit)
      const [formula] = layerAt(model.specification, 0).symbolic
      expect(curve(model, 0, formula?.edge ?? [0, 0])).toEqual(curve(fixed, 0, [1, 2]))
    }
    expect(layerAt(apply(fixed, { type: 'set-width', layer: 0, nodes: 2 }).model.specification, 0).symbolic).toEqual([])
  })

  it('refuses what makes no sense', () => {
    const model = network([2, 3, 1])
    expect(() => apply(model, fix([1, 2], null))).toThrow('Edge x1 → h₃ is a curve already.')
    expect(() => apply(model, fix([1, 2], { ...sine, a: Number.NaN }))).toThrow('The formula: "a" must be a number')
  })

  it('has a name in the undo menu', () => {
    const { specification } = network([2, 3, 1])
    expect(nameOf(fix([1, 2]), specification)).toBe('Set edge x1 → h₃ to sin')
    expect(nameOf(fix([1, 2], null), specification)).toBe('Set edge x1 → h₃ back to its curve')
  })
})
