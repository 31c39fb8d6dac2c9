import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUserError } from '../../user-error'
import { inputsOf } from '../specification'
import { models, retrained } from '../testing'
import { checkSpecification } from '../validate'
import { apply } from './apply'
import { describe as nameOf } from './describe'
import { fitNetwork } from './fit-network'
import { curve, network, widthsOf } from './testing'

function attempt<T>(task: () => T): T | null {
  try {
    return task()
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}

const pair = network([2, 5, 1])

describe('another network', () => {
  it('takes the place of this one with its curves and locks, and one undo brings the very numbers back', () => {
    const other = apply(network([2, 3, 4, 1]), { type: 'freeze', layer: 1, edges: [[0, 2]] }).model
    const edit = fitNetwork(other, pair.specification)
    expect(nameOf(edit, pair.specification)).toBe('Replace the network by [2, 3, 4, 1]')
    const done = apply(pair, edit)
    expect(done.model.parameters).toEqual(other.parameters)
    expect(done.model.specification.layers).toEqual(other.specification.layers)
    expect(apply(retrained(done.model, 5), done.inverse).model).toEqual(pair)
  })

  it('is undone and done again bit for bit, moments included, or refused in a sentence', () => {
    fc.assert(
      fc.property(models, models, (model, other) => {
        const edit = attempt(() => fitNetwork(other, model.specification))
        if (edit === null) return
        const done = apply(model, edit)
        checkSpecification(JSON.parse(JSON.stringify(done.model.specification)), 'fitted')
        const undone = apply(done.model, done.inverse)
        expect(undone.model).toEqual(model)
        expect(apply(undone.model, undone.inverse).model).toEqual(done.model)
      }),
      { numRuns: 200 },
    )
  })

  it('is matched by name: a column in another place keeps its curves, a new one begins from the seed', () => {
    const other = network([3, 2, 2])
    const wanted = {
      ...pair.specification,
      inputs: ['x2', 'new', 'x0'].map((name) => ({ name, group: 0 })),
      outputs: [{ name: 'y1' }],
    }
    const edit = fitNetwork(other, wanted)
    if (edit.type !== 'set-network') throw new Error('another edit')
    const parameters = edit.layers.map((layer) => layer.parameters)
    const specification = { ...wanted, layers: edit.layers.map((layer) => layer.specification) }
    const fitted = { specification, parameters, moments: null }
    expect(inputsOf(specification, 0)).toBe(3)
    expect(curve(fitted, 0, [0, 1])).toEqual(curve(other, 0, [2, 1]))
    expect(curve(fitted, 0, [2, 0])).toEqual(curve(other, 0, [0, 0]))
    expect(curve(fitted, 1, [1, 0])).toEqual(curve(other, 1, [1, 1]))
  })

  it('is matched by place where no name is in both', () => {
    const wanted = {
      ...pair.specification,
      inputs: ['length', 'width'].map((name) => ({ name, group: 0 })),
      outputs: [{ name: 'area' }],
    }
    const model = { ...pair, specification: wanted }
    const done = apply(model, fitNetwork(network([2, 3, 1]), wanted)).model
    expect(widthsOf(done)).toEqual([2, 3, 1])
    expect(done.specification).toMatchObject({ inputs: wanted.inputs, outputs: wanted.outputs })
  })

  it('keeps its groups of inputs', () => {
    const grouped = apply(network([2, 3, 1]), { type: 'set-group', inputs: [0, 1], group: 1 }).model
    const done = apply(pair, fitNetwork(grouped, pair.specification))
    expect(done.model.specification.inputs.map(({ group }) => group)).toEqual([1, 1])
    expect(apply(done.model, done.inverse).model).toEqual(pair)
  })

  it('is refused where neither names nor numbers match', () => {
    const inputs = ['a', 'b', 'c'].map((name) => ({ name, group: 0 }))
    expect(() => fitNetwork(network([2, 1]), { ...pair.specification, inputs })).toThrow(
      'The copied network has the inputs x0, x1, this one the inputs a, b, c: where no input of both has the same name, ' +
        'there must be as many.',
    )
  })
})
