/** `kan-studio bench`: better_kan's benchmark of the engines found here, as a table, CSV, Markdown and a page. */
import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import manifest from '../../package.json'
import { benchCsv, gigabytes } from '../../src-shared/benchmark/csv'
import { benchHtml } from '../../src-shared/benchmark/html'
import { benchMarkdown } from '../../src-shared/benchmark/markdown'
import { type BenchReport, type BenchRow, type BenchTask, benchRow, rowName } from '../../src-shared/benchmark/results'
import {
  type BenchSettings,
  benchNetwork,
  KAN_METHODS,
  METHODS,
  type Method,
} from '../../src-shared/benchmark/subjects'
import { milliseconds } from '../../src-shared/benchmark/words'
import type { EngineReport } from '../../src-shared/contract/compute'
import type { EngineChoice } from '../../src-shared/contract/job'
import { formatBytes, refuseTooLarge } from '../../src-shared/kan/memory'
import { isUserError, UserError } from '../../src-shared/user-error'
import { writeFileAtomic } from '../files/atomic'
import { engineFlag, refuseUnwritable, wholeFlag } from './flags'
import { onInterrupt } from './interrupt'
import { machine } from './machine'
import { print } from './print'
import { withCompute } from './with-compute'

interface Options {
  readonly batchSize: number
  readonly inpSize: number
  readonly hidSize: number
  readonly reps: number
  readonly method: Method | 'all'
  readonly engine: EngineChoice | 'all'
  readonly csv?: string
  readonly markdown?: string
  readonly html?: string
}

/** The only engine that has the perceptron. */
const MLP_ENGINE = 'wasm'

export function benchCommand(): Command {
  return new Command('bench')
    .description("how fast the engines compute here: better_kan's benchmark, with its flags")
    .option('--batch-size <N>', 'rows of a batch', wholeFlag(1, 10_000_000), 1000)
    .option('--inp-size <N>', 'inputs of the network, 2 or more', wholeFlag(2, 100_000), 100)
    .option(
      '--hid-size <N>',
      'nodes of its hidden layer; the perceptron has ten times as many',
      wholeFlag(1, 1_000_000),
      1000,
    )
    .option(
      '--reps <N>',
      'repetitions, each with a new batch; one more comes first and does not count',
      wholeFlag(1, 1_000_000),
      50,
    )
    .addOption(new Option('--method <M>', 'what computes').choices(['all', ...METHODS]).default('all'))
    .option(
      '--engine <E>',
      'all, auto, wasm, webgpu or reference; all leaves out the slow reference and cards in software',
      engineOrAll,
      'all',
    )
    .option('--csv <F>', 'where the table goes, machine and versions beside it in <F>.json')
    .option('--markdown <F>', 'where the report goes as Markdown')
    .option('--html <F>', 'where the report goes as a page that stands by itself')
    .addHelpText(
      'after',
      `
Rows are METHOD-ENGINE, and METHOD-ENGINE+l1 with the original L1 and entropy. Each row runs in a fresh process.
Forward ends with the loss, backward is what all gradients take on top of it, a step is both and an update by Adam.
Memory is the peak above the idle process. Close other programs: whatever else computes is in the times.`,
    )
    .action(async (options: Options) => {
      process.exitCode = await bench(options)
    })
}

async function bench(options: Options): Promise<number> {
  refuseUnwritableReports(options)
  const { batchSize, inpSize: inputs, hidSize: hidden, reps: repetitions } = options
  const settings: BenchSettings = { batchSize, inputs, hidden, repetitions }
  refuseMisfit(options, settings)
  const { promise: interrupted, resolve: interrupt } = Promise.withResolvers<number>()
  const stopListening = onInterrupt(interrupt)
  try {
    const engines = await enginesOf(options.engine)
    const tasks = tasksOf(
      options,
      settings,
      engines.map(({ name }) => name),
    )
    const report = begin(options, settings, engines)
    const rows: BenchRow[] = []
    const lines = screen(tasks)
    await print(lines.heading)
    for (const task of tasks) {
      lines.working(task)
      const ended = await withCompute((calls) => Promise.race([calls.benchmark(task), interrupted]))
      lines.rest()
      if (typeof ended === 'number') {
        await write(options, { ...report, rows })
        process.stderr.write(`Stopped after ${rows.length} of ${tasks.length} rows.\n`)
        return ended
      }
      const row = benchRow(rowName(task), ended)
      rows.push(row)
      await print(lines.row(row))
    }
    await write(options, { ...report, rows })
    return 0
  } finally {
    stopListening()
  }
}

function engineOrAll(value: string): EngineChoice | 'all' {
  return value === 'all' ? value : engineFlag(value)
}

