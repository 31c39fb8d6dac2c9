import { expect, test } from 'vitest'
import { inkNetwork } from '../numbers/ink'
import { edgeBox, nodeY } from '../place/view'
import { edgesOf, runsOf } from '../selection/runs'
import { networkOf, seenOf } from '../testing'
import type { Tool } from '../types'
import { rectangleOf, takenBy } from './rectangle'

const size = { width: 926, height: 605 }
const network = networkOf([2, 5, 1], [{ pruned: [[0, 0]], frozen: [[0, 0]] }])
const seen = seenOf(network, size)
const inks = inkNetwork(network, null)
const at = (layer: number, input: number, output: number) => ({ layer, edge: [input, output] as const })

/** From the middle of one edge's slot to that of another. */
function between(from: ReturnType<typeof at>, to: ReturnType<typeof at>, of = seen) {
  const [a, b] = [from, to].map(({ layer, edge }) => {
    const pair = of.pairs[layer]
    if (pair === undefined) throw new RangeError(`no layer ${layer}`)
    return edgeBox(pair, ...edge)
  })
  if (a === undefined || b === undefined) throw new RangeError('two edges')
  return rectangleOf(b, a)
}
const take = (tool: Tool, rectangle: ReturnType<typeof between>) => takenBy(seen, inks, tool, rectangle, 'none')

test('a rectangle takes the edges whose curves it touches', () => {
  const taken = take('select', between(at(0, 1, 0), at(0, 1, 1)))
  expect(edgesOf(taken.edges)).toEqual([at(0, 1, 0), at(0, 0, 1), at(0, 1, 1)])
  expect(taken.count).toBe(3)
  expect(take('select', { left: 0, top: 0, right: 4, bottom: 4 }).count).toBe(0)
})

test('over several layers it takes all of them', () => {
  const taken = take('select', { left: 0, top: 0, right: size.width, bottom: size.height })
  expect(taken.edges.map(({ layer, count }) => [layer, count])).toEqual([
    [0, 10],
    [1, 5],
  ])
})

test('Lock and Prune take what is open, and take it back where nothing is', () => {
  const two = between(at(0, 0, 0), at(0, 1, 0))
  expect(edgesOf(take('prune', two).edges)).toEqual([at(0, 1, 0)])
  expect(edgesOf(take('lock', two).edges)).toEqual([at(0, 1, 0)])
  expect(edgesOf(take('prune', between(at(0, 0, 0), at(0, 0, 0))).edges)).toEqual([at(0, 0, 0)])
  expect(take('tie', two).count).toBe(2)
})

test('nodes are taken where there are no edges, or nodes are selected already', () => {
  const [inputs] = seen.columns
  if (inputs === undefined) throw new RangeError('no inputs')
  const over = { left: inputs.x - 40, top: nodeY(inputs, 0), right: inputs.x + 40, bottom: nodeY(inputs, 1) }
  expect(take('select', over).nodes).toEqual([
    { layer: 0, index: 0 },
    { layer: 0, index: 1 },
  ])
  expect(take('prune', over).count, 'nodes cannot be pruned').toBe(0)
  const all = { left: 0, top: 0, right: size.width, bottom: size.height }
  expect(takenBy(seen, inks, 'select', all, 'nodes').nodes).toHaveLength(8)
  expect(takenBy(seen, inks, 'select', all, 'edges').nodes).toEqual([])
})

test('in a table it takes rows and columns', () => {
  const large = networkOf([100, 100, 1])
  const table = seenOf(large, size)
  const part = between(at(0, 3, 10), at(0, 5, 11), table)
  const taken = takenBy(table, inkNetwork(large, null), 'prune', part, 'none')
  expect(edgesOf(taken.edges)).toEqual([
    at(0, 3, 10),
    at(0, 4, 10),
    at(0, 5, 10),
    at(0, 3, 11),
    at(0, 4, 11),
    at(0, 5, 11),
  ])
})

test('edges become runs and edges again', () => {
  const edges = [at(1, 4, 0), at(0, 1, 2), at(0, 0, 2), at(0, 0, 0)]
  const runs = runsOf(edges, (layer) => (layer === 0 ? 2 : 5))
  expect(runs.find(({ layer }) => layer === 0)?.runs).toEqual([
    [0, 1],
    [4, 6],
  ])
  expect(edgesOf(runs)).toHaveLength(4)
})
