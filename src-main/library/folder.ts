/** Where are libraries that a person had installed for an engine? */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

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

/** The compiled binding in that folder: what is there last, so that what is half installed is not taken for a library. */
export const BINDING = 'tfjs_binding.node'
