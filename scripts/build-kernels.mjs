// Compiles the AssemblyScript kernels beside their loader, with and without relaxed SIMD; `npm run build` copies them to
// the bundles.
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

const folder = join(import.meta.dirname, '..', 'src-main', 'compute', 'engines', 'wasm')

const failed = [await build('kernels.wasm', ['--enable', 'relaxed-simd']), await build('kernels-plain.wasm', [])]
if (failed.some(Boolean)) process.exitCode = 1

async function build(file, features) {
  const { error } = await asc.main(
    [
      join(folder, 'kernels.as.ts'),
      ...['--outFile', join(folder, file)],
      ...['-O3', '--noAssert', '--runtime', 'stub'],
      ...['--enable', 'simd', '--enable', 'threads', ...features],
      // AssemblyScript's own static data lie below what layout.ts plans.
      ...[
        '--importMemory',
        '--sharedMemory',
        '--initialMemory',
        '2',
        '--maximumMemory',
        '65536',
        '--memoryBase',
        '4096',
      ],
    ],
    { stdout: process.stdout, stderr: process.stderr },
  )
  return error
}
