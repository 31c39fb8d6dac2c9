import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { StudioCalls } from '../../src-shared/contract/studio'
import type { EditRequest } from '../../src-shared/kan/edits/edit'
import { editsOf, models } from '../../src-shared/kan/testing'
import { UserError } from '../../src-shared/user-error'
import { guarded } from './boundary'

/** A studio of which only edits are asked: it answers with the last one that came through. */
function editing() {
  let last: EditRequest | undefined
  const calls = { edit: (edit: EditRequest) => (last = edit) } as unknown as StudioCalls
  return { edit: guarded(calls).edit, last: () => last }
}

test('every edit that a person may ask for comes through as it is', () => {
  const { edit, last } = editing()
  const requests = models.chain(({ specification }) =>
    fc.oneof(
      editsOf(specification),
      fc.record({ type: fc.constant('fit-grid' as const), layer: fc.option(fc.nat(3)) }),
    ),
  )
  fc.assert(
    fc.property(requests, (request) => {
      edit(request)
      expect(last()).toEqual(request)
    }),
    { numRuns: 300 },
  )
})

test('edits that put whole layers back do not come through', () => {
  const { edit, last } = editing()
  expect(() => edit({ type: 'sequence', edits: [{ type: 'order-layers', order: [0] }] })).toThrow(UserError)
  expect(() => edit({ type: 'order-layers', order: [0] })).toThrow(UserError)
  expect(last()).toBeUndefined()
})

test('several edits come through as one step, but for those that begin anew', () => {
  const { edit, last } = editing()
  const step: EditRequest = {
    type: 'sequence',
    edits: [
      { type: 'prune', layer: 0, edges: [[0, 1]] },
      { type: 'prune', layer: 1, edges: [[2, 0]] },
    ],
  }
  edit(step)
  expect(last()).toEqual(step)
  expect(() => edit({ type: 'sequence', edits: [{ type: 'reset' }] })).toThrow(UserError)
  expect(() => edit({ type: 'sequence', edits: [] })).toThrow(UserError)
})
