import { describe, expect, it } from 'vitest'
import { apply } from '../../src-shared/kan/edits/apply'
import { network, widthsOf } from '../../src-shared/kan/edits/testing'
import type { Selection } from '../network/types'
import { doubling, movedNodes, removal, twinsOf, type Wish } from './selected'

const model = network([2, 5, 4, 1])
const { specification } = model
const nodes = (...addresses: [layer: number, index: number][]): Selection => ({
  type: 'nodes',
  nodes: addresses.map(([layer, index]) => ({ layer, index })),
})
const after = (wish: Wish) => {
  if ('why' in wish) throw new Error(wish.why)
  return apply(model, wish.edit).model
}
const why = (wish: Wish) => ('why' in wish ? wish.why : null)

describe('removing', () => {
  it('takes nodes of several layers out as one step, and discards inputs', () => {
    const gone = after(removal(specification, nodes([0, 1], [1, 4], [1, 0], [2, 2])))
    expect(widthsOf(gone)).toEqual([2, 3, 3, 1])
    expect(gone.specification.inputs[1]?.group).toBe(-1)
  })

  it('takes several layers out, each where it was', () => {
    expect(widthsOf(after(removal(specification, { type: 'layers', layers: [0, 1] })))).toEqual([2, 1])
  })

  it('prunes edges', () => {
    const edges = [{ layer: 0, edge: [0, 3] as const }]
    const pruned = after(removal(specification, { type: 'edges', edges })).specification
    expect(pruned.layers[0]?.pruned).toEqual([[0, 3]])
    expect(why(removal(pruned, { type: 'edges', edges }))).toBe('These edges are pruned already.')
  })

  it('says why it cannot', () => {
    expect(why(removal(specification, { type: 'none' }))).toBe('Select edges, nodes or layers first.')
    expect(why(removal(specification, nodes([3, 0])))).toMatch('outputs are the targets')
    expect(why(removal(specification, nodes([2, 0], [2, 1], [2, 2], [2, 3])))).toMatch('remove the layer instead')
    expect(why(removal(specification, { type: 'layers', layers: [0, 1, 2] }))).toBe('A network needs a layer.')
  })
})

describe('doubling', () => {
  it('gives nodes twins and layers another behind', () => {
    expect(widthsOf(after(doubling(specification, nodes([1, 0], [1, 1], [2, 3]))))).toEqual([2, 7, 5, 1])
    expect(widthsOf(after(doubling(specification, { type: 'layers', layers: [0, 1] })))).toEqual([2, 5, 5, 4, 4, 1])
    expect(why(doubling(specification, nodes([0, 0])))).toMatch('inputs are columns of the data')
  })
})

describe('moving nodes', () => {
  it('brings them together a place up or down, within their layer', () => {
    expect(movedNodes(specification, nodes([1, 3], [1, 1]), -1)).toEqual({ layer: 0, nodes: [1, 3], to: 0 })
    expect(movedNodes(specification, nodes([1, 3]), 1)).toEqual({ layer: 0, nodes: [3], to: 4 })
    expect(movedNodes(specification, nodes([1, 4]), 1)).toBe('It is the last already.')
    expect(movedNodes(specification, nodes([1, 4], [2, 1]), 1)).toBe('Select hidden nodes of one layer.')
  })
})

describe('twinsOf', () => {
  it('names the nodes behind those that were doubled, layer by layer', () => {
    expect(twinsOf(nodes([1, 0], [1, 3], [2, 1]))).toEqual(nodes([1, 1], [1, 5], [2, 2]))
  })

  it('names the layers behind those that were doubled', () => {
    expect(twinsOf({ type: 'layers', layers: [2, 0] })).toEqual({ type: 'layers', layers: [4, 1] })
  })
})
