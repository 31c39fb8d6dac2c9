import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUserError } from '../../user-error'
import { withGroups } from '../groups'
import { type Model, tensorLengths } from '../parameters'
import { type EdgeIndex, inputsOf } from '../specification'
import { editsOf, models, retrained } from '../testing'
import { checkSpecification } from '../validate'
import { apply } from './apply'
import { describe as nameOf } from './describe'
import type { Edit } from './edit'
import { curve, network } from './testing'

/** Applies an edit if it makes sense; refusals must be for people. */
function attempt(model: Model, edit: Edit) {
  try {
    return apply(model, edit)
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}

function expectSound({ specification, parameters, moments }: Model): void {
  checkSpecification(JSON.parse(JSON.stringify(specification)), 'edited')
  expect(parameters).toHaveLength(specification.layers.length)
  specification.layers.forEach((layer, l) => {
    const lengths = tensorLengths(layer, inputsOf(specification, l))
    const lengthsOf = (tensors: object) =>
      Object.fromEntries(Object.entries(tensors).map(([name, values]) => [name, values?.length ?? 0]))
    expect(lengthsOf(parameters[l] ?? {})).toEqual(lengths)
    const { grid: _, scale: __, ...trainable } = lengths
    if (moments !== null) {
      expect(lengthsOf(moments.first[l] ?? {})).toEqual(trainable)
      expect(lengthsOf(moments.second[l] ?? {})).toEqual(trainable)
    }
  })
}

const editedModels = models.chain((model) => fc.tuple(fc.constant(model), editsOf(model.specification)))

describe('every edit', () => {
  it('leaves a sound model, is undone bit for bit and done again bit for bit', () => {
    fc.assert(
      fc.property(editedModels, ([model, edit]) => {
        const before = structuredClone(model)
        const done = attempt(model, edit)
        expect(model).toEqual(before)
        if (done === null) return
        expectSound(done.model)
        const undone = apply(done.model, done.inverse)
        expect(undone.model).toEqual(before)
        const redone = apply(undone.model, undone.inverse)
        expect(redone.model).toEqual(done.model)
        expect(apply(redone.model, redone.inverse).model).toEqual(before)
      }),
      { numRuns: 400 },
    )
  })

  it('is undone in the reverse order, however many there are', () => {
    const walks = fc.tuple(models, fc.array(fc.nat(), { minLength: 2, maxLength: 6 }))
    fc.assert(
      fc.property(walks, ([model, seeds]) => {
        let current = model
        const inverses: Edit[] = []
        for (const seed of seeds) {
          const [edit] = fc.sample(editsOf(current.specification), { numRuns: 1, seed })
          const done = edit && attempt(current, edit)
          if (!done) continue
          current = done.model
          inverses.unshift(done.inverse)
        }
        for (const inverse of inverses) current = apply(current, inverse).model
        expect(current).toEqual(model)
      }),
      { numRuns: 100 },
    )
  })

  it('can be undone after more training, and ties still hold one curve', () => {
    fc.assert(
      fc.property(editedModels, fc.nat(), ([model, edit], seed) => {
        const done = attempt(model, edit)
        if (done === null) return
        const undone = apply(retrained(done.model, seed), done.inverse).model
        expectSound(undone)
        const history = { history: undefined }
        expect({ ...undone.specification, ...history }).toEqual({ ...model.specification, ...history })
        withGroups(undone.specification).layers.forEach(({ tied, pruned }, l) => {
          for (const group of tied) {
            const active = group.filter((edge) => !pruned.some((gone) => String(gone) === String(edge)))
            const [first, ...others] = active.map((edge) => curve(undone, l, edge))
            for (const other of others) expect(other).toEqual(first)
          }
        })
      }),
      { numRuns: 200 },
    )
  })

  it('has a name for the undo menu', () => {
    fc.assert(
      fc.property(editedModels, ([{ specification }, edit]) => {
        expect(nameOf(edit, specification)).toMatch(/^[A-Z].{3,}/)
      }),
    )
    const { specification } = network([2, 5, 1])
    expect(nameOf({ type: 'prune', layer: 0, edges: [[0, 1]] }, specification)).toBe('Prune edge x0 → h₂')
    const three: EdgeIndex[] = [
      [0, 1],
      [0, 2],
      [0, 3],
    ]
    expect(nameOf({ type: 'freeze', layer: 0, edges: three }, specification)).toBe('Lock 3 edges')
    const rbf = { type: 'rbf' as const, centers: 8, kernel: 'gaussian' as const }
    expect(nameOf({ type: 'set-basis', layer: 0, basis: rbf }, specification)).toBe('Change layer 1 to RBF')
    const all: Edit[] = [
      { type: 'prune', layer: 0, edges: three },
      { type: 'prune', layer: 1, edges: [[0, 0]] },
    ]
    expect(nameOf({ type: 'sequence', edits: all }, specification)).toBe('Prune 4 edges')
    const mixed: Edit[] = [{ type: 'set-basis', layer: 0, basis: rbf }, ...all]
    expect(nameOf({ type: 'sequence', edits: mixed }, specification)).toBe('Change layer 1 to RBF and 2 more')
    const bases: Edit[] = [0, 1].map((layer) => ({ type: 'set-basis', layer, basis: rbf }))
    expect(nameOf({ type: 'sequence', edits: bases }, specification)).toBe('Change 2 layers to RBF')
  })
})
