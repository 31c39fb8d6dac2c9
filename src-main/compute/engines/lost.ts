/** What is thrown where an engine is gone in the middle of its work: nothing that it held can be read any more. */
import { UserError } from '../../../src-shared/user-error'

export class EngineLost extends UserError {
  /** The engine's name. */
  readonly engine: string
  /** What happened, as the beginning of a sentence. */
  readonly what: string

  constructor(engine: string, what: string) {
    super(`${what}. Choose another engine, or try again.`)
    this.engine = engine
    this.what = what
  }
}
