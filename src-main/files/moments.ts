/** Adam's state on disk, for going on where a run stopped: a run's `optimizer.safetensors`. */
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { decodeTensors, encodeTensors } from '../../src-shared/kan/file'
import { trainableLayout } from '../../src-shared/kan/layout'
import type { LayerTensors, Moments } from '../../src-shared/kan/parameters'
import type { Tensor } from '../../src-shared/kan/safetensors'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { isUserError } from '../../src-shared/user-error'
import { writeFileAtomic } from './atomic'
import { fileError } from './errors'

/** The key of `__metadata__` under which the counters stand as JSON. */
const COUNTERS = 'kan-studio-optimizer'

const countersSchema = z.strictObject({
  format: z.literal(1),
  type: z.literal('adam'),
  /** Updates done with these moments, PyTorch's `step`. */
  updates: z.number().int().nonnegative(),
  /** The session's step counter at that moment. */
  step: z.number().int().nonnegative(),
})

/** Writes the moments of a network, whole or not at all, with the session's step counter. */
export async function writeMoments(
  path: string,
  specification: Specification,
  moments: Moments,
  step: number,
): Promise<void> {
  const tensors = new Map<string, Tensor>()
  specification.layers.forEach((layer, l) => {
    for (const { name, field, shape } of trainableLayout(layer, inputsOf(specification, l))) {
      for (const order of ['first', 'second'] as const) {
        const values = moments[order][l]?.[field]
        if (values == null) throw new RangeError(`no ${order} moments of layers.${l}.${name}`)
        tensors.set(`${order}.layers.${l}.${name}`, { shape, values })
      }
    }
  })
  const counters: z.infer<typeof countersSchema> = { format: 1, type: 'adam', updates: moments.step, step }
  await writeFileAtomic(path, encodeTensors(tensors, { [COUNTERS]: JSON.stringify(counters) }))
}

/**
 * The moments of a run and the step at which they were written. Null where the file is missing, damaged or does not fit
 * the network, as after a change of its structure: Adam then begins at zero.
 *
 * @throws UserError when the file is there but cannot be read
 */
export async function readMoments(
  path: string,
  specification: Specification,
): Promise<{ readonly moments: Moments; readonly step: number } | null> {
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

function decode(bytes: Uint8Array, path: string, specification: Specification) {
  const { tensors, metadata } = decodeTensors(bytes, path)
  const counters = countersSchema.safeParse(parseJson(metadata[COUNTERS] ?? ''))
  if (!counters.success) return null
  const first = layersOf('first', tensors, specification)
  const second = layersOf('second', tensors, specification)
  const count = specification.layers.reduce((sum, layer) => sum + 2 * trainableLayout(layer, 1).length, 0)
  if (first === null || second === null || tensors.size !== count) return null
  return { moments: { first, second, step: counters.data.updates }, step: counters.data.step }
}

function layersOf(
  order: 'first' | 'second',
  tensors: ReadonlyMap<string, Tensor>,
  specification: Specification,
): LayerTensors[] | null {
  const layers: LayerTensors[] = []
  for (const [l, layer] of specification.layers.entries()) {
    const found: { -readonly [Field in keyof LayerTensors]?: Float64Array } = {}
    for (const { name, field, shape } of trainableLayout(layer, inputsOf(specification, l))) {
      const tensor = tensors.get(`${order}.layers.${l}.${name}`)
      const fits = tensor?.shape.join() === shape.join() && tensor.values.every(Number.isFinite)
      if (tensor === undefined || !fits) return null
      found[field] = tensor.values
    }
    const { weights, baseScaler, basisScaler, bias = null, symbolic = null } = found
    if (weights === undefined || baseScaler === undefined || basisScaler === undefined) return null
    layers.push({ weights, baseScaler, basisScaler, bias, symbolic })
  }
  return layers
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
