/** `kan-studio train JOB`: trains a job, or goes on with a run. */
import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { Command } from 'commander'
import type { ComputeEvents, Metrics, RunResult } from '../../src-shared/contract/compute'
import { type DataChoice, type EngineChoice, trainingWarnings } from '../../src-shared/contract/job'
import { POINT_SIZE, type TelemetryFrame } from '../../src-shared/contract/telemetry'
import { designWarnings } from '../../src-shared/kan/warnings'
import { isUserError, UserError } from '../../src-shared/user-error'
import { copyWhole } from '../files/atomic'
import { writeModel } from '../files/model'
import { RUN_FILES } from '../files/run'
import { refuseMisfit } from './fit'
import { engineFlag, refuseOverwriting, refuseUnwritable } from './flags'
import { onInterrupt } from './interrupt'
import { type Assignment, assignment, beginRun, outputOf } from './job-file'
import { print, printJson } from './print'
import { count, duration, figure, type Progress, progressLine } from './progress'
import { type Calls, withCompute } from './with-compute'

interface Options {
  readonly engine?: EngineChoice
  readonly out?: string
  readonly metrics?: string
  readonly json?: true
}

export function trainCommand(): Command {
  return new Command('train')
    .description('train a network as a job says, or go on with a run')
    .argument('<job>', "a job's file (job.json), or the folder of a run to go on with")
    .option('--out <M.kan>', "where the trained network goes (default: <name>.kan in the run's folder)")
    .option('--metrics <F.csv>', 'where a copy of the metrics goes')
    .option('--engine <E>', 'what computes, whatever the job says: auto or one that `doctor` lists', engineFlag)
    .option('--json', 'print the result as one line of JSON')
    .action(async (job: string, options: Options) => {
      process.exitCode = await train(job, options)
    })
}

/** How training ended. */
type End =
  | { readonly type: 'finished'; readonly result: RunResult }
  | { readonly type: 'diverged'; readonly message: string }
  | { readonly type: 'interrupted'; readonly exitCode: number }

async function train(target: string, options: Options): Promise<number> {
  refuseUnwritable('--out', options.out)
  refuseUnwritable('--metrics', options.metrics)
  const given = await assignment(target)
  const task = { ...given, job: { ...given.job, engine: options.engine ?? given.job.engine } }
  refuseOverwritten(target, task, options)
  const line = progressLine(process.stderr, () => performance.now())
  const { promise: ended, resolve: end } = Promise.withResolvers<End>()
  const stopListening = onInterrupt((exitCode) => end({ type: 'interrupted', exitCode }))
  try {
    return await withCompute(
      async (calls) => {
        const early = await prepare(calls, task, ended, target)
        if (early !== null) return neverBegan(early, target)
        // Made only now, so that a job whose data cannot be loaded leaves no run behind.
        const folder = task.folder ?? (await beginRun(task, process.cwd(), new Date()))
        const last = await perform(calls, task, folder, ended)
        line.clear()
        return conclude(calls, task, folder, last, options)
      },
      (calls) => events(calls, line, end),
    )
  } finally {
    stopListening()
    line.clear()
  }
}

function refuseOverwritten(target: string, { job, folder }: Assignment, { out, metrics }: Options): void {
  const { model, data } = job
  const table = 'file' in data ? [data.file] : []
  const own =
    folder === null
      ? [target, ...(typeof model === 'string' ? [model] : [])]
      : Object.values(RUN_FILES).map((name) => join(folder, name))
  refuseOverwriting('--out', out, [...own, ...table])
  refuseOverwriting('--metrics', metrics, [...own, ...table])
}

function events(calls: Calls, line: ReturnType<typeof progressLine>, end: (end: End) => void): Partial<ComputeEvents> {
  let progress: Progress | null = null
  return {
    telemetry(frame) {
      calls.acknowledge(frame.sequence)
      progress = progressOf(frame, progress)
      if (frame.state.type === 'running') line.update(progress)
    },
    log(text, warning) {
      if (warning !== true) return
      line.clear()
      say(text)
    },
    ended(result) {
      end('diverged' in result ? { type: 'diverged', message: result.diverged.message } : { type: 'finished', result })
    },
  }
}

/** Opens the network and loads its data; a wish to end is heard meanwhile, and then it is what comes back. */
function prepare(
  calls: Calls,
  { model, job, step, folder }: Assignment,
  ended: Promise<End>,
  target: string,
): Promise<End | null> {
  const prepared = (async () => {
    await calls.open(model, step, step > 0 ? folder : null)
    const summary = await calls.loadData(job.data).catch((error) => {
      throw naming(error, job.data, target)
    })
    refuseMisfit(model.specification, job.data, summary, target)
    const { notes, rows } = summary
    const warnings = [...designWarnings(model.specification, rows.train), ...trainingWarnings(job.training, rows.train)]
    for (const note of [...notes, ...warnings]) say(note)
    return null
  })()
  return Promise.race([prepared, ended])
}

