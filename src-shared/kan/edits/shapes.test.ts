import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isUserError } from '../../user-error'
import { parameterCount } from '../parameters'
import type { Specification } from '../specification'
import { editsOf, models } from '../testing'
import { apply } from './apply'
import { shapeAfter } from './shapes'

const shapeOf = ({ layers }: Specification) => layers.map(({ nodes, basis }) => ({ nodes, basis }))

test('what is foreseen is what every edit of the shape makes', () => {
  const cases = models.chain((model) => fc.tuple(fc.constant(model), editsOf(model.specification)))
  fc.assert(
    fc.property(cases, ([model, edit]) => {
      switch (edit.type) {
        case 'set-basis':
        case 'set-width':
        case 'remove-nodes':
        case 'duplicate-nodes':
        case 'add-layer':
        case 'remove-layer':
        case 'move-layer':
          break
        default:
          return
      }
      let after: Specification
      try {
        after = apply(model, edit).model.specification
      } catch (error) {
        if (isUserError(error)) return
        throw error
      }
      const foreseen = shapeAfter(model.specification, edit)
      expect(shapeOf(foreseen)).toEqual(shapeOf(after))
      if (after.layers.every(({ symbolic }) => symbolic.length === 0)) {
        const withoutFormulas = foreseen.layers.map((layer) => ({ ...layer, symbolic: [] }))
        expect(parameterCount({ ...foreseen, layers: withoutFormulas })).toBe(parameterCount(after))
      }
    }),
    { numRuns: 500 },
  )
})
