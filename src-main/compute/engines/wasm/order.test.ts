import { describe, expect, it } from 'vitest'
import { makeSample } from '../conformance-models'
import { SPLINE } from '../conformance-runs'
import { planLayout } from './layout'
import { isOutdated, orderFor, ownOrder } from './order'

const INPUTS = 5
const OUTPUTS = 27
const LANES = 8

/** Of a layer [5, 27], whose last tile is not full. */
function orderWithout(isGone: (input: number, output: number) => boolean): Int32Array {
  const { specification } = makeSample({
    ...{ inputs: INPUTS, layers: [{ basis: SPLINE, nodes: OUTPUTS }], rows: 1, seed: 1 },
  })
  const fields = planLayout(specification, 1, 1).layers[0]?.fields
  if (fields === undefined) throw new RangeError('no layer')
  return orderFor(fields, mask(isGone))
}

function mask(isGone: (input: number, output: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: INPUTS * OUTPUTS }, (_, e) => (isGone(e % INPUTS, Math.floor(e / INPUTS)) ? 1 : 0))
}

/** Pairs of a tile and an input that are left. */
function pairsLeft(places: Int32Array, isGone: (input: number, output: number) => boolean): number {
  const pairs = new Set<string>()
  places.forEach((place, output) => {
    for (let i = 0; i < INPUTS; i++) if (!isGone(i, output)) pairs.add(`${Math.floor(place / LANES)} ${i}`)
  })
  return pairs.size
}

describe('the order of a layer’s outputs', () => {
  it('is their own where nothing is pruned, or where no tile would be saved', () => {
    expect(orderWithout(() => false)).toEqual(ownOrder(OUTPUTS))
    expect(orderWithout((input, output) => input === 2 && output < 2)).toEqual(ownOrder(OUTPUTS))
    // A whole tile of an input, as it lies.
    expect(orderWithout((input, output) => input === 2 && output < 8)).toEqual(ownOrder(OUTPUTS))
  })

  it('puts outputs without edges last, the others keeping theirs', () => {
    const places = orderWithout((_, output) => output % 3 !== 1)
    const kept = [...places].filter((_, output) => output % 3 === 1)
    expect(kept).toEqual(Array.from({ length: 9 }, (_, k) => k))
    expect(new Set(places)).toEqual(new Set(ownOrder(OUTPUTS)))
  })

  it('puts outputs of the same inputs into one tile', () => {
    const isGone = (input: number, output: number) => input % 3 !== output % 3
    const places = orderWithout(isGone)
    expect([...places].sort((a, b) => a - b)).toEqual([...ownOrder(OUTPUTS)])
    expect(pairsLeft(ownOrder(OUTPUTS), isGone)).toBe(20)
    expect(pairsLeft(places, isGone)).toBe(10)
  })

  it('is chosen anew once more than an eighth of the edges went or came', () => {
    const nothing = mask(() => false)
    const some = mask((input, output) => input === 0 && output < 16)
    const many = mask((input, output) => input === 0 && output < 17)
    expect(isOutdated(nothing, some)).toBe(false)
    expect(isOutdated(nothing, many)).toBe(true)
    expect(isOutdated(many, nothing)).toBe(true)
  })
})
