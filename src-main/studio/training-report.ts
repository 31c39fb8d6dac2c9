/** A training as one page, gathered from whoever has the network and its data. */
import type { DataChoice } from '../../src-shared/contract/job'
import type { Results } from '../../src-shared/contract/results'
import type { Specification } from '../../src-shared/kan/specification'
import { type TrainingReport, trainingHtml } from '../../src-shared/training-report/html'
import { isUserError } from '../../src-shared/user-error'
import type { ComputeProcess } from './compute'
import type { Workspace } from './workspace'

/** Outputs whose predictions are drawn: more are a long page. */
const MOST_OUTPUTS = 8

type Measured = Pick<TrainingReport, 'scores' | 'results' | 'problem'>

/** Scores and predictions of the session's network on its data. The page is worth having without them. */
export async function measured(
  calls: Pick<ComputeProcess['calls'], 'evaluate' | 'results'>,
  { outputs }: Pick<Specification, 'outputs'>,
  data: DataChoice | null,
): Promise<Measured> {
  if (data === null)
    return { scores: null, results: [], problem: 'The network has no data, so that there is nothing to score it on.' }
  try {
    const scores = await calls.evaluate()
    const results: Results[] = []
    for (let output = 0; output < Math.min(MOST_OUTPUTS, outputs.length); output++) {
      results.push(await calls.results({ output, whole: true }))
    }
    return { scores, results, problem: null }
  } catch (error) {
    if (isUserError(error)) return unmeasured(error.message)
    throw error
  }
}

export function unmeasured(why: string): Measured {
  return { scores: null, results: [], problem: `Scores and predictions are missing. ${why}` }
}

/** The open document's training, as it stands now. */
export async function documentReport({ document }: Workspace, version: string): Promise<string> {
  const { session, data, training, engine } = document
  const { model, step } = await session.call((calls) => calls.snapshot())
  const { specification, parameters } = model
  return trainingHtml({
    ...{ specification, parameters, step, version, date: new Date().toISOString() },
    settings: { data, training, engine },
    points: document.points.all,
    ...(await session.call((calls) => measured(calls, specification, document.dataSummary === null ? null : data))),
  })
}
