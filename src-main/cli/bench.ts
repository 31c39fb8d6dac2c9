/** `kan-studio bench`: how fast are the engines here, beside each other and beside other programs? */
import { resolve } from 'node:path'
import { Command, InvalidArgumentError, Option } from 'commander'
import manifest from '../../package.json'
import { ALL_METHODS, type Method, readMethod } from '../../src-shared/benchmark/method'
import { misfitOf } from '../../src-shared/benchmark/misfit'
import {
  type BenchPeer,
  type BenchPlan,
  type BenchShape,
  DEFAULT_BATCH,
  DEFAULT_REPETITIONS,
  DEFAULT_SHAPE,
} from '../../src-shared/benchmark/plan'
import { PRESET, PRESETS, type PresetName, truthfullyTitled } from '../../src-shared/benchmark/presets'
import type { BenchReport } from '../../src-shared/benchmark/results'
import { MLP_ENGINE, peersOf, rowsOf } from '../../src-shared/benchmark/tasks'
import type { EngineChoice } from '../../src-shared/contract/job'
import { isUserError, UserError } from '../../src-shared/user-error'
import { readModel } from '../files/model'
import { keepReport } from '../studio/benchmark/kept'
import { type OpenNetwork, runBenchmark } from '../studio/benchmark/run'
import { type BenchFiles, refuseUnwritableReports, writeReports } from './bench-files'
import { compareNamed, printReports, readNamed } from './bench-kept'
import { benchScreen } from './bench-screen'
import { engineFlag, wholeFlag } from './flags'
import { onInterrupt } from './interrupt'
import { print } from './print'
import { startLocalCompute, withCompute } from './with-compute'

interface Options extends BenchFiles {
  readonly preset?: PresetName
  readonly batchSize: readonly number[]
  readonly inpSize: readonly number[]
  readonly hidSize: readonly number[]
  readonly outSize: readonly number[]
  readonly layers: readonly number[]
  readonly reps: number
  readonly warmUp: number
  readonly method: readonly Method[]
  readonly engine: readonly EngineChoice[] | 'all'
  readonly threads: readonly (number | null)[]
  readonly l1: 'both' | 'with' | 'without'
  readonly model?: string
  readonly peer: readonly BenchPeer[]
  readonly folder: string
  readonly list?: boolean
  readonly report?: string
  readonly compare?: readonly string[]
}

export function benchCommand(): Command {
  return new Command('bench')
    .description("how fast the engines compute here: better_kan's benchmark, with its flags")
    .addOption(new Option('--preset <P>', 'a question that is asked often; flags beside it change it').choices(PRESETS))
    .option('--batch-size <N,…>', 'rows of a batch', listOf(wholeFlag(1, 10_000_000)), [DEFAULT_BATCH])
    .option('--inp-size <N,…>', 'inputs of the network, 2 or more', listOf(wholeFlag(2, 100_000)), [
      DEFAULT_SHAPE.inputs,
    ])
    .option(
      '--hid-size <N,…>',
      'nodes of a hidden layer; the perceptron has ten times as many',
      listOf(wholeFlag(1, 1_000_000)),
      [DEFAULT_SHAPE.hidden],
    )
    .option('--out-size <N,…>', 'outputs of the network', listOf(wholeFlag(1, 100_000)), [DEFAULT_SHAPE.outputs])
    .option('--layers <N,…>', 'hidden layers of the network', listOf(wholeFlag(1, 100)), [DEFAULT_SHAPE.hiddenLayers])
    .option('--reps <N>', 'repetitions that count, each with a new batch', wholeFlag(1, 1_000_000), DEFAULT_REPETITIONS)
    .option('--warm-up <N>', 'repetitions that come first in each round and do not count', wholeFlag(1, 1000), 1)
    .option(
      '--method <M,…>',
      'all, or of spline[:INTERVALS[:ORDER]], rbf[:CENTRES[:KERNEL]], chebyshev[:DEGREE], mlp, open (the network of --model)',
      methodsFlag,
      ALL_METHODS,
    )
    .option(
      '--engine <E,…>',
      'all, auto, wasm, webgpu, tensorflow or reference; all leaves out the slow reference and cards in software',
      enginesFlag,
      'all',
    )
    .option('--threads <N,…>', 'most threads to use; all is as many as pay', listOf(threadsFlag), [null])
    .addOption(new Option('--l1 <W>', 'rows with L1 and entropy').choices(['both', 'with', 'without']).default('both'))
    .option('--model <M.kan>', 'a network of yours, measured as the method open')
    .option('--peer <NAME=COMMAND>', 'another program, in turns with ours; may be given again', peerFlag, [])
    .option('--csv <F>', 'where the table goes, all that is known beside it in <F>.json')
    .option('--samples <F>', 'where every single time goes, as CSV')
    .option('--markdown <F>', 'where the report goes as Markdown')
    .option('--html <F>', 'where the report goes as a page that stands by itself')
    .option('--json <F>', 'where the report goes for programs, and to be compared')
    .option('--svg <F>', 'where its chart goes')
    .option('--list', 'the kept reports, instead of measuring')
    .option('--report <R>', 'writes a kept report (or a .json file) as the files named, instead of measuring')
    .option('--compare <R...>', 'two reports, before and after, with significant differences marked')
    .option('--folder <DIR>', 'the studio’s folder: reports are kept in its benchmarks', '.')
    .addHelpText(
      'after',
      `
Rows are METHOD-ENGINE, and METHOD-ENGINE+l1 with the original L1 and entropy. Rows take turns, each in a fresh process.
Forward ends with the loss, backward is what all gradients take on top of it, a step is both and an update by Adam.
Memory is the peak above the idle process. Close other programs: whatever else computes is in the times.
A peer is a command that prints a line of JSON with forward, backward and step in milliseconds (docs/file-format.md).`,
    )
    .action(async (options: Options, command: Command) => {
      process.exitCode = await bench(options, (name) => command.getOptionValueSource(name) === 'default')
    })
}

