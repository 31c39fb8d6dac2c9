/** A network as text for the clipboard: its design as JSON, with its numbers under `tensors` where they are not too many. */
import type { CopiedNetwork } from '../../src-shared/contract/studio'
import { decodeTensors, encodeTensors, newModel, putTogether, takeApart } from '../../src-shared/kan/file/file'
import { type Model, parameterCount } from '../../src-shared/kan/parameters'
import { checkSpecification } from '../../src-shared/kan/validate'
import { UserError } from '../../src-shared/user-error'

/** 8 bytes a number, a third more as text: some 3 MB, which every clipboard takes. */
const MOST_NUMBERS = 250_000

const CLIPBOARD = 'The clipboard'

/** @throws UserError where a number is not finite, as after a diverged training */
export function writeNetwork(model: Model): CopiedNetwork {
  const { preprocessing: _, history: __, ...specification } = model.specification
  const parameters = parameterCount(specification)
  const { design, tensors } = takeApart({ ...model, specification }, `${specification.name} cannot be copied`)
  const complete = parameters <= MOST_NUMBERS
  const numbers = complete ? { tensors: Buffer.from(encodeTensors(tensors, {})).toString('base64') } : {}
  return { text: `${JSON.stringify({ ...design, ...numbers }, null, 2)}\n`, complete, parameters }
}

/**
 * A network that was copied here, or a design that was written by hand: then its numbers come from its seed.
 *
 * @throws UserError in one sentence for anything else
 */
export function readNetwork(text: string): Model {
  const value = parse(text)
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('tensors' in value)) {
    return newModel(checkSpecification(value, CLIPBOARD), CLIPBOARD)
  }
  const { tensors, ...design } = value
  if (typeof tensors !== 'string') throw new UserError(`${CLIPBOARD}: "tensors" must be a text in base64.`)
  const specification = checkSpecification(design, CLIPBOARD)
  return putTogether(
    specification,
    decodeTensors(Buffer.from(tensors, 'base64'), `${CLIPBOARD}: "tensors"`).tensors,
    CLIPBOARD,
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new UserError(`${CLIPBOARD} holds no network: as JSON it cannot be read (${why}).`, { cause })
  }
}
