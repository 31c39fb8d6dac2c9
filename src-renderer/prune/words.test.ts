import { expect, test } from 'vitest'
import type { PruneLoss, SplitLoss } from '../../src-shared/contract/pruning'
import { costWords, goneWords, keptWords, lostWords, pruneWords } from './words'

const pruning = { layers: [], edges: 4, nodes: 1, parameters: 1038, locked: 0, kept: 0, inputs: [] }
const split: SplitLoss = { name: 'train', rows: 2000, of: 90_000, before: 8.31e-4, after: 8.34e-4 }
const lossOf = (splits: readonly SplitLoss[]): PruneLoss => ({ revision: 0, milliseconds: 1, splits })

test('what goes is counted', () => {
  expect(goneWords(pruning)).toBe('4 edges, 1 node, 1\u202f038 parameters')
  expect(goneWords({ ...pruning, edges: 1, nodes: 0, parameters: 1 })).toBe('1 edge, 1 parameter')
  expect([0, 1, 2000].map(pruneWords)).toEqual(['Prune', 'Prune 1 edge', 'Prune 2\u202f000 edges'])
  expect(goneWords({ ...pruning, edges: 0, nodes: 0, parameters: 0 })).toBe('Nothing would go.')
})

test('the cost says of which rows it is, and validation rows decide', () => {
  const cost = { name: 'loss', before: '8.31e−4', after: '8.34e−4', short: '2\u202f000 of 90\u202f000 rows' }
  expect(costWords(lossOf([split]))).toMatchObject(cost)
  const validation: SplitLoss = { ...split, name: 'validation', rows: 40, of: 40 }
  expect(costWords(lossOf([split, validation]))).toMatchObject({
    name: 'validation',
    rows: 'The data loss on 40 validation rows.',
  })
  expect(costWords(lossOf([]))).toBeNull()
})

test('what stays and what is lost is said', () => {
  expect(keptWords(pruning)).toBeNull()
  expect(keptWords({ ...pruning, kept: 2 })).toContain('2 weak edges stay')
  const names = ['x', 'y', 'z', 'w'].map((name) => ({ name, group: 0 }))
  expect(lostWords({ ...pruning, inputs: [1, 2] }, names)).toBe('Inputs y, z would have no say any more.')
  expect(lostWords({ ...pruning, inputs: [0, 1, 2, 3] }, names)).toBe('4 inputs would have no say any more.')
  expect(lostWords(pruning, names)).toBeNull()
})