/** A formula can have no value at a sample that is only found when it is made: the error says where in the job it stands. */
function naming(error: unknown, data: DataChoice, target: string): unknown {
  if (!isUserError(error) || !('formula' in data)) return error
  if (!error.message.startsWith(`the formula ${data.formula} `)) return error
  return new UserError(`${target}: "data.formula": ${error.message}.`, { exitCode: error.exitCode, cause: error })
}

function neverBegan(end: End, target: string): number {
  if (end.type !== 'interrupted') throw new Error(`training ended (${end.type}) before it began`)
  say(`Stopped before the first step; begin again with: kan-studio train ${quoted(target)}`)
  return end.exitCode
}

/** Trains until it ends one way or another. */
async function perform(calls: Calls, { job, step }: Assignment, folder: string, ended: Promise<End>): Promise<End> {
  // A run that is finished is evaluated once more, which takes no step.
  const until = Math.max(step, job.training.steps)
  await calls.start({ training: job.training, engine: job.engine, folder, until })
  const end = await ended
  if (end.type === 'interrupted') await calls.pause()
  return end
}

/** Saves the network as it stands and says how it went. */
async function conclude(
  calls: Calls,
  task: Assignment,
  folder: string,
  end: End,
  { out, metrics, json }: Options,
): Promise<number> {
  const run = relative(process.cwd(), folder) || '.'
  const path = out ?? relative(process.cwd(), outputOf(folder, task))
  const { model, step } = await calls.snapshot()
  await writeModel(resolve(path), model)
  const recorded = join(folder, RUN_FILES.metrics)
  if (metrics !== undefined && existsSync(recorded)) await copyWhole(recorded, resolve(metrics))

  switch (end.type) {
    case 'diverged':
      throw new UserError(`${end.message.replace(/\.$/, '')}; the last finite state is in ${path}.`)
    case 'interrupted':
      say(
        `Stopped at step ${count(step)} of ${count(task.job.training.steps)} and saved ${path}; go on with: kan-studio train ${quoted(run)}${out === undefined ? '' : ` --out ${quoted(out)}`}`,
      )
      return end.exitCode
    case 'finished': {
      const isDone = task.step >= task.job.training.steps
      if (isDone) {
        say(
          `This run is finished: its ${count(task.step)} steps are done (raise "steps" in ${join(run, RUN_FILES.job)} to go on).`,
        )
      }
      if (json) {
        await printJson(resultJson(end.result))
        say(`Saved ${path}.`)
      } else await print(`${resultText(end.result, isDone)}\nSaved ${path}.\n`)
      return 0
    }
  }
}

function progressOf(frame: TelemetryFrame, before: Progress | null): Progress {
  let loss = before?.loss ?? Number.NaN
  let validationLoss = before?.validationLoss ?? Number.NaN
  for (let at = 0; at < frame.points.length; at += POINT_SIZE) {
    loss = frame.points[at + 1] ?? loss
    const validation = frame.points[at + 3] ?? Number.NaN
    if (!Number.isNaN(validation)) validationLoss = validation
  }
  return { step: frame.step, steps: frame.steps, stepsPerSecond: frame.stepsPerSecond, loss, validationLoss }
}

function resultJson({ steps, seconds, stepsPerSecond, train, validation, test, engine }: RunResult) {
  return { steps, seconds, stepsPerSecond, train, validation, test, engine }
}

function resultText(
  { steps, seconds, stepsPerSecond, train, validation, test, engine }: RunResult,
  isDone: boolean,
): string {
  const speed = seconds > 0 && !isDone ? ` in ${duration(seconds)} (${count(stepsPerSecond)} steps/s)` : ''
  const split = (name: string, metrics: Metrics | null) =>
    metrics === null ? [] : [`${name.padEnd(11)}loss ${figure(metrics.loss)} · ${qualityOf(metrics)}`]
  return [
    `${count(steps)} steps${speed}, engine ${engine}`,
    ...split('train', train),
    ...split('validation', validation),
    ...split('test', test),
  ].join('\n')
}

function qualityOf(metrics: Metrics): string {
  return 'rmse' in metrics ? `rmse ${figure(metrics.rmse)}` : `accuracy ${(100 * metrics.accuracy).toFixed(1)} %`
}

/** A path as a shell takes it. */
function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
}
