/** Another document in the place of the open one: new, from a file, or from a recovery copy. */
import { dirname } from 'node:path'
import type { z } from 'zod'
import {
  type DataChoice,
  dataSchema,
  engineSchema,
  type TrainingSettings,
  trainingSchema,
} from '../../src-shared/contract/job'
import { lossesOf } from '../../src-shared/contract/losses'
import { refuseTooLarge } from '../../src-shared/kan/memory'
import type { Model } from '../../src-shared/kan/parameters'
import type { Specification } from '../../src-shared/kan/specification'
import { isUserError } from '../../src-shared/user-error'
import { readModel } from '../files/model'
import { loadChosenData } from './data'
import { type Beginning, takeSnapshot } from './document'
import { FIRST_TRAINING, HELLO_DATA, helloModel } from './hello'
import { foundPath } from './paths'
import type { RecoveryNote } from './recovery'
import { readPoints } from './runs'
import { save } from './saving'
import type { Workspace } from './workspace'

const FIRST = { training: FIRST_TRAINING, engine: 'auto' } as const

/** What is left to do of opening a document that is on the screen already: its process gets the model, its data are read. */
export type Rest = () => Promise<void>

export async function openNew(workspace: Workspace): Promise<Rest> {
  return replace(
    workspace,
    { ...FIRST, model: helloModel(), step: 0, path: null, data: HELLO_DATA, dataProblem: null, trainedOn: null },
    null,
  )
}

/** @param path absolute and allowed */
export async function openFile(workspace: Workspace, path: string): Promise<Rest> {
  const model = await readModel(path)
  const { history } = model.specification
  const job = history?.job ?? {}
  const notes: string[] = []
  const read = <T>(schema: z.ZodType<T>, value: unknown, otherwise: T, what: string): T => {
    const result = schema.safeParse(value)
    if (result.success) return result.data
    if (value !== undefined) notes.push(`${path}: the ${what} of its last training cannot be read.`)
    return otherwise
  }
  const data = read(dataSchema.nullable(), job.data, null, 'choice of data')
  const run = history?.run === undefined ? null : await foundRun(workspace, history.run, path)
  const step = history?.step ?? 0
  await workspace.rememberRecent(path)
  const rest = await replace(
    workspace,
    {
      model: withHistory(model, step, run),
      step,
      path,
      ...(await foundData(workspace, data, dirname(path))),
      trainedOn: history?.data ?? null,
      training: fitting(read(trainingSchema, job.training, FIRST.training, 'training settings'), model.specification),
      engine: read(engineSchema, job.engine, FIRST.engine, 'engine'),
    },
    run,
  )
  for (const note of notes) workspace.log(note)
  return rest
}

/** The settings with a loss that the network can be trained with. */
function fitting(training: TrainingSettings, { task }: Specification): TrainingSettings {
  const losses = lossesOf(task)
  return losses.includes(training.loss) ? training : { ...training, loss: losses[0] }
}

/** Puts a recovery copy back as an edited document. */
export async function openRecovered(workspace: Workspace, model: Model, note: RecoveryNote): Promise<Rest> {
  const { path, step, data, training, engine } = note
  const allowed = path === null ? null : await workspace.jail.writing(path).catch(() => null)
  const found = await foundData(workspace, data, workspace.folder)
  const beginning = {
    model: withHistory(model, step, null),
    step,
    path: allowed,
    ...found,
    trainedOn: model.specification.history?.data ?? null,
    training,
    engine,
  }
  const rest = await replace(workspace, beginning, null)
  workspace.document.saved = ''
  workspace.tellChange()
  return rest
}

/** What to do with changes that would be lost: the person's answer where this door asks and there are any. */
export async function askToLeave({ dialogs, edited, name }: Workspace): Promise<'save' | 'discard' | 'cancel'> {
  return dialogs === null || !edited ? 'discard' : dialogs.askToSave(name)
}

/** @returns false if the person was asked where to save and wants to stay */
export async function saveToLeave(workspace: Workspace): Promise<boolean> {
  const { dialogs, document, name } = workspace
  const path = document.path ?? (await dialogs?.chooseFile('save-model', `${name}.kan`)) ?? null
  if (path === null) return false
  // The run's optimiser state must be of the very step that is saved.
  await workspace.pause()
  await save(workspace, path)
  return true
}

/** What is wrong with a model is found before the open document is let go; what takes long comes after the new one is shown. */
async function replace(workspace: Workspace, beginning: Beginning, run: string | null): Promise<Rest> {
  const { model, step } = beginning
  refuseTooLarge(model.specification)
  const document = workspace.prepare(beginning)
  if (run !== null) document.points.append(await readPoints(run, step))
  document.dataAreComing = document.data !== null && document.dataProblem === null
  const opened = document.session.open(model, step, run)
  const before = workspace.adopt(document)
  workspace.markSaved()
  return async () => {
    try {
      const { resumes, ...snapshot } = await opened
      takeSnapshot(document, snapshot)
      // The optimiser's state was found: the run stands at this very step and goes on in its folder.
      if (run !== null && resumes) document.run = { folder: run, until: step }
      // After the curve: the losses that come with the data are of the network as it is.
      await loadChosenData(document)
    } catch (error) {
      if (!isUserError(error)) console.error(error)
      // A process that ended by itself has told so.
      if (document.session.alive) {
        await workspace.stop(document)
        workspace.takeLoss((error as Error).message)
      }
    } finally {
      document.dataAreComing = false
      workspace.tellData()
      if (before) await workspace.stop(before)
    }
  }
}

/** The session counts steps on from the model's history; data and settings are the studio's to know. */
function withHistory(model: Model, step: number, run: string | null): Model {
  const { history: before, ...specification } = model.specification
  const plateau = before?.plateau
  const history = { step, ...(run !== null && { run }), ...(plateau !== undefined && { plateau }) }
  return { ...model, specification: step > 0 ? { ...specification, history } : specification }
}

/** A choice's file, looked for beside the model, then in the studio's folder; or why this door may not read it. */
async function foundData(
  { folder, jail }: Workspace,
  data: DataChoice | null,
  beside: string,
): Promise<Pick<Beginning, 'data' | 'dataProblem'>> {
  if (data === null || !('file' in data)) return { data, dataProblem: null }
  const file = await foundPath(data.file, [beside, folder])
  try {
    return { data: { ...data, file: await jail.reading(file ?? data.file) }, dataProblem: null }
  } catch (error) {
    if (!isUserError(error)) throw error
    return { data, dataProblem: error.message }
  }
}

async function foundRun({ folder, jail }: Workspace, run: string, model: string): Promise<string | null> {
  const path = await foundPath(run, [folder, dirname(model)])
  return path === null ? null : jail.reading(path).catch(() => null)
}
