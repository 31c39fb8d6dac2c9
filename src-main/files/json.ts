/** Reads JSON that a person may have written by hand: says where it breaks off. */
import { readFile } from 'node:fs/promises'
import { UserError } from '../../src-shared/user-error'
import { fileError } from './errors'

/** @throws UserError if the file cannot be read or is no JSON, with line and column */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw fileError(error, 'read', path)
  })
  return parseJson(text, path)
}

/** @throws UserError if the text is no JSON, with line and column of where it breaks off */
export function parseJson(text: string, where: string): unknown {
  const plain = text.replace(/^\uFEFF/, '')
  try {
    return JSON.parse(plain)
  } catch (error) {
    const at = /position (\d+)/.exec(String(error))?.[1]
    const before = plain.slice(0, at === undefined ? plain.length : Number(at))
    const line = before.split('\n').length
    const column = before.length - before.lastIndexOf('\n')
    throw new UserError(`${where} is not JSON: it breaks off at line ${line}, column ${column}.`, { cause: error })
  }
}
