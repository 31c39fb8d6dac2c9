// Compiles the AssemblyScript kernels beside their loader; `npm run build` copies them to the bundles.
import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const asc = join(dirname(createRequire(import.meta.url).resolve('assemblyscript/package.json')), 'bin', 'asc.js')
const folder = join(root, 'src-main', 'compute', 'engines', 'wasm')

execFileSync(
  process.execPath,
  [
    asc,
    join(folder, 'kernels.as.ts'),
    '-o',
    join(folder, 'kernels.wasm'),
    '-O3',
    '--noAssert',
    '--runtime',
    'stub',
    '--enable',
    'simd',
    '--enable',
    'relaxed-simd',
    '--memoryBase',
    '4096',
    '--importMemory',
  ],
  { stdio: 'inherit' },
)
