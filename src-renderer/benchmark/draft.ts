/** What is to be measured, as it stands in the fields, and the plan that it makes. */
import { type Method, methodSchema } from '../../src-shared/benchmark/method'
import { type BenchPeer, type BenchPlan, planSchema } from '../../src-shared/benchmark/plan'
import { truthfullyTitled } from '../../src-shared/benchmark/presets'

export const METHOD_TYPES = ['spline', 'rbf', 'chebyshev', 'mlp', 'open'] as const
export type MethodType = (typeof METHOD_TYPES)[number]

/** Fields in which a person types whole numbers, most of them several, and what they are called. */
export const FIELD_NAMES = {
  inputs: 'Inputs',
  hidden: 'Hidden nodes',
  outputs: 'Outputs',
  layers: 'Hidden layers',
  batch: 'Batch sizes',
  repetitions: 'Repetitions',
  warmUp: 'Warm-up',
  threads: 'Threads',
  intervals: 'Intervals',
  order: 'Order',
  centers: 'Centres',
  degree: 'Degree',
} as const
export type Field = keyof typeof FIELD_NAMES

type Regularized = 'both' | 'without' | 'with'

export interface Draft extends Readonly<Record<Field, string>> {
  readonly title: string
  readonly methods: readonly MethodType[]
  readonly engines: readonly string[]
  readonly regularized: Regularized
}

export type Planned =
  | { readonly plan: BenchPlan; readonly problem: null }
  | { readonly plan: null; readonly problem: string }

/** The plan, or in a sentence why there is none. */
export function planOf(draft: Draft, peers: readonly BenchPeer[]): Planned {
  const wrong = FIELDS.find((field) => numbersIn(field, draft) === null)
  if (wrong !== undefined) return refused(`${FIELD_NAMES[wrong]}: whole numbers, such as 1000 or 250, 500, 1000.`)
  const list = (field: Field) => numbersIn(field, draft) ?? []
  const single = (['outputs', 'layers', 'repetitions', 'warmUp', 'order'] as const).find(
    (field) => list(field).length > 1,
  )
  if (single !== undefined) return refused(`${FIELD_NAMES[single]}: one number.`)
  const first = (field: Field) => list(field)[0] ?? 0
  const methods = draft.methods.flatMap((type): readonly unknown[] => {
    switch (type) {
      case 'spline':
        return list('intervals').map((intervals) => ({ type, intervals, order: first('order') }))
      case 'rbf':
        return list('centers').map((centers) => ({ type, centers, kernel: 'gaussian' }))
      case 'chebyshev':
        return list('degree').map((degree) => ({ type, degree }))
      default:
        return [{ type }]
    }
  })
  const read = methods.map((method) => methodSchema.safeParse(method).data)
  if (read.includes(undefined)) return refused('Intervals, order, centres and degree: whole numbers of 1 or more.')
  if (read.length === 0 && peers.length === 0) return refused('Choose at least one method, or another program.')
  if (draft.engines.length === 0 && peers.length === 0) return refused('Choose at least one engine.')
  const threads = list('threads')
  const parsed = planSchema.safeParse({
    title: draft.title,
    methods: read.filter((method): method is Method => method !== undefined),
    engines: draft.engines,
    threads: threads.length === 0 ? [null] : threads,
    regularized: { both: [false, true], without: [false], with: [true] }[draft.regularized],
    shapes: list('inputs').flatMap((inputs) =>
      list('hidden').map((hidden) => ({ inputs, hidden, outputs: first('outputs'), hiddenLayers: first('layers') })),
    ),
    batchSizes: list('batch'),
    repetitions: first('repetitions'),
    warmUp: first('warmUp'),
    peers,
  })
  if (parsed.success) return { plan: truthfullyTitled(parsed.data), problem: null }
  const message = parsed.error.issues[0]?.message ?? 'these settings make no benchmark'
  return refused(`${message.charAt(0).toUpperCase()}${message.slice(1)}.`)
}

const FIELDS = Object.keys(FIELD_NAMES) as readonly Field[]

const refused = (problem: string): Planned => ({ plan: null, problem })

/** Null where it is no list of whole numbers; empty where "all" stands for as many threads as pay. */
function numbersIn(field: Field, draft: Draft): readonly number[] | null {
  const text = draft[field]
  if (field === 'threads' && text.trim() === 'all') return []
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  return parts.length > 0 && parts.every((part) => /^\d{1,9}$/.test(part)) ? parts.map(Number) : null
}
