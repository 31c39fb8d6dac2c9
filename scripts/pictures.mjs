// `npm run pictures`: runs pictures.ts with the sources as they are, on a studio that `npm run build` built.
import { join } from 'node:path'
import { runnerImport } from 'vite'

const { module } = await runnerImport(join(import.meta.dirname, 'pictures.ts'))
await module.main()
process.exit(process.exitCode ?? 0)
