// `npm run bench`: runs main.ts, which is TypeScript, with the sources as they are.
import { join } from 'node:path'
import { runnerImport } from 'vite'

const { module } = await runnerImport(join(import.meta.dirname, 'main.ts'))
await module.main(process.argv.slice(2))
// Threads of an engine must not keep it.
process.exit(process.exitCode ?? 0)
