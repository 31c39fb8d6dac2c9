/** The optimiser's state on disk, for going on where a run stopped: a run's `optimizer.safetensors`. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { decodeTensors, encodeTensors } from '../../src-shared/kan/file/file'
import type { Moments } from '../../src-shared/kan/parameters'
import type { Specification } from '../../src-shared/kan/specification'
import type { LbfgsState } from '../../src-shared/numerics/lbfgs'
import { designKey, trainableVector } from '../../src-shared/numerics/trainable-vector'
import { isUserError } from '../../src-shared/user-error'
import { momentsOfTensors, tensorsOfMoments } from './adam-state'
import { writeFileAtomic } from './atomic'
import { fileError } from './errors'
import { lbfgsOfTensors, tensorsOfLbfgs } from './lbfgs-state'

/** What trained last, with what it needs to go on. */
export type OptimizerState =
  | { readonly type: 'adam'; readonly moments: Moments }
  | { readonly type: 'lbfgs'; readonly state: LbfgsState }

/** The key of `__metadata__` under which the counters stand as JSON. */
const COUNTERS = 'kan-studio-optimizer'

const format = z.literal(1)
/** The session's step counter when the file was written. */
const step = z.number().int().nonnegative()

const countersSchema = z.discriminatedUnion('type', [
  z.strictObject({
    format,
    type: z.literal('adam'),
    /** Updates done with these moments, PyTorch's `step`. */
    updates: z.number().int().nonnegative(),
    step,
  }),
  z.strictObject({
    format,
    type: z.literal('lbfgs'),
    stepSize: z.number(),
    scale: z.number(),
    step,
    /** Which numbers the vectors stand for. */
    design: z.string(),
  }),
])
type Counters = z.infer<typeof countersSchema>

/** Writes an optimiser's state, whole or not at all, with the session's step counter. */
export async function writeOptimizer(
  path: string,
  specification: Specification,
  optimizer: OptimizerState,
  step: number,
): Promise<void> {
  const [tensors, counters] = encoded(specification, optimizer, step)
  await writeFileAtomic(path, encodeTensors(tensors, { [COUNTERS]: JSON.stringify(counters) }))
}

/**
 * The state of a run's optimiser and the step at which it was written. Null where the file is missing, damaged or does not
 * fit the network, as after a change of its structure: the optimiser then begins anew.
 *
 * @throws UserError when the file is there but cannot be read
 */
export async function readOptimizer(
  path: string,
  specification: Specification,
): Promise<{ readonly optimizer: OptimizerState; readonly step: number } | null> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw fileError(error, 'read', path)
  })
  if (bytes === null) return null
  try {
    return decode(bytes, path, specification)
  } catch (error) {
    if (isUserError(error)) return null
    throw error
  }
}

function encoded(specification: Specification, optimizer: OptimizerState, step: number) {
  switch (optimizer.type) {
    case 'adam': {
      const counters: Counters = { format: 1, type: 'adam', updates: optimizer.moments.step, step }
      return [tensorsOfMoments(optimizer.moments, specification), counters] as const
    }
    case 'lbfgs': {
      const { stepSize, scale } = optimizer.state
      const design = designKey(specification)
      const counters: Counters = { format: 1, type: 'lbfgs', stepSize, scale, step, design }
      return [tensorsOfLbfgs(optimizer.state), counters] as const
    }
  }
}

function decode(bytes: Uint8Array, path: string, specification: Specification) {
  const { tensors, metadata } = decodeTensors(bytes, path)
  const parsed = countersSchema.safeParse(parseJson(metadata[COUNTERS] ?? ''))
  if (!parsed.success) return null
  const counters = parsed.data
  switch (counters.type) {
    case 'adam': {
      const moments = momentsOfTensors(tensors, specification, counters.updates)
      return moments && { optimizer: { type: 'adam' as const, moments }, step: counters.step }
    }
    case 'lbfgs': {
      if (counters.design !== designKey(specification)) return null
      const state = lbfgsOfTensors(tensors, trainableVector(specification).length, counters)
      return state && { optimizer: { type: 'lbfgs' as const, state }, step: counters.step }
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
