import { expect, test } from 'vitest'
import { apply } from '../../src-shared/kan/edits/apply'
import { newModel } from '../../src-shared/kan/file/file'
import { specificationSchema } from '../../src-shared/kan/specification'
import { expected, isFrozen, isPruned } from './locks'

const basis = { type: 'spline', order: 3, intervals: 5 } as const
const model = newModel(
  specificationSchema.parse({
    format: 1,
    name: 'n',
    inputs: [{ name: 'x' }, { name: 'y' }],
    outputs: [{ name: 'f' }],
    layers: [
      { nodes: 3, basis },
      { nodes: 1, basis },
    ],
  }),
  'n',
)

test.each(['freeze', 'prune'] as const)('what is shown at once after %s is what the studio will answer', (type) => {
  const edit = { type, layer: 0, edges: [[1, 2]] } as const
  const shown = expected(model.specification, edit)
  expect(shown).toEqual(apply(model, edit).model.specification)
  const back = { ...edit, type: type === 'freeze' ? 'unfreeze' : 'unprune' } as const
  expect(shown && expected(shown, back)).toEqual(model.specification)
})

test('several edits that are one step are shown at once together', () => {
  const shown = expected(model.specification, {
    type: 'sequence',
    edits: [
      { type: 'prune', layer: 0, edges: [[0, 1]] },
      { type: 'freeze', layer: 0, edges: [[1, 0]] },
    ],
  })
  expect(shown && [isPruned(shown, 0, [0, 1]), isFrozen(shown, 0, [1, 0])]).toEqual([true, true])
  const wide = { type: 'set-width', layer: 0, nodes: 4 } as const
  expect(expected(model.specification, { type: 'sequence', edits: [wide] })).toBeNull()
})

test('only the edges that are meant change', () => {
  const shown = expected(model.specification, { type: 'prune', layer: 0, edges: [[0, 1]] })
  if (shown === null) throw new Error('a prune is shown at once')
  expect([isPruned(shown, 0, [0, 1]), isPruned(shown, 0, [1, 0]), isFrozen(shown, 0, [0, 1])]).toEqual([
    true,
    false,
    false,
  ])
})

test('what needs new numbers waits for the studio', () => {
  expect(expected(model.specification, { type: 'set-width', layer: 0, nodes: 4 })).toBeNull()
})
