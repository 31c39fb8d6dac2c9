/** Where the browser's door keeps recent files and recovery copies. */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** KAN_STUDIO_STATE, else `kan-studio` in XDG_STATE_HOME, else in `~/.local/state`. */
export function stateFolder(env: Readonly<Record<string, string | undefined>>): string {
  if (env.KAN_STUDIO_STATE) return env.KAN_STUDIO_STATE
  return join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'kan-studio')
}
