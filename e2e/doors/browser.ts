/** The browser's door: `kan-studio serve` and a page of Chromium. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Browser } from '@playwright/test'
import type { Door, Place } from './door'
import { ended } from './processes'
import { bin } from './root'

export async function openInBrowser(browser: Browser, place: Place): Promise<Door> {
  const { child, address } = await serve(place, ...(place.flags ?? []))
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  await page.goto(address)
  const pid = child.pid
  if (pid === undefined) throw new Error('the server has no process id')
  const end = async (signal: NodeJS.Signals) => {
    await context.close()
    process.kill(pid, signal)
    await ended(pid)
  }
  return {
    name: 'browser',
    page,
    pid,
    answerFileDialog: async () => {},
    close: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}

/** Starts a server and waits for the line with its address. */
export async function serve(place: Place, ...flags: string[]): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(process.execPath, [bin, 'serve', '--no-open', '--folder', place.folder, ...flags], {
    env: { ...process.env, KAN_STUDIO_STATE: place.state, ...place.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /http:\/\/\S+/.exec(line)?.[0]
    if (address) return { child, address }
  }
  throw new Error('the server ended without printing its address')
}
