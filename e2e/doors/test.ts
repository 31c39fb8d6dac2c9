/** `test` with the studio opened through the project's door, in a folder of its own. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as base, expect } from '@playwright/test'
import { openInBrowser } from './browser'
import { openOnDesktop } from './desktop'
import type { Door, Place } from './door'
import { Studio } from './studio'

interface Fixtures {
  readonly place: Place
  /** Opens the studio; more than once in a test, after closing or killing it. */
  readonly open: () => Promise<Studio>
  /** The studio, opened once. */
  readonly studio: Studio
}

export const test = base.extend<Fixtures>({
  // Playwright wants a destructured first argument even where nothing of it is used.
  // biome-ignore lint/correctness/noEmptyPattern: see above
  place: async ({}, use) => {
    const root = await mkdtemp(join(tmpdir(), 'kan-studio-e2e-'))
    await use({ folder: root, state: join(root, '.state') })
    await rm(root, { recursive: true, force: true, maxRetries: 5 })
  },
  open: async ({ browser, place }, use, info) => {
    const doors: Door[] = []
    const violations: string[] = []
    await use(async () => {
      const door = await (info.project.name === 'browser' ? openInBrowser(browser, place) : openOnDesktop(place))
      doors.push(door)
      door.page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) violations.push(message.text())
      })
      door.page.on('pageerror', (error) => violations.push(String(error)))
      const studio = new Studio(door)
      await studio.ready()
      return studio
    })
    expect(violations, 'errors and violations of the page').toEqual([])
    const last = doors.at(-1)
    if (last && alive(last.pid)) await last.close()
  },
  studio: async ({ open }, use) => use(await open()),
})

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

export { expect }
