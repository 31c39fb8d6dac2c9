import { describe, expect, it } from 'vitest'
import { forward } from '../../numerics/network'
import { decodeModel, encodeModel } from '../file/file'
import { withGroups } from '../groups'
import type { Model } from '../parameters'
import type { EdgeIndex } from '../specification'
import { retrained } from '../testing'
import { apply } from './apply'
import { describe as nameOf } from './describe'
import { curve, network } from './testing'

const group = (model: Model, inputs: number[], number: number) =>
  apply(model, { type: 'set-group', inputs, group: number })

describe('a group of inputs', () => {
  it('takes the first input’s curves, and exchanging its inputs changes nothing', () => {
    const model = network([3, 4, 1])
    const { model: grouped, inverse } = group(model, [2, 0], 1)
    for (let output = 0; output < 4; output++) {
      expect(curve(grouped, 0, [0, output])).toEqual(curve(model, 0, [2, output]))
    }
    const output = (x: number[]) => forward(grouped.specification, grouped.parameters, Float64Array.from(x))[0]
    expect(output([0.3, 0.1, -0.7])).toBeCloseTo(output([-0.7, 0.1, 0.3]) ?? Number.NaN, 12)
    expect(apply(grouped, inverse).model).toEqual(model)
  })

  it('takes one that comes later as it is by then, and lets it go with what it has', () => {
    const grouped = retrained(group(network([3, 2, 1]), [0, 1], 1).model, 5)
    const larger = group(grouped, [2], 1).model
    expect(curve(larger, 0, [2, 1])).toEqual(curve(grouped, 0, [0, 1]))
    const alone = group(larger, [0], 0).model
    expect(alone.parameters).toEqual(larger.parameters)
    expect(withGroups(alone.specification).layers[0]?.tied[0]).toEqual([
      [1, 0],
      [2, 0],
    ])
  })

  it('freezes and thaws each shared curve as one', () => {
    const edges: EdgeIndex[] = [[2, 1]]
    const frozen = apply(network([3, 2, 1]), { type: 'freeze', layer: 0, edges }).model
    const { model } = group(frozen, [2, 0], 7)
    expect(model.specification.layers[0]?.frozen).toEqual([
      [0, 1],
      [2, 1],
    ])
    const thawed = apply(model, { type: 'unfreeze', layer: 0, edges: [[0, 1]] }).model
    expect(thawed.specification.layers[0]?.frozen).toEqual([])
  })

  it('stays with its columns when others go and new ones come', () => {
    const grouped = group(network([3, 2, 1]), [0, 2], 1).model
    const changed = apply(grouped, { type: 'set-columns', inputs: ['x2', 'new', 'x0'], outputs: ['y0'] })
    expect(changed.model.specification.inputs.map(({ group: number }) => number)).toEqual([1, 0, 1])
    expect(curve(changed.model, 0, [0, 1])).toEqual(curve(grouped, 0, [0, 1]))
    expect(apply(changed.model, changed.inverse).model).toEqual(grouped)
  })

  it('is in the file, whose tied slots hold equal values', () => {
    const grouped = { ...group(network([3, 2, 1]), [0, 2], 1).model, moments: null }
    const read = decodeModel(encodeModel(grouped), 'a.kan')
    expect(read).toEqual(grouped)
    const [first, ...others] = grouped.parameters
    const weights = first?.weights.map((weight, k) => (k === 0 ? weight + 1 : weight))
    const odd = { ...grouped, parameters: [{ ...first, weights }, ...others] } as Model
    expect(() => decodeModel(encodeModel(odd), 'a.kan')).toThrow(
      'a.kan: the groups of the inputs tie the edges [0, 0] and [2, 0], but their tensors hold different curves',
    )
  })

  it.each([
    ['an input in it already', [[0, 1], 1], 'These inputs are in group 1 already.'],
    ['no such input', [[5], 1], 'There is no input 6: the network has 3.'],
    ['half a group', [[0], 0.5], 'A group is a whole number, 0 for none or −1 for discarded, not 0.5.'],
  ] as const)('refuses %s', (_, [inputs, number], message) => {
    const grouped = group(network([3, 2, 1]), [0, 1], 1).model
    expect(() => group(grouped, [...inputs], number)).toThrow(message)
  })

  it('refuses what would break it, saying what to do instead', () => {
    const grouped = group(network([3, 2, 1]), [0, 1], 1).model
    const edges: EdgeIndex[] = [[0, 1]]
    expect(() => apply(grouped, { type: 'untie', layer: 0, edges })).toThrow('take x0 out of the group instead')
    expect(() => apply(grouped, { type: 'remove-layer', at: 0 })).toThrow('dissolve the group first')
    const tie: EdgeIndex[] = [
      [2, 0],
      [2, 1],
    ]
    const tied = apply(grouped, { type: 'tie', layer: 0, edges: tie }).model
    expect(() => group(tied, [2], 1)).toThrow('untie its edges first')
  })
})

describe('a discarded input', () => {
  it('has no say, and comes back with the curves it had', () => {
    const model = network([3, 2, 1])
    const { model: discarded, inverse } = group(model, [1], -1)
    const output = (y: number) =>
      forward(discarded.specification, discarded.parameters, Float64Array.of(0.3, y, -0.7))[0]
    expect(output(0.5)).toBe(output(-0.9))
    expect(discarded.parameters).toEqual(model.parameters)
    expect(apply(discarded, inverse).model).toEqual(model)
    expect(() => apply(discarded, { type: 'unprune', layer: 0, edges: [[1, 0]] })).toThrow('bring x1 back instead')
  })
})

describe('the undo menu', () => {
  const { specification } = group(network([3, 2, 1]), [1], -1).model
  it.each([
    [[0], 2, 'Put input x0 into group 2'],
    [[0, 2], 1, 'Put 2 inputs into group 1'],
    [[0], -1, 'Discard input x0'],
    [[1], 0, 'Bring back input x1'],
    [[0], 0, 'Take input x0 out of its group'],
  ] as const)('says of %j into %i: %s', (inputs, number, words) => {
    expect(nameOf({ type: 'set-group', inputs, group: number }, specification)).toBe(words)
  })
})
