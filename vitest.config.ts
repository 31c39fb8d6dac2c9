import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src-*/**/*.test.{ts,tsx}'],
    testTimeout: 60_000,
    // What tests find out of this machine is not for the person who works on it.
    env: { KAN_STUDIO_STATE: join(tmpdir(), 'kan-studio-tests') },
  },
})
