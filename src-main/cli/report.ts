/** `kan-studio report RUN|M.kan`: a training as one page, with settings, curves, the network, scores and predictions. */
import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { Command } from 'commander'
import manifest from '../../package.json'
import { type DataChoice, dataSchema } from '../../src-shared/contract/job'
import type { Model } from '../../src-shared/kan/parameters'
import { type TrainingReport, trainingHtml } from '../../src-shared/training-report/html'
import { isUserError } from '../../src-shared/user-error'
import { writeFileAtomic } from '../files/atomic'
import { readModel } from '../files/model'
import { fileNameOf } from '../files/run'
import { foundPath } from '../studio/paths'
import { readPoints } from '../studio/runs'
import { measured, unmeasured } from '../studio/training-report'
import { refuseOverwriting, refuseUnwritable } from './flags'
import { assignment } from './job-file'
import { print } from './print'
import { withCompute } from './with-compute'

/** What was trained, and on what. */
interface Trained {
  readonly model: Model
  readonly step: number
  readonly data: DataChoice | null
  readonly settings: TrainingReport['settings']
  /** The run's folder; null where there is none any more. */
  readonly folder: string | null
}

export function reportCommand(): Command {
  return new Command('report')
    .description('a training as one page: settings, curves, the network, scores and predictions')
    .argument('<RUN|M.kan>', "a run's folder or a network")
    .option('--html <F>', 'where the page goes (default: the name of the network with .html)')
    .action(async (target: string, { html }: { html?: string }) => {
      refuseUnwritable('--html', html)
      refuseOverwriting('--html', html, [target])
      const trained = statSync(target, { throwIfNoEntry: false })?.isDirectory()
        ? await runOf(target)
        : await fileOf(target)
      const path = html ?? `${fileNameOf(trained.model.specification.name)}.html`
      await writeFileAtomic(resolve(path), new TextEncoder().encode(trainingHtml(await gathered(trained))))
      await print(`Saved ${path}.\n`)
    })
}

async function runOf(target: string): Promise<Trained> {
  const { job, model, step, folder } = await assignment(target)
  const { model: _, ...settings } = job
  return { model, step, data: job.data, settings, folder }
}

async function fileOf(path: string): Promise<Trained> {
  const model = await readModel(path)
  const { history } = model.specification
  const [beside, run] = [dirname(resolve(path)), history?.run]
  const data = dataSchema.safeParse(history?.job?.data).data ?? null
  const file = data !== null && 'file' in data ? await foundPath(data.file, [beside]) : null
  const folder = run === undefined ? null : resolve(beside, run)
  return {
    model,
    step: history?.step ?? 0,
    data: data !== null && 'file' in data && file !== null ? { ...data, file } : data,
    settings: history?.job ?? null,
    folder: folder !== null && existsSync(join(folder)) ? folder : null,
  }
}

async function gathered({ model, step, data, settings, folder }: Trained): Promise<TrainingReport> {
  const { specification, parameters } = model
  const known = {
    ...{ specification, parameters, step, settings, date: new Date().toISOString(), version: manifest.version },
    points: folder === null ? new Float64Array(0) : await readPoints(folder, step),
  }
  const report = (found: Pick<TrainingReport, 'scores' | 'results' | 'problem'>) => ({ ...known, ...found })
  if (data === null) return report(unmeasured('The file does not say which data it was trained on.'))
  try {
    return await withCompute(async (calls) => {
      await calls.open(model, step, null)
      await calls.loadData(data)
      return report(await measured(calls, specification, data))
    })
  } catch (error) {
    if (isUserError(error)) return report(unmeasured(error.message))
    throw error
  }
}