/** What cannot fit should be known before the first row is measured. */
function refuseMisfit({ method, engine }: Options, settings: BenchSettings): void {
  if (method === 'mlp' && engine === 'reference') {
    throw new UserError(`--method mlp: only the ${MLP_ENGINE} engine has the perceptron; leave --engine out.`, {
      exitCode: 2,
    })
  }
  try {
    for (const kan of KAN_METHODS) if (method === 'all' || method === kan) refuseTooLarge(benchNetwork(kan, settings))
  } catch (error) {
    throw isUserError(error) ? new UserError(error.message, { exitCode: 2 }) : error
  }
  const bytes = 4 * settings.batchSize * (settings.inputs + 1)
  if (bytes > LARGEST_BATCH) {
    throw new UserError(
      `A batch of ${settings.batchSize} rows of ${settings.inputs} inputs takes ${formatBytes(bytes)}, more than the ` +
        `${formatBytes(LARGEST_BATCH)} that fit beside a network: use a smaller --batch-size or --inp-size.`,
      { exitCode: 2 },
    )
  }
}

/** Half of what an engine with 32-bit addresses holds. */
const LARGEST_BATCH = 2e9

function refuseUnwritableReports({ csv, markdown, html }: Options): void {
  const paths = Object.entries({ csv, markdown, html }).filter(([, path]) => path !== undefined)
  for (const [flag, path] of paths) refuseUnwritable(`--${flag}`, path)
  if (new Set(paths.map(([, path]) => resolve(path ?? ''))).size < paths.length) {
    throw new UserError('--csv, --markdown and --html name the same file: give each its own.', { exitCode: 2 })
  }
}

/** The engines to measure. */
async function enginesOf(engine: EngineChoice | 'all'): Promise<readonly EngineReport[]> {
  const found = await withCompute((calls) => calls.engines())
  const available = found.filter(({ available }) => available)
  if (engine === 'all') return available.filter(({ name, isSoftware }) => name !== 'reference' && !isSoftware)
  const chosen = engine === 'auto' ? available[0] : found.find(({ name }) => name === engine)
  if (chosen === undefined || !chosen.available) {
    throw new UserError(chosen?.reason ?? `There is no engine ${engine} here.`)
  }
  return [chosen]
}

/** The perceptron has neither edges to regularise nor more than one engine. */
function tasksOf({ method }: Options, settings: BenchSettings, engines: readonly string[]): readonly BenchTask[] {
  const methods = method === 'all' ? METHODS : [method]
  return methods.flatMap((method): readonly BenchTask[] =>
    method === 'mlp'
      ? engines
          .filter((engine) => engine === MLP_ENGINE)
          .map((engine) => ({ ...settings, method, engine, regularized: false }))
      : engines.flatMap((engine) => [false, true].map((regularized) => ({ ...settings, method, engine, regularized }))),
  )
}

function begin({ method, engine }: Options, settings: BenchSettings, engines: readonly EngineReport[]): BenchReport {
  const { batchSize, inputs, hidden, repetitions } = settings
  const { cpu, cores, usableCores, memory, system, node } = machine()
  return {
    settings,
    command:
      `kan-studio bench --batch-size ${batchSize} --inp-size ${inputs} --hid-size ${hidden} --reps ${repetitions} ` +
      `--method ${method} --engine ${engine}`,
    date: new Date().toISOString(),
    machine: { processor: cpu, cores, 'usable cores': usableCores, memory: formatBytes(memory), system },
    versions: {
      'KAN Studio': manifest.version,
      Node: node,
      V8: process.versions.v8,
      ...Object.fromEntries(
        engines.map(({ name, version, device, threads }) => [
          `engine ${name}`,
          `${version}, ${device}, ${threads} thread${threads === 1 ? '' : 's'}`,
        ]),
      ),
    },
    rows: [],
  }
}

/** The table as it grows: all columns as wide as their headings or what may come. */
function screen(tasks: readonly BenchTask[]) {
  const width = Math.max(...tasks.map((task) => rowName(task).length), 'method'.length)
  const headings = [
    'forward ms',
    'backward ms',
    'step ms',
    'forward GB',
    'backward GB',
    'num params',
    'num trainable params',
  ]
  const line = (name: string, cells: readonly string[]) =>
    `${name.padEnd(width)}${cells.map((cell, c) => `  ${cell.padStart(headings[c]?.length ?? 0)}`).join('')}\n`
  const inPlace = process.stderr.isTTY === true
  return {
    heading: line('method', headings),
    row: ({ name, forward, backward, step, ...row }: BenchRow) =>
      line(name, [
        ...[forward, backward, step].map(({ mean }) => milliseconds(mean)),
        ...[row.forwardBytes, row.backwardBytes].map((bytes) => gigabytes(bytes).toFixed(3)),
        ...[row.parameters, row.trainable].map(String),
      ]),
    working(task: BenchTask): void {
      if (inPlace) process.stderr.write(`${rowName(task)} …`)
    },
    rest(): void {
      if (inPlace) process.stderr.write('\r\u001b[K')
    },
  }
}

async function write({ csv, markdown, html }: Options, report: BenchReport): Promise<void> {
  const files: [string | undefined, () => string][] = [
    [csv, () => benchCsv(report)],
    [csv && `${csv}.json`, () => `${JSON.stringify(report, null, 2)}\n`],
    [markdown, () => benchMarkdown(report)],
    [html, () => benchHtml(report)],
  ]
  for (const [path, text] of files) {
    if (path !== undefined) await writeFileAtomic(resolve(path), new TextEncoder().encode(text()))
  }
}
