import { expect, test } from 'vitest'
import { networkOf } from '../testing'
import { tieStep, tieWords } from './tie'

const tied = [
  [0, 0],
  [1, 0],
  [1, 1],
]
const network = networkOf([2, 5, 1], [{ tied: [tied] }])
const at = (layer: number, input: number, output: number) => ({ layer, edge: [input, output] as const })

test('edges of one layer are tied, in the order in which they were touched', () => {
  const { step, note } = tieStep(network, [at(0, 1, 3), at(0, 0, 3), at(0, 0, 0)])
  const edges = [
    [1, 3],
    [0, 3],
    [0, 0],
  ]
  expect(step).toEqual({ type: 'edit', edit: { type: 'tie', layer: 0, edges } })
  expect(note).toBeNull()
})

test('edges of other layers are left alone, and one sentence says so', () => {
  const { step, note } = tieStep(network, [at(1, 0, 0), at(0, 0, 3), at(1, 1, 0), at(0, 1, 3)])
  expect(step).toMatchObject({
    edit: {
      type: 'tie',
      layer: 1,
      edges: [
        [0, 0],
        [1, 0],
      ],
    },
  })
  expect(note).toBe('Only edges of one layer can be tied: those of layer 2 are, the 2 others were left alone.')
  expect(tieStep(network, [at(1, 0, 0), at(0, 0, 3)])).toEqual({
    step: { type: 'nothing' },
    note: 'Only edges of one layer can be tied, and these are of two.',
  })
})

test('a tied edge is untied, one with a curve of its own waits for another', () => {
  expect(tieStep(network, [at(0, 1, 0)]).step).toEqual({
    type: 'edit',
    edit: { type: 'untie', layer: 0, edges: [[1, 0]] },
  })
  expect(tieStep(network, [at(0, 1, 3)]).step).toEqual({ type: 'wait', from: at(0, 1, 3) })
  expect(tieStep(network, []).step).toEqual({ type: 'nothing' })
})

test('edges that share one curve already are parted', () => {
  expect(tieStep(network, [at(0, 0, 0), at(0, 1, 1)]).step).toMatchObject({ edit: { type: 'untie' } })
})

test('a tie is told by the others in it', () => {
  expect(tieWords(network, at(0, 0, 0))).toBe('y → h₁ and 1 more')
  expect(tieWords(network, at(0, 0, 1))).toBeNull()
  const grouped = { ...network, inputs: network.inputs.map((input) => ({ ...input, group: 1 })) }
  expect(tieWords(grouped, at(0, 0, 3)), 'inputs of a group share their curves').toBe('y → h₄')
})
