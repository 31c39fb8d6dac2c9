// Compiles the AssemblyScript kernels beside their loader; `npm run build` copies them to the bundles.
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

const folder = join(import.meta.dirname, '..', 'src-main', 'compute', 'engines', 'wasm')

const { error } = await asc.main(
  [
    join(folder, 'kernels.as.ts'),
    ...['--outFile', join(folder, 'kernels.wasm')],
    ...['-O3', '--noAssert', '--runtime', 'stub'],
    ...['--enable', 'simd', '--enable', 'relaxed-simd', '--enable', 'threads'],
    // AssemblyScript's own static data lie below what layout.ts plans.
    ...['--importMemory', '--sharedMemory', '--initialMemory', '2', '--maximumMemory', '65536', '--memoryBase', '4096'],
  ],
  { stdout: process.stdout, stderr: process.stderr },
)
if (error) process.exitCode = 1
