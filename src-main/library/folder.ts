/** Where are libraries that a person had installed for an engine, and what is there? */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { z } from 'zod'

type Environment = Readonly<Record<string, string | undefined>>

/** KAN_STUDIO_LIBRARIES, else `kan-studio` where the system keeps what belongs to a person's programs. */
export function librariesFolder(env: Environment, platform: string = process.platform): string {
  if (env.KAN_STUDIO_LIBRARIES) return resolve(env.KAN_STUDIO_LIBRARIES)
  const home = homedir()
  if (platform === 'win32') {
    return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'kan-studio', 'libraries')
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'kan-studio', 'libraries')
  return join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'kan-studio', 'libraries')
}

/** Where TensorFlow lies, installed or not. */
export function tensorflowFolder(env: Environment, platform: string = process.platform): string {
  return join(librariesFolder(env, platform), 'tensorflow')
}

/** The compiled binding, and a note of what was installed; both are in the folder last. */
const BINDING = 'tfjs_binding.node'
const NOTE = 'installed.json'
/** Of how the binding is made: another one is made anew. */
const BUILD = 2

const noteSchema = z.object({ version: z.string(), gpu: z.boolean(), build: z.literal(BUILD) })
export type Note = Omit<z.infer<typeof noteSchema>, 'build'>

export function bindingOf(folder: string): string {
  return join(folder, BINDING)
}

/** What is installed in a folder; null where nothing is, or nothing whole. */
export function noteOf(folder: string): Note | null {
  if (!existsSync(bindingOf(folder)) || !existsSync(join(folder, 'tensorflow'))) return null
  try {
    return noteSchema.parse(JSON.parse(readFileSync(join(folder, NOTE), 'utf8')))
  } catch {
    return null
  }
}

export function writeNote(folder: string, note: Note): void {
  writeFileSync(join(folder, NOTE), JSON.stringify({ ...note, build: BUILD }))
}
