import { describe, expect, it } from 'vitest'
import { network } from '../../src-shared/kan/edits/testing'
import { FITTED } from '../network/place/geometry'
import { layoutNetwork } from '../network/place/layout'
import { see } from '../network/place/view'
import { gapsOf, nextPlace, placeAt, placeIn, placesOf, zonesOf } from './places'

const { specification } = network([2, 5, 1])
const seen = see(
  layoutNetwork(specification, { width: 900, height: 600 }, () => 8),
  FITTED,
)
const columns = seen.columns.map(({ x }) => x)
const between = (a: number) => ((columns[a] ?? 0) + (columns[a + 1] ?? 0)) / 2
const at = (x: number) => placeAt(zonesOf(seen, placesOf(specification)), x)

describe('places of a block', () => {
  it('are the gaps, the layers and both ends', () => {
    expect(at(between(0))).toEqual({ type: 'gap', at: 0 })
    expect(at(columns[1] ?? 0)).toEqual({ type: 'layer', layer: 0 })
    expect(at(between(1))).toEqual({ type: 'gap', at: 1 })
    expect(at(columns[2] ?? 0)).toEqual({ type: 'layer', layer: 1 })
    expect(at(0)).toEqual({ type: 'gap', at: 0 })
    expect(at(899)).toEqual({ type: 'gap', at: 2 })
  })

  it('do not lie over each other, also where many layers leave little room', () => {
    for (const widths of [[2, 1], [2, 5, 1], Array<number>(40).fill(3)]) {
      const design = network(widths).specification
      const narrow = see(
        layoutNetwork(design, { width: 700, height: 400 }, () => 8),
        FITTED,
      )
      const zones = zonesOf(narrow, placesOf(design))
      for (const [k, zone] of zones.entries()) {
        expect(zone.to).toBeGreaterThan(zone.from)
        expect(zone.from).toBeGreaterThanOrEqual(zones[k - 1]?.to ?? 0)
      }
    }
  })

  it('of a layer that is moved are the gaps alone', () => {
    const zones = zonesOf(seen, gapsOf(specification))
    expect(placeAt(zones, (columns[1] ?? 0) + 20)).toEqual({ type: 'gap', at: 1 })
    expect(placeAt(zones, (columns[1] ?? 0) - 20)).toEqual({ type: 'gap', at: 0 })
  })

  it('are walked from end to end by the keyboard', () => {
    const places = placesOf(specification)
    const walked = [nextPlace(places, null, 1)]
    for (let step = 0; step < 5; step++) walked.push(nextPlace(places, walked.at(-1) ?? null, 1))
    expect(walked).toEqual([...places, places.at(-1)])
    expect(nextPlace(places, null, -1)).toEqual({ type: 'gap', at: 2 })
  })
})

it('nodes go below all others that lie above the pointer', () => {
  const column = seen.columns[1]
  if (!column) throw new Error('no column')
  const y = (k: number) => column.y + k * column.pitch
  expect(placeIn(seen, 1, [2], y(2) + 3)).toBe(2)
  expect(placeIn(seen, 1, [2], y(0) - 3)).toBe(0)
  expect(placeIn(seen, 1, [0, 1], y(4) + 3)).toBe(3)
})
