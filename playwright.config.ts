/** One suite, two doors: the studio in a real Chromium and in a real Electron. */
import { existsSync } from 'node:fs'
import { defineConfig } from '@playwright/test'

// Playwright's own Chromium where it was installed, else the system's.
const system = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
)
const root = process.getuid?.() === 0

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // Each test has processes of its own that train: more at once would only slow one another down.
  workers: 1,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    launchOptions: {
      ...(system ? { executablePath: system } : {}),
      args: root ? ['--no-sandbox'] : [],
    },
  },
  projects: [
    { name: 'browser', testMatch: ['studio/*.spec.ts', 'browser/*.spec.ts'] },
    { name: 'desktop', testMatch: ['studio/*.spec.ts', 'desktop/*.spec.ts'] },
  ],
})
