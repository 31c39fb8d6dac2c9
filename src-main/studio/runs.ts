/** Runs as the studio keeps them: where training stands in its folder, what to run again, and the curve so far. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataChoice, EngineChoice, TrainingSettings } from '../../src-shared/contract/job'
import { POINT_COLUMNS, POINT_SIZE } from '../../src-shared/contract/telemetry'
import { newModel } from '../../src-shared/kan/file/file'
import type { LayerParameters, Model } from '../../src-shared/kan/parameters'
import type { Specification } from '../../src-shared/kan/specification'
import { writeFileAtomic } from '../files/atomic'
import { writeModel } from '../files/model'
import { RUN_FILES } from '../files/run'
import { withStoredFile } from './paths'

export interface Run {
  readonly folder: string
  /** The step at which training stops. */
  readonly until: number
}

/** What a job says besides the model. */
export interface Plan {
  readonly data: DataChoice
  readonly training: TrainingSettings
  readonly engine: EngineChoice
}

/**
 * Writes `job.json`, so that the folder alone says what to run again. The model it began with stays: a design where the
 * seed gives its numbers, else a copy beside it. A job's steps count from 0.
 */
export async function writeJob(run: Run, model: Model, plan: Plan, studioFolder: string): Promise<void> {
  const path = join(run.folder, RUN_FILES.job)
  const job = {
    model: (await modelIn(path)) ?? (await startOf(run.folder, model)),
    data: withStoredFile(plan.data, run.folder, studioFolder),
    training: { ...plan.training, steps: run.until },
    engine: plan.engine,
  }
  await writeFileAtomic(path, new TextEncoder().encode(`${JSON.stringify(job, null, 2)}\n`))
}

async function modelIn(path: string): Promise<unknown> {
  try {
    const job: unknown = JSON.parse(await readFile(path, 'utf8'))
    return typeof job === 'object' && job !== null && 'model' in job ? job.model : undefined
  } catch {
    return undefined
  }
}

async function startOf(folder: string, model: Model): Promise<Specification | string> {
  const { history: _, ...specification } = model.specification
  const fresh = newModel(specification, 'the network')
  if (sameParameters(fresh.parameters, model.parameters)) return specification
  await writeModel(join(folder, RUN_FILES.start), { ...model, specification })
  return RUN_FILES.start
}

function sameParameters(a: readonly LayerParameters[], b: readonly LayerParameters[]): boolean {
  const fields = ['weights', 'baseScaler', 'basisScaler', 'bias', 'symbolic', 'grid', 'scale'] as const
  return a.every((layer, l) =>
    fields.every((field) => {
      const [one, other] = [layer[field], b[l]?.[field] ?? null]
      return one === null || other === null
        ? one === other
        : one.length === other.length && one.every((value, i) => value === other[i])
    }),
  )
}

/**
 * The loss curve that a run's `metrics.csv` holds up to a step, POINT_SIZE values a point; empty where there is none.
 */
export async function readPoints(folder: string, step: number): Promise<Float64Array> {
  const text = await readFile(join(folder, RUN_FILES.metrics), 'utf8').catch(() => '')
  const [header, ...lines] = text.split(/\r?\n/)
  if (header !== POINT_COLUMNS.join(',')) return new Float64Array(0)
  const points = lines
    .filter((line) => line !== '')
    .map((line) => line.split(',').map((cell) => (cell === '' ? Number.NaN : Number(cell))))
    .filter((point) => point.length === POINT_SIZE && (point[0] ?? Number.NaN) <= step)
  return Float64Array.from(points.flat())
}
