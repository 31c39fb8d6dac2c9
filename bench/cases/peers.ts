import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { createInterface } from 'node:readline'
import { withCompute } from '../../src-main/cli/with-compute'
import { multiplyAdds } from '../../src-main/compute/engines/wasm/peak'
import { ALL_METHODS } from '../../src-shared/benchmark/method'
import { spreadOf } from '../../src-shared/benchmark/results'
import { type PlannedRow, rowsOf } from '../../src-shared/benchmark/tasks'
import type { Case } from '../case'
import { figure, table } from '../measure'

const SHAPE = { batchSize: 1000, inputs: 100, hidden: 1000 }
const PLAN = {
  ...{ title: 'peers', methods: [...ALL_METHODS], engines: ['wasm'], threads: [null], regularized: [false, true] },
  ...{ shapes: [{ inputs: SHAPE.inputs, hidden: SHAPE.hidden, outputs: 1, hiddenLayers: 1 }] },
  ...{ batchSizes: [SHAPE.batchSize], warmUp: 1, peers: [] },
}
/** Degree of the splines measured: a point meets one basis function more, and the base function. */
const CUBIC = 3
const KINDS = ['forward', 'backward', 'step'] as const

/** Milliseconds of one turn. */
type Times = Readonly<Record<(typeof KINDS)[number], number>>

export const peers: Case = {
  name: 'peers',
  shows:
    "kan-studio bench's rows in turns with other programs (--peer COMMAND), so that ratios come from one run; words choose rows: peers spline",
  async run(words, flags) {
    const tasks = tasksOf(words, flags.reps)
    const turns = new Map<string, Times[]>()
    const keep = (name: string, times: Times) => turns.set(name, [...(turns.get(name) ?? []), times])
    const peerNames = new Set<string>()
    const rates: number[] = []
    for (let round = 0; round < flags.rounds; round++) {
      for (const task of tasks) keep(task.name, await ourTurn(task))
      for (const command of flags.peer) {
        for (const { method, ...times } of await peersTurn(command)) {
          peerNames.add(method)
          keep(method, times)
        }
      }
      rates.push(await multiplyAdds(availableParallelism()))
      process.stderr.write(`round ${round + 1} of ${flags.rounds} is done\n`)
    }
    report(turns, peerNames)
    reportRoofline(rates)
  },
}

function tasksOf(words: readonly string[], repetitions: number): readonly PlannedRow[] {
  const all = rowsOf({ ...PLAN, repetitions }, null)
  return words.length === 0 ? all : all.filter(({ name }) => words.some((word) => name.includes(word)))
}

async function ourTurn({ task }: PlannedRow): Promise<Times> {
  const { forward, backward, step } = await withCompute((calls) => calls.benchmark(task))
  return { forward: spreadOf(forward).median, backward: spreadOf(backward).median, step: spreadOf(step).median }
}

/** What a command prints; lines that are no such JSON are its own affair. */
async function peersTurn(command: string): Promise<readonly (Times & { readonly method: string })[]> {
  const child = spawn(command, { shell: true, stdio: ['ignore', 'pipe', 'inherit'] })
  const found: (Times & { method: string })[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    const times = timesOf(line)
    if (times !== null) found.push(times)
  }
  if (found.length === 0) {
    throw new Error(
      `"${command}" printed no line of JSON with "method", "forward", "backward" and "step" in milliseconds.`,
    )
  }
  return found
}

function timesOf(line: string): (Times & { readonly method: string }) | null {
  try {
    const { method, forward, backward, step } = JSON.parse(line)
    const fits = typeof method === 'string' && [forward, backward, step].every((time) => typeof time === 'number')
    return fits ? { method, forward, backward, step } : null
  } catch {
    return null
  }
}

/** Medians over the rounds, from the fastest to the slowest; then ours over theirs, round by round. */
function report(turns: ReadonlyMap<string, readonly Times[]>, peerNames: ReadonlySet<string>): void {
  const row = table(24, ['ms', ...KINDS.flatMap((kind) => [kind, 'range'])])
  const of = (name: string, kind: (typeof KINDS)[number]) => (turns.get(name) ?? []).map((times) => times[kind])
  for (const name of turns.keys()) {
    row(
      name,
      KINDS.flatMap((kind) => {
        const times = of(name, kind)
        return [spreadOf(times).median, `${figure(Math.min(...times))}–${figure(Math.max(...times))}`]
      }),
    )
  }
  for (const peer of peerNames) {
    process.stdout.write('\n')
    const ratio = table(24, [`ratio to ${peer}`, ...KINDS.flatMap((kind) => [kind, 'range'])])
    for (const name of turns.keys()) {
      if (peerNames.has(name)) continue
      ratio(
        name,
        KINDS.flatMap((kind) => {
          const theirs = of(peer, kind)
          const ratios = of(name, kind).map((time, round) => time / (theirs[round] ?? Number.NaN))
          return [spreadOf(ratios).median, `${figure(Math.min(...ratios))}–${figure(Math.max(...ratios))}`]
        }),
      )
    }
  }
}

/** The least time of the spline's products, were nothing else done and no register ever waited for. */
function reportRoofline(rates: readonly number[]): void {
  const { batchSize, inputs, hidden } = SHAPE
  const products = 2 * batchSize * hidden * (inputs + 1) * (CUBIC + 2)
  const { median } = spreadOf(rates)
  const range = `${figure(Math.min(...rates) / 1e9)}–${figure(Math.max(...rates) / 1e9)}`
  process.stdout.write(
    `\nA bare loop of multiply-adds on ${availableParallelism()} threads: ${figure(median / 1e9)} GFLOP/s (${range}). At that rate ` +
      `the spline's products alone take ${figure((1e3 * products) / median)} ms forward and ${figure((2e3 * products) / median)} ms a step.\n`,
  )
}
