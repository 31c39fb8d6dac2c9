// Puts the compiled kernels beside the bundle that loads them: `new URL('./kernels.wasm', import.meta.url)`.
import { copyFileSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const folder = join(root, 'src-main', 'compute', 'engines', 'wasm')
const bundles = globSync(join(root, 'out', 'node', '**', '*.js')).filter((file) =>
  readFileSync(file, 'utf8').includes('./kernels.wasm'),
)
if (bundles.length === 0) throw new Error('No bundle in out/node loads kernels.wasm: build them first.')
for (const file of ['kernels.wasm', 'kernels-plain.wasm']) {
  for (const bundle of bundles) copyFileSync(join(folder, file), join(dirname(bundle), file))
}
