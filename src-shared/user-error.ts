/**
 * A fault that the person can mend: one sentence that says what is wrong, where, and what would be right.
 *
 * Everything else that is thrown is a bug and keeps its stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
  /** Exit status of a command that ends with this error: 2 for flags or jobs that cannot fit, else 1. */
  readonly exitCode: 1 | 2

  constructor(message: string, { exitCode = 1, cause }: { exitCode?: 1 | 2; cause?: unknown } = {}) {
    super(oneLine(message), { cause })
    this.exitCode = exitCode
  }
}

/** Names and cells of a file may hold line breaks and other characters that no sentence has. */
function oneLine(message: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return message.replace(/[\x00-\x1f\x7f\u2028\u2029]+/g, ' ')
}

/** Whether an error is a {@link UserError}, also after it crossed a process boundary and lost its class. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === 'UserError'
}
