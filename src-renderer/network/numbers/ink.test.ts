import { expect, test } from 'vitest'
import { networkOf } from '../testing'
import { coneOf } from './cone'
import { FORMULA, FROZEN, networkFlags, PRUNED, TIED } from './flags'
import { deadNodes, edgesByStyle, inkNetwork, LEAVING, nodeStrengths, STYLES } from './ink'

const network = networkOf(
  [2, 3, 1],
  [
    {
      frozen: [[0, 0]],
      pruned: [
        [0, 1],
        [1, 1],
      ],
      tied: [
        [
          [0, 2],
          [1, 2],
        ],
      ],
    },
    { pruned: [[2, 0]] },
  ],
)
const flags = networkFlags(network)
const scored = (scores: readonly number[][]) =>
  scores.map((layer) => ({
    scores: Float32Array.from(layer),
    minimum: new Float32Array(2),
    maximum: new Float32Array(2),
  }))

const inked = (...scores: readonly number[][]) => inkNetwork(network, scored(scores))

test('flags stand at output · inputs + input, as scores do', () => {
  expect([...(flags[0] ?? [])]).toEqual([FROZEN, 0, PRUNED, PRUNED, TIED, TIED])
  expect([...(flags[1] ?? [])]).toEqual([0, 0, PRUNED])
})

test('a formula is marked beside what else was done to its edge', () => {
  const symbolic = [{ edge: [1, 0], function: 'sin', a: 1, b: 0, c: 1, d: 0 }]
  const fixed = networkOf([2, 2, 1], [{ symbolic, frozen: [[1, 0]] }])
  expect([...(networkFlags(fixed)[0] ?? [])]).toEqual([0, FROZEN | FORMULA, 0, 0])
})

test('ink is tanh(3 · score)', () => {
  const scores = [
    [0, 0.1, 0, 0, 0.6, 7],
    [0.3, 0.01, 0],
  ]
  const inks = inked(...scores)
  scores.flat().forEach((score, n) => {
    const ink = n < 6 ? inks[0]?.ink[n] : inks[1]?.ink[n - 6]
    expect(ink).toBeCloseTo(Math.tanh(3 * score), 2)
  })
})

test('before any score is known, and while scores have another shape, every edge has a medium ink', () => {
  for (const importance of [null, scored([[1, 1], [1]])]) {
    expect([...(inkNetwork(network, importance)[0]?.ink ?? [])]).toEqual([0.5, 0.5, 0.5, 0.5, 0.5, 0.5])
  }
})

test('edges are laid out by their style, none left out, and the strongest that is not pruned is known', () => {
  const scores = [
    [0, 0.1, 9, 0, 0.6, 0.2],
    [0.3, 0.01, 0],
  ]
  const [ink] = inked(...scores)
  if (ink === undefined) throw new Error('no layer')
  const { order, starts } = edgesByStyle(ink)
  const styles = [...order].map((e) => ink.style[e])
  expect(styles).toEqual(styles.toSorted((a = 0, b = 0) => a - b))
  expect([...order].toSorted()).toEqual([0, 1, 2, 3, 4, 5])
  STYLES.forEach((_, s) => {
    for (const e of order.subarray(starts[s], starts[s + 1])) expect(ink.style[e]).toBe(s)
  })
  expect(ink.strongest).toBeCloseTo(Math.tanh(1.8), 2)
  expect(inkNetwork(network, null)[0]?.strongest).toBe(1)
})

test('the cone of a node of a weak layer is lit by its strongest edges all the same', () => {
  const inks = inked([0.002, 0.001, 0, 0, 0, 0], [0.3, 0.3, 0])
  expect(coneOf(inks, 1, 0).find(({ layer, edge }) => layer === 0 && edge === 0)?.ink).toBeCloseTo(1)
})

test('locked, tied and pruned lines each differ from plain ones by more than their colour', () => {
  const [ink] = inkNetwork(network, null)
  const styleOf = (e: number) => STYLES[ink?.style[e] ?? 0]
  expect(styleOf(0)?.colour).toBe('frozen')
  expect(styleOf(4)?.colour).toBe('tied')
  expect(styleOf(2)?.colour).toBe('ghost')
  const plain = STYLES.find(({ colour }) => colour === 'ink')
  expect(styleOf(0)?.width).toBeGreaterThan(plain?.width ?? 9)
  expect(styleOf(4)?.dash).not.toEqual(plain?.dash)
  expect(styleOf(2)?.dash).not.toEqual(plain?.dash)
})

test('a node is dead when all edges into it or all edges out of it are pruned', () => {
  expect(deadNodes(network, null).map((column) => [...column])).toEqual([[0, 0], [0, 1, 1], [0]])
})

test('edges that would be pruned are drawn as leaving, and their nodes as dead', () => {
  const ghosts = [Uint8Array.of(1, 1, 0, 0, 0, 0), new Uint8Array(3)]
  const [ink] = inkNetwork(network, null, ghosts)
  expect([...(ink?.style ?? [])].map((style) => style === LEAVING)).toEqual([true, true, false, false, false, false])
  expect(STYLES[LEAVING]?.colour).toBe('warn')
  expect([...(ink?.flags ?? [])]).toEqual([...(flags[0] ?? [])])
  expect(deadNodes(network, ghosts).map((column) => [...column])).toEqual([[1, 1], [1, 1, 1], [1]])
  const others = [new Uint8Array(2).fill(1), new Uint8Array(3)]
  expect(inkNetwork(network, null, others)).toEqual(inkNetwork(network, null))
})

test('the strongest node of a column has strength 1', () => {
  const inks = inked([0.1, 0.1, 0, 0, 1, 1], [0.3, 0.1, 0])
  const strengths = nodeStrengths(inks, 1)
  expect(strengths[2]).toBe(1)
  expect(strengths[1]).toBe(0)
  expect(strengths[0]).toBeGreaterThan(0.1)
})

test('the cone of a node holds its edges and those behind them, without pruned ones, fading with distance', () => {
  const inks = inked([0.2, 0.2, 0, 0, 0.2, 0.2], [0.3, 0.3, 0])
  const cone = coneOf(inks, 2, 0)
  const edges = (layer: number) => cone.filter((found) => found.layer === layer).map(({ edge }) => edge)
  expect(edges(1).sort()).toEqual([0, 1])
  expect(edges(0).sort()).toEqual([0, 1])
  const strength = (layer: number) => cone.find((found) => found.layer === layer)?.ink ?? 0
  expect(strength(0)).toBeLessThan(strength(1))
})
