import { describe, expect, it } from 'vitest'
import { newModel } from '../file/file'
import type { Model } from '../parameters'
import { retrained } from '../testing'
import { apply } from './apply'
import { curve, network, widthsOf } from './testing'

describe('set-basis', () => {
  it('keeps every curve as well as the new basis can, and its locks', () => {
    const locked = apply(network([2, 3, 1]), { type: 'freeze', layer: 0, edges: [[0, 1]] }).model
    const basis = { type: 'spline' as const, order: 3, intervals: 10 }
    const finer = apply(locked, { type: 'set-basis', layer: 0, basis }).model
    curve(finer, 0, [1, 1]).forEach((value, k) => {
      expect(value).toBeCloseTo(curve(locked, 0, [1, 1])[k] ?? Number.NaN, 9)
    })
    expect(finer.specification.layers[0]?.frozen).toEqual([[0, 1]])
  })

  it('undone after training brings the curves back and leaves the bias as trained', () => {
    const model = network([2, 3, 1])
    const done = apply(model, { type: 'set-basis', layer: 0, basis: { type: 'chebyshev', degree: 3 } })
    const later = retrained(done.model, 3)
    const undone = apply(later, done.inverse).model
    expect(undone.parameters[0]).toEqual({ ...model.parameters[0], bias: later.parameters[0]?.bias })
    expect(undone.parameters[1]).toEqual(later.parameters[1])
  })

  it('of a kernel that there is not is refused in a sentence with those that there are', () => {
    const basis = JSON.parse('{"type": "rbf", "centers": 8, "kernel": "matern"}')
    expect(() => apply(network([2, 3, 1]), { type: 'set-basis', layer: 0, basis })).toThrow(
      'The basis: "kernel" must be one of "gaussian", "quadratic", "inverse_quadratic", "multiquadric", ' +
        '"inverse_multiquadric", "spline", "poisson_one", "poisson_two", "matern32", "matern52", not "matern".',
    )
  })
})

describe('set-columns', () => {
  it('keeps the curves of inputs and outputs that stay, by name', () => {
    const model = network([3, 2, 2])
    const done = apply(model, { type: 'set-columns', inputs: ['x2', 'new', 'x0', 'more'], outputs: ['y1'] }).model
    expect(widthsOf(done)).toEqual([4, 2, 1])
    expect(curve(done, 0, [0, 1])).toEqual(curve(model, 0, [2, 1]))
    expect(curve(done, 0, [2, 0])).toEqual(curve(model, 0, [0, 0]))
    expect(curve(done, 1, [1, 0])).toEqual(curve(model, 1, [1, 1]))
    expect(done.specification.inputs.map(({ name }) => name)).toEqual(['x2', 'new', 'x0', 'more'])
  })

  it('keeps codings where every column was there before, a category only whole, its values in any order', () => {
    const [scaled, output] = [
      { column: 'x0', center: 1, spread: 2 },
      { column: 'y0', center: 0, spread: 1 },
    ]
    const category = { type: 'category' as const, column: 'c', values: ['a', 'b'], unseen: 'stop' as const }
    const preprocessing = { scaling: 'standard' as const, inputs: [scaled, category], outputs: [output] }
    const model = apply(network([3, 1]), { type: 'set-preprocessing', preprocessing }).model
    const after = (inputs: readonly string[]) => {
      const done = apply(model, { type: 'set-columns', inputs, outputs: ['y0'] })
      expect(apply(done.model, done.inverse).model.specification).toEqual(model.specification)
      return done.model.specification.preprocessing
    }
    expect(after(['x1', 'x2', 'x0'])).toEqual({ ...preprocessing, inputs: [category, scaled] })
    expect(after(['x1', 'x2'])).toEqual({ ...preprocessing, inputs: [category] })
    const turned = { ...category, values: ['b', 'a'] }
    expect(after(['x2', 'x1', 'x0'])).toEqual({ ...preprocessing, inputs: [turned, scaled] })
    for (const inputs of [
      ['x0', 'x1'],
      ['x1', 'x0', 'x2'],
      ['x0', 'x1', 'x2', 'new'],
    ]) {
      expect(after(inputs)).toBeUndefined()
    }
  })

  it('refuses codings for another number of inputs', () => {
    const category = { type: 'category' as const, column: 'c', values: ['a', 'b'], unseen: 'stop' as const }
    const preprocessing = {
      scaling: 'none' as const,
      inputs: [category],
      outputs: [{ column: 'y', center: 0, spread: 1 }],
    }
    expect(() => apply(network([3, 1]), { type: 'set-preprocessing', preprocessing })).toThrow(
      'The scaling is for 2 inputs and 1 outputs, but the network has 3 and 1.',
    )
  })

  it.each([
    [['x0', 'x0'], ['y0'], 'The column x0 is chosen twice as input.'],
    [[], ['y0'], 'Choose at least one column as input.'],
    [['x0', 'x1'], ['y0'], 'The network has these inputs and outputs already.'],
  ])('of %j and %j is refused', (inputs, outputs, message) => {
    expect(() => apply(network([2, 3, 1]), { type: 'set-columns', inputs, outputs })).toThrow(message)
  })
})

describe('set-columns of a network for classes', () => {
  it('changes its inputs, but never what its outputs stand for', () => {
    const model = network([2, 2])
    const sorts: Model = { ...model, specification: { ...model.specification, task: 'classification' } }
    const outputs = ['y0', 'y1']
    expect(widthsOf(apply(sorts, { type: 'set-columns', inputs: ['x1'], outputs }).model)).toEqual([1, 2])
    for (const other of [['y0'], ['y1', 'y0'], ['a', 'b']]) {
      expect(() => apply(sorts, { type: 'set-columns', inputs: ['x1'], outputs: other })).toThrow(
        'This network tells classes apart: its targets must be the columns y0, y1.',
      )
    }
  })
})

describe('reset', () => {
  it('begins anew from the seed, keeps locks and the job, and forgets the run', () => {
    const model = network([2, 3, 1])
    const history = { step: 40, run: 'runs/one', job: { model: 'a.kan' } }
    const pruned = apply(model, { type: 'prune', layer: 0, edges: [[0, 1]] }).model
    const trained = { ...pruned, specification: { ...pruned.specification, history } }
    const done = apply(trained, { type: 'reset' })
    expect(done.model.parameters).toEqual(newModel(model.specification, 'fresh').parameters)
    expect(done.model.moments).toBeNull()
    expect(done.model.specification.layers[0]?.pruned).toEqual([[0, 1]])
    expect(done.model.specification.history).toEqual({ step: 0, job: { model: 'a.kan' } })
    expect(apply(retrained(done.model, 9), done.inverse).model).toEqual(trained)
  })
})
