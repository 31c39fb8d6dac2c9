// Compiles the AssemblyScript kernels beside their loaders: those of the engine with and without relaxed SIMD, and those
// that read rows and count figures of tables; `npm run build` copies them to the bundles.
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

const compute = join(import.meta.dirname, '..', 'src-main', 'compute')
const engine = join(compute, 'engines', 'wasm')
const data = join(compute, 'data')

// AssemblyScript's own static data lie below what layout.ts plans.
const MEMORY = [
  '--importMemory',
  '--sharedMemory',
  '--initialMemory',
  '2',
  '--maximumMemory',
  '65536',
  '--memoryBase',
  '4096',
]
const SIMD = ['--enable', 'simd', '--enable', 'threads', ...MEMORY]

const failed = [
  await build(join(engine, 'kernels.as.ts'), join(engine, 'kernels.wasm'), [...SIMD, '--enable', 'relaxed-simd']),
  await build(join(engine, 'kernels.as.ts'), join(engine, 'kernels-plain.wasm'), SIMD),
  await build(join(data, 'layout', 'kernels', 'rows.as.ts'), join(data, 'layout', 'rows.wasm'), []),
  await build(join(data, 'cells', 'kernels', 'figures.as.ts'), join(data, 'cells', 'figures.wasm'), []),
]
if (failed.some(Boolean)) process.exitCode = 1

async function build(source, file, features) {
  const { error } = await asc.main([source, '--outFile', file, '-O3', '--noAssert', '--runtime', 'stub', ...features], {
    stdout: process.stdout,
    stderr: process.stderr,
  })
  return error
}
