/**
 * Errors on the wire. Neither structured clone nor MessagePack keeps an error's class, so they travel as plain
 * objects: pass `toWire` and `fromWire` to birpc as `serialize` and `deserialize` (before and after any packing).
 */
import { isUserError, UserError } from '../user-error'

interface PlainError {
  readonly name: string
  readonly message: string
  readonly stack: string | undefined
  readonly exitCode: 1 | 2 | undefined
}

/** birpc's message: only a response (`e`) can carry an error. */
interface Message {
  readonly e?: unknown
}

export function toWire(message: Message): Message {
  if (message.e === undefined) return message
  const error = message.e instanceof Error ? message.e : new Error(String(message.e))
  const plain: PlainError = {
    name: error.name,
    message: error.message,
    stack: error.stack,
    exitCode: isUserError(error) ? error.exitCode : undefined,
  }
  return { ...message, e: plain }
}

export function fromWire(message: Message): Message {
  if (message.e === undefined || message.e instanceof Error) return message
  const { name, message: text, stack, exitCode } = message.e as PlainError
  if (name === 'UserError') return { ...message, e: new UserError(text, exitCode ? { exitCode } : {}) }
  const error = new Error(text)
  error.name = name
  if (stack !== undefined) error.stack = stack
  return { ...message, e: error }
}
