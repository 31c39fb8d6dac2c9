import { describe, expect, it } from 'vitest'
import { withGroups } from './groups'
import { checkSpecification } from './validate'

const design = (groups: readonly number[], layer: object = {}) =>
  checkSpecification(
    {
      ...{ format: 1, name: 'a' },
      inputs: groups.map((group, i) => ({ name: `x${i}`, group })),
      outputs: [{ name: 'y' }],
      layers: [{ nodes: 1, basis: { type: 'chebyshev', degree: 2 }, ...layer }],
    },
    'a.kan',
  )
const locks = (groups: readonly number[], layer?: object) => withGroups(design(groups, layer)).layers[0]

describe('groups of inputs', () => {
  it('tie the edges of their inputs, output by output, and prune those of discarded ones', () => {
    expect(locks([1, -1, 2, 1, 0, 2])).toMatchObject({
      tied: [
        [
          [0, 0],
          [3, 0],
        ],
        [
          [2, 0],
          [5, 0],
        ],
      ],
      pruned: [[1, 0]],
    })
  })

  it('become one with ties that share an edge, and freeze along', () => {
    const tied = [
      [
        [1, 0],
        [2, 0],
      ],
    ]
    const edges = [
      [1, 0],
      [2, 0],
      [0, 0],
    ]
    expect(locks([5, 5, 0], { tied, frozen: [[2, 0]] })).toMatchObject({ tied: [edges], frozen: edges.toSorted() })
  })

  it('of one input, or none, ask for nothing', () => {
    expect(locks([1, 0, 2])).toMatchObject({ tied: [], pruned: [] })
    const plain = design([0, 0])
    expect(withGroups(plain)).toBe(plain)
  })
})
