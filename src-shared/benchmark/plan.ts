/** What is to be measured? Every method on every engine, and so on: a row is one of each. */
import { z } from 'zod'
import { methodSchema, methodText } from './method'

const whole = (least: number, most: number, what: string) => {
  const error = `${what} is a whole number from ${least} to ${most}`
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error })
}

const shapeSchema = z.strictObject({
  inputs: whole(2, 100_000, 'the number of inputs'),
  /** Nodes of each hidden layer. */
  hidden: whole(1, 1_000_000, 'the number of hidden nodes'),
  outputs: whole(1, 100_000, 'the number of outputs'),
  /** How many hidden layers there are. */
  hiddenLayers: whole(1, 100, 'the number of hidden layers'),
})
/** Of networks and perceptrons; the open network has its own. */
export type BenchShape = z.infer<typeof shapeSchema>

const peerSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: what would break a table's line
    .regex(/^[^\u0000-\u001f]*$/, { error: 'a name stands on one line' }),
  /** As in a shell. */
  command: z.string().trim().min(1).max(4000),
})
/** Another program that is measured in turns with ours: any command that prints a line of JSON (docs/file-format.md). */
export type BenchPeer = z.infer<typeof peerSchema>

export const planSchema = z.strictObject({
  title: z.string().max(200).default('Benchmark'),
  methods: z.array(methodSchema).max(50),
  engines: z.array(z.string().min(1).max(50)).max(10),
  /** Most threads to use; null is as many as pay. */
  threads: z
    .array(whole(1, 1024, 'the number of threads').nullable())
    .min(1)
    .max(20)
    .default([null]),
  /** Without and with the original L1 and entropy. */
  regularized: z.array(z.boolean()).min(1).max(2).default([false, true]),
  shapes: z.array(shapeSchema).min(1).max(50),
  /** Rows of a batch. */
  batchSizes: z
    .array(whole(1, 10_000_000, 'the batch size'))
    .min(1)
    .max(50),
  /** Repetitions that count, each with a new batch. */
  repetitions: whole(1, 1_000_000, 'the number of repetitions'),
  /** Repetitions that come first in each round and are discarded. */
  warmUp: whole(1, 1000, 'the number of repetitions to warm up').default(1),
  peers: z.array(peerSchema).max(20).default([]),
})
export type BenchPlan = z.infer<typeof planSchema>

/** The title of better_kan's own benchmark: its README's figures stand beside such a report. */
export const BETTER_KAN = 'better_kan 2024'

/** better_kan's: its README's tables were made with these. */
export const DEFAULT_SHAPE: BenchShape = { inputs: 100, hidden: 1000, outputs: 1, hiddenLayers: 1 }
export const DEFAULT_BATCH = 1000
export const DEFAULT_REPETITIONS = 50

/**
 * Measures the same again, in a terminal.
 *
 * @param file where the open network lies, if it is measured
 */
export function commandOf(plan: BenchPlan, file: string | null): string {
  const { shapes, batchSizes, threads, regularized, repetitions, warmUp, methods, engines, peers } = plan
  const list = (values: readonly (string | number)[]) => [...new Set(values)].join(',')
  const flags: (readonly [string, string] | null)[] = [
    plan.title === BETTER_KAN ? ['--preset', 'better_kan-2024'] : null,
    ['--batch-size', list(batchSizes)],
    ['--inp-size', list(shapes.map(({ inputs }) => inputs))],
    ['--hid-size', list(shapes.map(({ hidden }) => hidden))],
    shapes.every(({ outputs }) => outputs === 1) ? null : ['--out-size', list(shapes.map(({ outputs }) => outputs))],
    shapes.every(({ hiddenLayers }) => hiddenLayers === 1)
      ? null
      : ['--layers', list(shapes.map(({ hiddenLayers }) => hiddenLayers))],
    ['--reps', String(repetitions)],
    warmUp === 1 ? null : ['--warm-up', String(warmUp)],
    ['--method', list(methods.map(methodText))],
    ['--engine', list(engines)],
    threads.every((count) => count === null) ? null : ['--threads', list(threads.map((count) => count ?? 'all'))],
    regularized.length === 2 ? null : ['--l1', regularized[0] === true ? 'with' : 'without'],
    file !== null && methods.some(({ type }) => type === 'open') ? ['--model', file] : null,
    ...peers.map(({ name, command }) => ['--peer', `${name}=${command}`] as const),
  ]
  return [
    'kan-studio bench',
    ...flags.filter((flag) => flag !== null).map(([flag, value]) => `${flag} ${quoted(value)}`),
  ].join(' ')
}

/** As a POSIX shell takes it. */
function quoted(value: string): string {
  return /^[\w./:,=@%+-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`
}