/** @param isDefault whether a flag was not given */
async function bench(options: Options, isDefault: (name: keyof Options) => boolean): Promise<number> {
  refuseUnwritableReports(options)
  if (options.list === true) {
    await printReports(options.folder)
    return 0
  }
  if (options.compare !== undefined) {
    await compareNamed(options.folder, options.compare, options)
    return 0
  }
  if (options.report !== undefined) {
    await writeReports(options, await readNamed(options.folder, options.report))
    return 0
  }
  const open = options.model === undefined ? null : await openNetwork(options.model)
  const plan = await planOf(options, open, isDefault)
  refuseNothing(plan, open)
  const cancel = new AbortController()
  let status = 0
  const stopListening = onInterrupt((exitCode) => {
    status = exitCode
    cancel.abort()
  })
  try {
    const screen = benchScreen([...rowsOf(plan, open?.specification ?? null), ...peersOf(plan)].map(({ name }) => name))
    await print(screen.heading)
    const report = await runBenchmark(plan, open, {
      startCompute: startLocalCompute,
      runsPeers: true,
      version: manifest.version,
      signal: cancel.signal,
      tell: screen.tell,
    })
    screen.rest()
    // First of all kept: whatever becomes of the files, what took so long to measure is there.
    await keep(options.folder, report)
    await writeReports(options, report)
    if (report.cancelled) {
      // Rows that were begun have fewer repetitions than were asked for.
      process.stderr.write(`Stopped after ${screen.done} of ${screen.rows} rows.\n`)
      return status
    }
    return report.failures.length > 0 ? 1 : 0
  } finally {
    stopListening()
  }
}

async function keep(folder: string, report: BenchReport): Promise<void> {
  if (report.rows.length === 0) return
  const { id, problem } = await keepReport(resolve(folder), report)
  process.stderr.write(problem === null ? `Kept as ${id}.\n` : `${problem}\n`)
  for (const warning of report.warnings) process.stderr.write(`${warning}\n`)
}

async function openNetwork(path: string): Promise<OpenNetwork> {
  const { specification } = await readModel(path)
  return { specification, file: path }
}

