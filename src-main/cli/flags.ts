/** Values of flags: what is wrong with one ends the command with status 2. */
import { InvalidArgumentError } from 'commander'
import type { EngineChoice, Regularization } from '../../src-shared/contract/job'
import { readEngine, readRegularization } from '../../src-shared/contract/read-job'
import { isUserError, UserError } from '../../src-shared/user-error'
import { parseJson } from '../files/json'
import { csvList } from './csv'

export function engineFlag(value: string): EngineChoice {
  return asFlag(() => readEngine(value, '--engine'))
}

export function regularizationFlag(value: string): Regularization {
  return asFlag(() => readRegularization(parseJson(value, '--regularization'), '--regularization'))
}

/** Column names: `a,b`, and `"a,b",c` where a name has a comma. */
export function columnsFlag(value: string): readonly string[] {
  const names = csvList(value)
  if (names.some((name) => name === '')) throw new InvalidArgumentError('Names of columns are wanted, as in a,b.')
  return names
}

export function portFlag(value: string): number {
  const port = Number(value)
  if (!/^\d+$/.test(value) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

function asFlag<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!isUserError(error)) throw error
    throw new UserError(error.message, { exitCode: 2, cause: error })
  }
}
