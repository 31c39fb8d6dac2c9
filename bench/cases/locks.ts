import { spreadOf } from '../../src-shared/benchmark/results'
import type { EdgeIndex, Specification } from '../../src-shared/kan/specification'
import { random } from '../../src-shared/numerics/random'
import type { Case } from '../case'
import { measure, type Timing, table } from '../measure'
import { adamStep, design, PLAIN, ready, SPLINE } from '../networks'

const WIDTHS = [100, 300, 1]

type Locks = Partial<Specification['layers'][number]>

const ROUNDS = 9

/** What happens to the first layer's edges, given in random order, and to the second's. */
const LOCKS: readonly (readonly [string, (edges: readonly EdgeIndex[]) => Locks, Locks?])[] = [
  ['nothing', () => ({})],
  ['half are frozen', (edges) => ({ frozen: half(edges) })],
  ['half are tied in pairs', (edges) => ({ tied: pairs(half(edges)) })],
  ['half are pruned', (edges) => ({ pruned: half(edges) })],
  ['90 % are pruned', (edges) => ({ pruned: edges.slice(0, 0.9 * edges.length) })],
  ['two thirds of the nodes are pruned', (edges) => ({ pruned: edges.filter(([, output]) => isGone(output)) })],
  [
    'and the edges out of them',
    (edges) => ({ pruned: edges.filter(([, output]) => isGone(output)) }),
    { pruned: Array.from({ length: 300 }, (_, node): EdgeIndex => [node, 0]).filter(([node]) => isGone(node)) },
  ],
  ['two thirds of the inputs are pruned', (edges) => ({ pruned: edges.filter(([input]) => isGone(input)) })],
  ['all but one of four blocks', (edges) => ({ pruned: edges.filter(([input, output]) => input % 4 !== output % 4) })],
]

export const locks: Case = {
  name: 'locks',
  shows: `a step of [${WIDTHS}], batch 1000, with edges of the first layer frozen, tied or pruned at random: no lock costs, pruning saves; a number is that of threads`,
  async run([threads]) {
    const subjects = []
    for (const [name, lock, second = {}] of LOCKS) {
      const base = design(WIDTHS, SPLINE)
      const edges = shuffled(Array.from({ length: 100 * 300 }, (_, e): EdgeIndex => [e % 100, Math.floor(e / 100)]))
      const layers = base.layers.map((layer, l) => ({ ...layer, ...(l === 0 ? lock(edges) : second) }))
      const network = await ready({ ...base, layers }, 1000, 1000, threads === undefined ? undefined : Number(threads))
      subjects.push({ name, ...network, times: [] as Timing[] })
    }
    // In turns: whatever else computes meets all alike.
    for (let round = 0; round < ROUNDS; round++) {
      for (const { network, data, times } of subjects) {
        times.push(measure(() => adamStep(network, data, PLAIN), { rounds: 1, warm: round === 0 ? 2 : 0 }))
      }
    }
    const row = table(36, ['edges', 'ms a step', 'fastest', 'slowest', 'to nothing', 'CPU ms', 'to nothing'])
    const medians = subjects.map(({ times }) => ({
      wall: spreadOf(times.map(({ median }) => median)).median,
      cpu: spreadOf(times.map(({ cpu }) => cpu)).median,
    }))
    subjects.forEach(({ name, network, times }, s) => {
      const { wall = 0, cpu = 0 } = medians[s] ?? {}
      const { wall: plain = 1, cpu: plainCpu = 1 } = medians[0] ?? {}
      const walls = times.map(({ median }) => median)
      row(name, [wall, Math.min(...walls), Math.max(...walls), wall / plain, cpu, cpu / plainCpu])
      network.dispose()
    })
  },
}

function isGone(number: number): boolean {
  return number % 3 > 0
}

function half(edges: readonly EdgeIndex[]): EdgeIndex[] {
  return edges.slice(0, edges.length / 2)
}

function pairs(edges: readonly EdgeIndex[]): EdgeIndex[][] {
  return Array.from({ length: Math.floor(edges.length / 2) }, (_, p) => edges.slice(2 * p, 2 * p + 2))
}

function shuffled(edges: EdgeIndex[]): EdgeIndex[] {
  const next = random(1, 'edges')
  return edges
    .map((edge) => [next(), edge] as const)
    .sort(([a], [b]) => a - b)
    .map(([, edge]) => edge)
}
