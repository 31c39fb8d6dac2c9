/** Which questions of speed come up again and again? Each as a plan, to be measured as it is or changed. */
import { ALL_METHODS, DEFAULT_BASES, methodText } from './method'
import { BETTER_KAN, type BenchPlan, DEFAULT_BATCH, DEFAULT_REPETITIONS, DEFAULT_SHAPE } from './plan'

export const PRESETS = ['better_kan-2024', 'this-network', 'scaling-batch', 'scaling-width', 'grid-size'] as const
export type PresetName = (typeof PRESETS)[number]

interface Preset {
  readonly title: string
  /** The question, in a sentence. */
  readonly explanation: string
  /** Whether it measures the open network. */
  readonly needsNetwork: boolean
  readonly plan: (engines: readonly string[]) => BenchPlan
}

/**
 * A plan that does not pass for a preset that it is not: with sizes or settings of its own, that is in its title. Fewer methods,
 * other engines or repetitions make no other benchmark.
 */
export function truthfullyTitled(plan: BenchPlan): BenchPlan {
  const preset = PRESETS.map((name) => PRESET[name].plan([])).find(({ title }) => title === plan.title)
  if (preset === undefined) return plan
  const [own, all] = [plan.methods.map(methodText), preset.methods.map(methodText)]
  const isSame =
    JSON.stringify([plan.shapes, plan.batchSizes]) === JSON.stringify([preset.shapes, preset.batchSizes]) &&
    own.every((method) => all.includes(method))
  return isSame ? plan : { ...plan, title: `${plan.title}, changed` }
}

const doubled = (first: number, times: number) => Array.from({ length: times }, (_, k) => first * 2 ** k)

const base = (title: string, engines: readonly string[]) => ({
  ...{
    title,
    methods: [...ALL_METHODS],
    engines: [...engines],
    threads: [null],
    regularized: [false, true],
  },
  ...{ shapes: [DEFAULT_SHAPE], batchSizes: [DEFAULT_BATCH], repetitions: 20, warmUp: 1, peers: [] },
})

export const PRESET: Readonly<Record<PresetName, Preset>> = {
  'better_kan-2024': {
    title: BETTER_KAN,
    explanation: "How fast are all methods on better_kan's own benchmark? Its README's figures stand beside.",
    needsNetwork: false,
    plan: (engines) => ({
      ...base(BETTER_KAN, engines),
      repetitions: DEFAULT_REPETITIONS,
    }),
  },
  'this-network': {
    title: 'This network on every engine',
    explanation: 'Which engine trains the open network fastest, and what does exact L1 cost it?',
    needsNetwork: true,
    plan: (engines) => ({ ...base('This network on every engine', engines), methods: [{ type: 'open' }] }),
  },
  'scaling-batch': {
    title: 'Scaling with the batch',
    explanation: 'How does the time grow while the batch is doubled step by step?',
    needsNetwork: false,
    plan: (engines) => ({
      ...base('Scaling with the batch', engines),
      ...{ regularized: [false], batchSizes: doubled(125, 6), repetitions: 10 },
    }),
  },
  'scaling-width': {
    title: 'Scaling with the width',
    explanation: 'How does the time grow while the hidden layer is doubled step by step?',
    needsNetwork: false,
    plan: (engines) => ({
      ...base('Scaling with the width', engines),
      ...{
        regularized: [false],
        shapes: doubled(125, 5).map((hidden) => ({ ...DEFAULT_SHAPE, hidden })),
        repetitions: 10,
      },
    }),
  },
  'grid-size': {
    title: 'Grid size',
    explanation: 'What do finer grids, more centres and higher degrees cost?',
    needsNetwork: false,
    plan: (engines) => ({
      ...base('Grid size', engines),
      methods: [
        ...[5, 10, 20, 40].map((intervals) => ({ ...DEFAULT_BASES.spline, intervals })),
        ...[4, 8, 16, 32].map((centers) => ({ ...DEFAULT_BASES.rbf, centers })),
        ...[4, 9, 18, 36].map((degree) => ({ ...DEFAULT_BASES.chebyshev, degree })),
      ],
      regularized: [false],
      repetitions: 10,
    }),
  },
}
