/** Where every door keeps recent files and recovery copies: what one leaves behind, the other offers. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** KAN_STUDIO_STATE, else `kan-studio` where the system keeps such things. */
export function stateFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: string = process.platform,
): string {
  if (env.KAN_STUDIO_STATE) return resolve(env.KAN_STUDIO_STATE)
  const home = homedir()
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'kan-studio')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'kan-studio')
  return join(env.XDG_STATE_HOME || join(home, '.local', 'state'), 'kan-studio')
}
