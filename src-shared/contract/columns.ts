/** Which columns a choice of data has, known before any of it is read. */
import type { DataChoice } from './job'

/** What `hello` is made of: f(x, y) = exp(sin πx + y²). */
export const HELLO_INPUTS = ['x', 'y'] as const
/** The target of every generator. */
export const GENERATED_TARGET = 'f'

/** Names of what goes into a network for this data, and of what is to come out, in their order. */
export function columnsOf(choice: DataChoice): {
  readonly inputs: readonly string[]
  readonly targets: readonly string[]
} {
  if ('file' in choice) return { inputs: choice.inputs, targets: choice.targets }
  return { inputs: choice.generator === 'hello' ? HELLO_INPUTS : choice.inputs, targets: [GENERATED_TARGET] }
}
