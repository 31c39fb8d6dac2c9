/** How is Chromium started by whatever drives it: Playwright's own where it was installed, else the system's? */
import { existsSync } from 'node:fs'

/** Where systems keep theirs. */
export const SYSTEM_CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** As Playwright takes them. */
export function launchOptions(): { readonly executablePath?: string; readonly args: string[] } {
  const system = SYSTEM_CHROMIUM.find((path) => existsSync(path))
  // Its sandbox refuses root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return { args, ...(system === undefined ? {} : { executablePath: system }) }
}
