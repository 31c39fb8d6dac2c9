import type { EdgeIndex, Specification } from '../../src-shared/kan/specification'
import { random } from '../../src-shared/numerics/random'
import type { Case } from '../main'
import { measure, table } from '../measure'
import { adamStep, design, PLAIN, ready, SPLINE } from '../networks'

const WIDTHS = [100, 300, 1]

/** What happens to the first layer's edges, given in random order. */
const LOCKS: readonly (readonly [string, (edges: readonly EdgeIndex[]) => Partial<Specification['layers'][number]>])[] =
  [
    ['nothing', () => ({})],
    ['half are frozen', (edges) => ({ frozen: half(edges) })],
    ['half are tied in pairs', (edges) => ({ tied: pairs(half(edges)) })],
    ['half are pruned', (edges) => ({ pruned: half(edges) })],
    ['90 % are pruned', (edges) => ({ pruned: edges.slice(0, 0.9 * edges.length) })],
    ['two thirds of the nodes are pruned', (edges) => ({ pruned: edges.filter(([, output]) => output % 3 > 0) })],
  ]

export const locks: Case = {
  name: 'locks',
  shows: `a step of [${WIDTHS}], batch 1000, with edges of the first layer frozen, tied or pruned at random: no lock costs, pruning saves`,
  async run() {
    const row = table(36, ['edges', 'ms a step', 'fastest', 'slowest', 'CPU ms', 'to nothing'])
    let plain: number | null = null
    for (const [name, lock] of LOCKS) {
      const base = design(WIDTHS, SPLINE)
      const [first, ...others] = base.layers
      if (first === undefined) throw new Error('no layer')
      const edges = shuffled(Array.from({ length: 100 * 300 }, (_, e): EdgeIndex => [e % 100, Math.floor(e / 100)]))
      const { network, data } = await ready({ ...base, layers: [{ ...first, ...lock(edges) }, ...others] }, 1000)
      const time = measure(() => adamStep(network, data, PLAIN))
      plain ??= time.median
      row(name, [time.median, time.fastest, time.slowest, time.cpu, time.median / plain])
      network.dispose()
    }
  },
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
