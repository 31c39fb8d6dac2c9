/** What runs on the pinned Node: the command line, `serve` and the compute process. */
import { defineConfig } from 'vite'
import { commitDefined } from './scripts/commit.ts'

export default defineConfig({
  define: commitDefined(),
  // Read as some hundred files it would take a quarter of a second of every start.
  ssr: { noExternal: ['zod', /^d3(-|$)/, 'internmap'] },
  build: {
    ssr: true,
    target: 'node26',
    outDir: 'out/node',
    emptyOutDir: true,
    rollupOptions: {
      input: { cli: 'src-main/cli/main.ts', compute: 'src-main/compute/main.ts' },
      output: { entryFileNames: '[name].js' },
    },
  },
})
