/** The shared presets as they stand in the fields. */
import { ALL_METHODS, type DEFAULT_BASES, type Method } from '../../src-shared/benchmark/method'
import type { BenchPlan } from '../../src-shared/benchmark/plan'
import { PRESET, PRESETS } from '../../src-shared/benchmark/presets'
import { type Draft, METHOD_TYPES } from './draft'

interface DraftPreset {
  readonly title: string
  readonly explanation: string
  readonly draft: Draft
}

export const DRAFTS: readonly DraftPreset[] = PRESETS.map((name) => {
  const { title, explanation, plan } = PRESET[name]
  return { title, explanation, draft: draftOf(plan([])) }
})

/** What stands in the fields at first. */
export const START: Draft = draftOf(PRESET['better_kan-2024'].plan([]))

/** The fields that make a plan again, with every engine that is worth it. */
function draftOf({ title, methods, regularized, shapes, batchSizes, repetitions, warmUp, threads }: BenchPlan): Draft {
  const list = (values: readonly number[]) => [...new Set(values)].join(', ')
  const settings = <T extends keyof typeof DEFAULT_BASES>(type: T) => {
    const isOne = (method: Method): method is Extract<Method, { type: T }> => method.type === type
    const own = methods.filter(isOne)
    return own.length > 0 ? own : ALL_METHODS.filter(isOne)
  }
  return {
    title,
    methods: METHOD_TYPES.filter((type) => methods.some((method) => method.type === type)),
    engines: [],
    regularized: regularized.length === 2 ? 'both' : regularized[0] === true ? 'with' : 'without',
    intervals: list(settings('spline').map(({ intervals }) => intervals)),
    order: list(settings('spline').map(({ order }) => order)),
    centers: list(settings('rbf').map(({ centers }) => centers)),
    degree: list(settings('chebyshev').map(({ degree }) => degree)),
    inputs: list(shapes.map(({ inputs }) => inputs)),
    hidden: list(shapes.map(({ hidden }) => hidden)),
    outputs: list(shapes.map(({ outputs }) => outputs)),
    layers: list(shapes.map(({ hiddenLayers }) => hiddenLayers)),
    batch: list(batchSizes),
    repetitions: String(repetitions),
    warmUp: String(warmUp),
    threads: threads.every((count) => count === null) ? 'all' : list(threads.map((count) => count ?? 0)),
  }
}
