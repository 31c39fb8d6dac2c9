/** One suite, two doors: the studio in a real Chromium and in a real Electron. */
import { defineConfig } from '@playwright/test'
import { launchOptions } from './e2e/doors/chromium'

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 20_000 },
  // Each test has processes of its own that train: two fill the pauses that one leaves, more would slow one another down.
  workers: 2,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: { launchOptions: launchOptions() },
  projects: [
    { name: 'browser', testMatch: ['studio/*.spec.ts', 'browser/*.spec.ts'] },
    { name: 'desktop', testMatch: ['studio/*.spec.ts', 'desktop/*.spec.ts'] },
  ],
})
