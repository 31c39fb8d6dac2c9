// Puts the compiled kernels beside the bundles that load them: `new URL('./kernels.wasm', import.meta.url)`.
import { copyFileSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bundles = globSync(join(root, 'out', 'node', '**', '*.js')).map((file) => ({
  file,
  text: readFileSync(file, 'utf8'),
}))
for (const kernel of globSync(join(root, 'src-main', 'compute', '**', '*.wasm'))) {
  const loading = bundles.filter(({ text }) => text.includes(`./${basename(kernel)}`))
  if (loading.length === 0) throw new Error(`No bundle in out/node loads ${basename(kernel)}: build them first.`)
  for (const { file } of loading) copyFileSync(kernel, join(dirname(file), basename(kernel)))
}
