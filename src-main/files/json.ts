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
    const before = plain.slice(0, faultAt(plain, error))
    const line = before.split('\n').length
    const column = before.length - before.lastIndexOf('\n')
    throw new UserError(`${where} is not JSON: it breaks off at line ${line}, column ${column}.`, { cause: error })
  }
}

/** Where a text stops being JSON. V8 says so for some faults only; else it is where the shortest faulty beginning ends. */
function faultAt(text: string, error: unknown): number {
  const said = positionIn(error)
  if (said !== null) return said
  let [sound, faulty] = [0, text.length + 1]
  while (faulty - sound > 1) {
    const middle = Math.floor((sound + faulty) / 2)
    if (isFaulty(text.slice(0, middle))) faulty = middle
    else sound = middle
  }
  return Math.min(sound, text.length)
}

/** Whether a beginning is wrong already, and not only too short. */
function isFaulty(beginning: string): boolean {
  try {
    JSON.parse(beginning)
    return false
  } catch (error) {
    if (/Unexpected end|Unterminated/.test(String(error))) return false
    return (positionIn(error) ?? -1) < beginning.length
  }
}

function positionIn(error: unknown): number | null {
  const position = /position (\d+)/.exec(String(error))?.[1]
  return position === undefined ? null : Number(position)
}