async function planOf(
  options: Options,
  open: OpenNetwork | null,
  isDefault: (name: keyof Options) => boolean,
): Promise<BenchPlan> {
  const { inpSize, hidSize, outSize, layers, method, l1, peer } = options
  const shapes = layers.flatMap((hiddenLayers) =>
    outSize.flatMap((outputs) =>
      inpSize.flatMap((inputs) => hidSize.map((hidden): BenchShape => ({ inputs, hidden, outputs, hiddenLayers }))),
    ),
  )
  const engines = await enginesOf(options.engine)
  const preset = options.preset === undefined ? null : PRESET[options.preset].plan(engines)
  /** What a flag says, or the preset where the flag was not given. */
  const chosen = <T>(names: readonly (keyof Options)[], flag: T, ofPreset: (plan: BenchPlan) => T): T =>
    preset !== null && names.every(isDefault) ? ofPreset(preset) : flag
  const wanted = chosen(['method'], method, ({ methods }) => methods)
  const isOpen = ({ type }: Method) => type === 'open'
  // A network that was named is to be measured.
  const methods: readonly Method[] = open !== null && !wanted.some(isOpen) ? [{ type: 'open' }, ...wanted] : wanted
  if (open === null && methods.some(isOpen)) {
    throw new UserError('The open network is to be measured: name it with --model.', { exitCode: 2 })
  }
  return truthfullyTitled({
    title: preset?.title ?? open?.specification.name ?? 'Benchmark',
    methods: [...methods],
    engines: [...engines],
    threads: [...options.threads],
    regularized: chosen(
      ['l1'],
      { both: [false, true], with: [true], without: [false] }[l1],
      (plan) => plan.regularized,
    ),
    shapes: chosen(['inpSize', 'hidSize', 'outSize', 'layers'], shapes, (plan) => plan.shapes),
    batchSizes: [...chosen(['batchSize'], options.batchSize, (plan) => plan.batchSizes)],
    repetitions: chosen(['reps'], options.reps, (plan) => plan.repetitions),
    warmUp: options.warmUp,
    peers: [...peer],
  })
}

/** Names of the engines to measure. */
async function enginesOf(engine: Options['engine']): Promise<readonly string[]> {
  const found = await withCompute((calls) => calls.engines())
  const available = found.filter(({ available }) => available)
  if (engine === 'all') {
    return available.filter(({ name, isSoftware }) => name !== 'reference' && !isSoftware).map(({ name }) => name)
  }
  return engine.map((wanted) => {
    const chosen = wanted === 'auto' ? available[0] : found.find(({ name }) => name === wanted)
    if (chosen?.available === true) return chosen.name
    throw new UserError(chosen?.reason ?? `There is no engine ${wanted} here.`)
  })
}

/** What cannot be measured at all should be known before the first row is. */
function refuseNothing(plan: BenchPlan, open: OpenNetwork | null): void {
  const rows = rowsOf(plan, open?.specification ?? null)
  if (plan.peers.length > 0) return
  if (rows.length === 0) {
    throw new UserError(`--method mlp: only the ${MLP_ENGINE} engine has the perceptron; leave --engine out.`, {
      exitCode: 2,
    })
  }
  const misfits = rows.map(({ task }) => misfitOf(task))
  const [first] = misfits
  if (first !== undefined && first !== null && misfits.every((misfit) => misfit !== null)) {
    throw new UserError(first, { exitCode: 2 })
  }
}

function listOf<T>(read: (value: string) => T): (value: string) => readonly T[] {
  return (value) => [...new Set(value.split(',').map((part) => read(part.trim())))]
}

function threadsFlag(value: string): number | null {
  return value === 'all' ? null : wholeFlag(1, 1024)(value)
}

function enginesFlag(value: string): readonly EngineChoice[] | 'all' {
  return value === 'all' ? value : listOf(engineFlag)(value)
}

function methodsFlag(value: string): readonly Method[] {
  try {
    return value === 'all' ? ALL_METHODS : listOf(readMethod)(value)
  } catch (error) {
    throw isUserError(error) ? new InvalidArgumentError(error.message) : error
  }
}

function peerFlag(value: string, before: readonly BenchPeer[]): readonly BenchPeer[] {
  const at = value.indexOf('=')
  const [name, command] = [value.slice(0, at).trim(), value.slice(at + 1).trim()]
  if (at < 1 || name === '' || command === '') {
    throw new InvalidArgumentError('A name and a command are wanted, as in torch="python3 bench/peers/torch_mlp.py".')
  }
  if (before.some((peer) => peer.name === name)) throw new InvalidArgumentError(`Two peers are called ${name}.`)
  return [...before, { name, command }]
}
