/** What is often to be measured, one click each. */
import type { Draft } from './draft'

export interface Preset {
  readonly name: string
  readonly hint: string
  /** What it sets; whatever it leaves out stays as in {@link START}. */
  readonly sets: Partial<Draft>
}

/** better_kan's: its README's table was made with these. */
export const START: Draft = {
  title: 'better_kan 2024',
  methods: ['spline', 'rbf', 'chebyshev', 'mlp'],
  engines: [],
  regularized: 'both',
  ...{ inputs: '100', hidden: '1000', outputs: '1', layers: '1' },
  ...{ batch: '1000', repetitions: '50', warmUp: '1', threads: 'all' },
  ...{ intervals: '5', order: '3', centers: '8', degree: '9' },
}

export const PRESETS: readonly Preset[] = [
  {
    name: 'better_kan 2024',
    hint: 'The table of better_kan’s README: three bases with and without L1, and a perceptron.',
    sets: {},
  },
  {
    name: 'This network',
    hint: 'The open network on every engine.',
    sets: { methods: ['open'], regularized: 'without' },
  },
  {
    name: 'Batch scaling',
    hint: 'How time grows with the rows of a batch, doubled step by step.',
    sets: { regularized: 'without', hidden: '250', batch: '250, 500, 1000, 2000, 4000', repetitions: '20' },
  },
  {
    name: 'Width scaling',
    hint: 'How time grows with the hidden nodes, doubled step by step.',
    sets: { regularized: 'without', hidden: '125, 250, 500, 1000, 2000', repetitions: '20' },
  },
  {
    name: 'Grid size',
    hint: 'What a finer grid costs: splines of few and many intervals, RBF of few and many centres.',
    sets: {
      methods: ['spline', 'rbf'],
      regularized: 'without',
      hidden: '250',
      intervals: '5, 10, 20, 40',
      centers: '8, 16, 32',
      repetitions: '20',
    },
  },
]
