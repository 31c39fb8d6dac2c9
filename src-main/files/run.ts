/** A run's folder: its name, and the job in it that says what to run again. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileError } from './errors'

/** What a run's folder holds (docs/file-format.md). */
export const RUN_FILES = {
  job: 'job.json',
  /** The network that the run began with, where its job named a file of one. */
  start: 'start.kan',
  metrics: 'metrics.csv',
  checkpoint: 'checkpoint.kan',
  optimizer: 'optimizer.safetensors',
  log: 'log.txt',
} as const

/**
 * Makes `runs/<time>-<name>/` in a folder; a number is added where two runs begin in the same second.
 *
 * @throws UserError if the folder cannot be written
 */
export async function createRunFolder(parent: string, name: string, now: Date): Promise<string> {
  const runs = join(parent, 'runs')
  const first = `${timeStamp(now)}-${fileNameOf(name)}`
  try {
    await mkdir(runs, { recursive: true })
    for (let attempt = 1; ; attempt++) {
      const folder = join(runs, attempt === 1 ? first : `${first}-${attempt}`)
      try {
        await mkdir(folder)
        return folder
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
    }
  } catch (error) {
    throw fileError(error, 'save', runs)
  }
}

/** A name as part of a path on every system: letters of any script stay, what a path cannot hold becomes a dash. */
export function fileNameOf(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what no file name may hold
  const plain = name.replace(/[/\\:*?"<>|\u0000-\u001f]+/g, '-').replace(/^[\s.-]+|[\s.-]+$/g, '')
  return [...plain].slice(0, 60).join('') || 'network'
}

/** `2026-11-25-034107`, local time: sorts as it happened. */
function timeStamp(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  return `${date}-${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
}
