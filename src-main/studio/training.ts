/** ▶ ⏸ and settings: training the document's network in a run's folder. */
import { join } from 'node:path'
import type { RunOptions } from '../../src-shared/contract/compute'
import type { EngineChoice, TrainingSettings } from '../../src-shared/contract/job'
import { refuseLoss } from '../../src-shared/contract/losses'
import { misfitOf } from '../../src-shared/contract/misfit'
import { UserError } from '../../src-shared/user-error'
import { createRunFolder } from '../files/run'
import { backToGood } from './divergence'
import type { OpenDocument } from './document'
import { writeJob } from './runs'
import type { Workspace } from './workspace'

/** Begins training, or goes on: to the end of what was paused, else for as many steps as the settings say. */
export async function start(workspace: Workspace): Promise<void> {
  const { document } = workspace
  if (document.state.type === 'running') return
  const options = await prepareRun(workspace)
  const before = document.state
  // Set first: the end of a short training may arrive before the answer.
  document.state = { type: 'running' }
  try {
    await document.session.call((calls) => calls.start(options))
  } catch (error) {
    document.state = before
    throw error
  }
}

/** One more step. */
export async function step(workspace: Workspace): Promise<void> {
  await workspace.pause()
  const { document } = workspace
  const options = await prepareRun(workspace)
  await document.session.call((calls) => calls.step(options, 1))
  if (document.state.type !== 'diverged') document.state = { type: 'paused' }
  await workspace.look()
  workspace.tellChange()
}

/** New settings; a running training takes them over between two steps. More or fewer steps move its end. */
export async function setTraining(
  workspace: Workspace,
  training: TrainingSettings,
  engine: EngineChoice,
): Promise<void> {
  const { document } = workspace
  refuseLoss(document.snapshot.model.specification, training.loss, 'The loss')
  const running = document.state.type === 'running'
  const before = document.engine
  const otherEngine = engine !== before
  if (otherEngine) await workspace.pause()
  const moved = training.steps - document.training.steps
  document.training = training
  document.engine = engine
  if (document.run) {
    const until = Math.max(document.step, document.run.until + moved)
    document.run = { ...document.run, until }
  }
  workspace.tellChange()
  if (!running) return
  if (otherEngine) return startAnew(workspace, before)
  await document.session.call((calls) => calls.adjust(training))
  await keepJob(workspace)
}

/** Goes on with another engine; where that cannot compute this network, with the one before. */
async function startAnew(workspace: Workspace, before: EngineChoice): Promise<void> {
  try {
    await start(workspace)
  } catch (error) {
    workspace.document.engine = before
    workspace.tellChange()
    await start(workspace)
    throw error
  }
}

/** Sees that training can run, and makes or goes on with the run's folder. */
async function prepareRun(workspace: Workspace): Promise<RunOptions> {
  const { document } = workspace
  refuseUntrainable(document)
  if (document.state.type === 'diverged' && (await backToGood(workspace))) {
    // Whoever pressed ▶ does not get the document as an answer.
    await workspace.pages.replaced(() => workspace.state(), null)
  }
  await workspace.look()
  document.fallback = document.snapshot
  const { training, engine, step } = document
  const until = document.run && document.run.until > step ? document.run.until : step + training.steps
  const inFolder = document.run?.folder ?? (await beginRun(workspace))
  document.run = { folder: inFolder, until }
  await keepJob(workspace)
  return { training, engine, folder: inFolder, until }
}

/** A new run's folder, unless `runs` is a link that leads to where this door may not write. */
async function beginRun({ folder, jail, name }: Workspace): Promise<string> {
  await jail.writing(join(folder, 'runs'))
  return createRunFolder(folder, name, new Date())
}

async function keepJob({ document, folder }: Workspace): Promise<void> {
  const { run, data, training, engine, snapshot } = document
  if (run && data) await writeJob(run, snapshot.model, { data, training, engine }, folder)
}

function refuseUntrainable({ data, dataSummary, dataProblem, snapshot }: OpenDocument): void {
  if (data === null) throw new UserError('There is no data to train on: drop a table or choose a generator first.')
  if (dataSummary === null) {
    throw new UserError(`The data could not be loaded, choose it again: ${dataProblem ?? 'the file is not there.'}`)
  }
  const misfit = misfitOf(snapshot.model.specification, dataSummary.name, dataSummary)
  if (misfit === null) return
  throw new UserError(`${misfit}: fit the network to the data, which keeps the curves of the columns that stay.`)
}
