/** From what `train` was given, a job's file or a run's folder, to the model, the data and the run's folder. */
import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { type Job, settled, type WrittenJob } from '../../src-shared/contract/job'
import { lossesOf, refuseLoss } from '../../src-shared/contract/losses'
import { readJob } from '../../src-shared/contract/read-job'
import { newModel } from '../../src-shared/kan/file/file'
import type { Model } from '../../src-shared/kan/parameters'
import { UserError } from '../../src-shared/user-error'
import { copyWhole, writeFileAtomic } from '../files/atomic'
import { readJson } from '../files/json'
import { readModel, readStart } from '../files/model'
import { createRunFolder, fileNameOf, RUN_FILES } from '../files/run'
import { refuseCertainMisfit } from './fit'

/** Everything that training needs. */
export interface Assignment {
  /** Its paths are absolute. */
  readonly job: Job
  readonly model: Model
  /** Updates done before. */
  readonly step: number
  /** The folder of the run to go on with; null where one begins. */
  readonly folder: string | null
}

/**
 * Reads a job, or takes up a run where its last checkpoint left it. Writes nothing.
 *
 * @param target a job's file or a run's folder
 * @throws UserError naming what is wrong with the job, its model or their fit
 */
export async function assignment(target: string): Promise<Assignment> {
  return isFolder(target) ? resumed(target) : begun(target)
}

/**
 * Makes the folder of a new run, with everything in it that is needed to run the job again.
 *
 * @param parent where `runs/` goes
 * @throws UserError if it cannot be written
 */
export async function beginRun({ job, model }: Assignment, parent: string, now: Date): Promise<string> {
  const folder = await createRunFolder(parent, model.specification.name, now)
  if (typeof job.model === 'string') await copyWhole(job.model, join(folder, RUN_FILES.start))
  const own = typeof job.model === 'string' ? { ...job, model: RUN_FILES.start } : job
  await writeFileAtomic(join(folder, RUN_FILES.job), new TextEncoder().encode(`${JSON.stringify(own, null, 2)}\n`))
  return folder
}

/** Where the trained network goes if nothing else is said: never the one that the run began with, nor its checkpoint. */
export function outputOf(folder: string, { job, model }: Assignment): string {
  const path = join(folder, `${fileNameOf(model.specification.name)}.kan`)
  const taken = [job.model, join(folder, RUN_FILES.start), join(folder, RUN_FILES.checkpoint)]
  return taken.includes(path) ? path.replace(/\.kan$/, ' trained.kan') : path
}

async function begun(file: string): Promise<Assignment> {
  const written = await readJobFile(file)
  const { model, isFresh } = await startOf(written, file)
  const job = settled(written, { isFresh, loss: lossesOf(model.specification.task)[0] })
  refuseUnfit(job, model, file)
  if ('file' in job.data && !existsSync(job.data.file)) {
    throw new UserError(`There is no file ${job.data.file} (${file}: "data.file").`)
  }
  return { job, model, step: 0, folder: null }
}

async function resumed(target: string): Promise<Assignment> {
  const folder = resolve(target)
  const file = join(target, RUN_FILES.job)
  if (!existsSync(file)) throw new UserError(`${target} is no run's folder: there is no ${RUN_FILES.job} in it.`)
  const written = await readJobFile(file)
  const checkpoint = join(folder, RUN_FILES.checkpoint)
  const { model, isFresh } = existsSync(checkpoint)
    ? { model: await readModel(checkpoint), isFresh: false }
    : await startOf(written, file)
  const job = settled(written, { isFresh, loss: lossesOf(model.specification.task)[0] })
  refuseUnfit(job, model, file)
  const step = existsSync(checkpoint) ? (model.specification.history?.step ?? 0) : 0
  return { job, model, step, folder }
}

function refuseUnfit({ data, training }: Job, { specification }: Model, file: string): void {
  refuseCertainMisfit(specification, data, file)
  refuseLoss(specification, training.loss, `${file}: "training.loss"`)
}

/** A job whose paths are absolute. */
async function readJobFile(file: string): Promise<WrittenJob> {
  if (/\.(kan|csv|tsv|txt|dat|xlsx|parquet|jsonl|ndjson)$/i.test(file)) {
    throw new UserError(
      `${file} is no job: train takes a job's file (JSON, as docs/file-format.md shows) or a run's folder, such as the studio makes at ▶.`,
      { exitCode: 2 },
    )
  }
  const job = readJob(await readJson(file), file)
  const beside = (path: string) => resolve(dirname(file), path)
  return {
    ...job,
    model: typeof job.model === 'string' ? beside(job.model) : job.model,
    data: 'file' in job.data ? { ...job.data, file: beside(job.data.file) } : job.data,
  }
}

/** The network that a job begins with, and whether its numbers come from its seed. */
async function startOf(job: WrittenJob, file: string): Promise<{ readonly model: Model; readonly isFresh: boolean }> {
  if (typeof job.model !== 'string') return { model: newModel(job.model, `${file}: "model"`), isFresh: true }
  if (!existsSync(job.model)) throw new UserError(`There is no file ${job.model} (${file}: "model").`)
  return readStart(job.model)
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    throw new UserError(`There is no file ${path}: give a job's file or a run's folder.`)
  }
}
