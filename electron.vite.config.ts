/** The desktop's three bundles. Compute, server and command line have vite.node.config.ts. */
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { commitDefined } from './scripts/commit.ts'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

// CommonJS for Node 16, so that main and preload also run on the Electron 22 that tests may have to use.
const commonjs = (name: string, input: string) => ({
  define: commitDefined(),
  build: {
    target: 'node16',
    outDir: `out/${name}`,
    externalizeDeps: false,
    lib: { entry: path(input), formats: ['cjs' as const] },
    rollupOptions: { external: ['electron'], output: { entryFileNames: '[name].cjs' } },
  },
})

export default defineConfig({
  main: commonjs('main', 'src-main/electron/main.ts'),
  preload: commonjs('preload', 'src-main/electron/preload.ts'),
  renderer: {
    root: path('src-renderer'),
    plugins: [react()],
    css: { transformer: 'lightningcss' },
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      target: 'chrome108',
      outDir: path('out/renderer'),
      minify: true,
      assetsInlineLimit: 0,
      // The window comes from this very computer: one file loads as fast as many.
      chunkSizeWarningLimit: 2000,
      rollupOptions: { input: path('src-renderer/index.html') },
    },
  },
})
