import { expect, test } from 'vitest'
import { createCurves } from '../numbers/curves'
import { networkOf, seenOf } from '../testing'
import type { Colours } from './colours'
import { createWatcher } from './fresh'
import type { Scene } from './scene'

const size = { width: 926, height: 605 }
const at = (input: number, output: number) => ({ layer: 0, edge: [input, output] as const })

/** A network that is seen whole. */
function sceneOf(shape: readonly number[]): Scene {
  const specification = networkOf(shape)
  const seen = seenOf(specification, size)
  return { specification, seen, inks: [], curves: createCurves(), colours: {} as Colours, pictures: null }
}

test('the edges whose curves are seen are watched, and told once', () => {
  const watch = createWatcher()
  const scene = sceneOf([2, 5, 1])
  expect(watch(scene, [])?.map(({ layer, edges }) => [layer, edges.length])).toEqual([
    [0, 10],
    [1, 5],
  ])
  expect(watch(scene, [])).toBeNull()
  expect(watch({ ...scene, specification: networkOf([2, 5, 1]) }, [])).toHaveLength(2)
})

test('of a table in which no curve can be seen, every edge that stands out is watched', () => {
  const watch = createWatcher()
  const scene = sceneOf([784, 64, 10])
  const edges = (...standOut: ReturnType<typeof at>[]) => watch(scene, standOut)?.map((one) => [...one.edges])
  expect(edges(at(1, 0), at(3, 0), at(5, 0))).toEqual([[1, 3, 5]])
  expect(edges(at(1, 0), at(4, 0), at(5, 0)), 'another one between the same two').toEqual([[1, 4, 5]])
  expect(edges(at(1, 0), at(4, 0), at(5, 0))).toBeUndefined()
})
