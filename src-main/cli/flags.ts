/** Values of flags: what is wrong with one ends the command with status 2. */
import { existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { InvalidArgumentError } from 'commander'
import type { EngineChoice, Regularization } from '../../src-shared/contract/job'
import { readEngine, readRegularization } from '../../src-shared/contract/read-job'
import { isUserError, UserError } from '../../src-shared/user-error'
import { csvList } from '../files/csv'
import { parseJson } from '../files/json'

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

/** Pairs of names: `x=X,y=Y`. Of a name with a comma the whole pair is quoted, as in `"a,b=a b"`. */
export function renameFlag(value: string): Readonly<Record<string, string>> {
  const pairs = csvList(value).map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1 || at === pair.length - 1) throw new InvalidArgumentError('Pairs of names are wanted, as in x=X,y=Y.')
    return [pair.slice(0, at), pair.slice(at + 1)] as const
  })
  return Object.fromEntries(pairs)
}

export function portFlag(value: string): number {
  const port = Number(value)
  if (!/^\d+$/.test(value) || port > 65_535) throw new InvalidArgumentError('A port is a number from 0 to 65535.')
  return port
}

/** A whole number in a range, as a parser of a flag. */
export function wholeFlag(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value)
    if (!/^\d+$/.test(value) || number < least || number > most) {
      throw new InvalidArgumentError(`A whole number from ${least} to ${most} is wanted.`)
    }
    return number
  }
}

/** A number that is not negative, as a parser of a flag. */
export function numberFlag(what: string): (value: string) => number {
  return (value) => {
    const number = Number(value)
    if (value.trim() === '' || !Number.isFinite(number) || number < 0) {
      throw new InvalidArgumentError(`${what} is a number, 0 or more.`)
    }
    return number
  }
}

/** A result that cannot be written should be known before the work, not after. */
export function refuseUnwritable(flag: string, path: string | undefined): void {
  if (path === undefined) return
  const folder = dirname(resolve(path))
  if (!existsSync(folder)) throw new UserError(`${flag}: there is no folder ${folder}.`, { exitCode: 2 })
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw new UserError(`${flag}: ${path} is a folder; name a file in it.`, { exitCode: 2 })
  }
}

/**
 * What is read must not be lost to what is written.
 *
 * @param inputs files that the command reads
 */
export function refuseOverwriting(flag: string, path: string | undefined, inputs: readonly string[]): void {
  if (path === undefined) return
  const same = inputs.find((input) => isSameFile(path, input))
  if (same === undefined) return
  throw new UserError(`${flag}: ${path} is read by this command and would be overwritten; give another name.`, {
    exitCode: 2,
  })
}

/** Whether two paths lead to one file, by links too. */
function isSameFile(a: string, b: string): boolean {
  if (resolve(a) === resolve(b)) return true
  const [one, other] = [a, b].map((path) => statSync(path, { throwIfNoEntry: false, bigint: true }))
  return one !== undefined && other !== undefined && one.ino === other.ino && one.dev === other.dev
}

function asFlag<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!isUserError(error)) throw error
    throw new UserError(error.message, { exitCode: 2, cause: error })
  }
}
