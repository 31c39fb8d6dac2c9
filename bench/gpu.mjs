// What do the engines of a machine with a graphics card do? `npm run bench:gpu` runs conformance and benchmark of all that are there, beside PyTorch,
// efficient-kan and InKAN where Python has them, and writes gpu.md. `-- --help` lists its flags.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Command } from 'commander'

const ROOT = join(import.meta.dirname, '..')
const PROGRAM = join(ROOT, 'bin', 'kan-studio.mjs')
const SUITES = join('src-main', 'compute', 'engines')
/** An engine's conformance suite, and what its tests are called in it. */
const CONFORMANCE = {
  wasm: { file: 'engines.test.ts', named: '^wasm' },
  webgpu: { file: 'webgpu/conformance.test.ts', named: '' },
  tensorflow: { file: 'tensorflow/conformance.test.ts', named: '' },
}
/** Programs to compare with, and the module that each of them needs. */
const PEERS = [
  { name: 'torch-mlp', module: 'torch', script: 'torch_mlp.py' },
  { name: 'efficient-kan', module: 'efficient_kan', script: 'effkan.py' },
  { name: 'inkan', module: 'inkan', script: 'inkan_peer.py' },
]

const flags = new Command('npm run bench:gpu --')
  .option('--out <F.md>', 'where the report goes', 'gpu.md')
  .option('--inp-size <N,…>', 'inputs of the networks', '100,1000')
  .option('--hid-size <N,…>', 'nodes of their hidden layer', '1000')
  .option('--batch-size <N,…>', 'rows of a batch', '1000')
  .option('--method <M,…>', 'bases', 'spline,rbf,chebyshev')
  .option('--reps <N>', 'repetitions that count', '50')
  .option('--python <COMMAND>', 'the Python that has the programs to compare with', 'python3')
  .option('--software', 'takes a card in software too, to try this script: slow')
  .option('--no-conformance', 'leaves the conformance suites out')
  .parse()
  .opts()

const { engines, machine } = JSON.parse(run(process.execPath, [PROGRAM, 'doctor', '--json']).stdout)
const taken = engines.filter(
  ({ name, available, isSoftware }) => available && name !== 'reference' && (flags.software || !isSoftware),
)
const folder = mkdtempSync(join(tmpdir(), 'kan-gpu-'))
const conformance = flags.conformance ? taken.map(({ name }) => conformanceOf(name)) : []
const peers = PEERS.filter(({ module }) => spawnSync(flags.python, ['-c', `import ${module}`]).status === 0)
const { report, failed } = benchmark()

const lines = [
  '# Engines on this machine',
  '',
  `${machine.cpu}, ${machine.cores} cores; ${machine.system}; Node ${machine.node}; ${new Date().toISOString().slice(0, 10)}`,
  '',
  ...table([
    ['engine', 'device', 'conformance'],
    ...engines.map((engine) => [
      engine.name,
      deviceOf(engine),
      conformance.find(([name]) => name === engine.name)?.[1] ?? 'not run',
    ]),
  ]),
  '',
  `Compared with: ${peers.map(({ name }) => name).join(', ') || `nothing, as ${flags.python} has neither PyTorch nor efficient-kan nor InKAN`}.`,
  '',
  report.replace(/^# /, '## '),
]
writeFileSync(flags.out, lines.join('\n'))
console.log(`Wrote ${flags.out}.`)
process.exitCode = failed || conformance.some(([, , isWell]) => !isWell) ? 1 : 0

/** @returns name, outcome in words, whether all is well */
function conformanceOf(name) {
  const suite = CONFORMANCE[name]
  if (suite === undefined) return [name, 'has no suite', true]
  console.log(`${name}: conformance`)
  const output = join(folder, `${name}.json`)
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
  const names = suite.named === '' ? [] : ['-t', suite.named]
  spawnSync(
    process.execPath,
    [vitest, 'run', join(SUITES, suite.file), ...names, '--reporter=json', `--outputFile=${output}`],
    // The card of the machine, and not one in software, unless that is wanted.
    { cwd: ROOT, stdio: 'inherit', env: { ...process.env, KAN_STUDIO_OWN_CARD: flags.software ? '' : '1' } },
  )
  if (!existsSync(output)) return [name, 'the suite did not end', false]
  const { numPassedTests: passed, numFailedTests: failures } = JSON.parse(readFileSync(output, 'utf8'))
  return [
    name,
    failures === 0 ? `all ${passed} tests` : `${failures} of ${passed + failures} tests failed`,
    failures === 0,
  ]
}

function benchmark() {
  const markdown = join(folder, 'bench.md')
  const args = [
    ...['bench', '--inp-size', flags.inpSize, '--hid-size', flags.hidSize, '--batch-size', flags.batchSize],
    ...['--method', flags.method, '--reps', flags.reps, '--engine', taken.map(({ name }) => name).join(',')],
    ...peers.flatMap(({ name, script }) => [
      '--peer',
      `${name}=${flags.python} ${join(ROOT, 'bench', 'peers', script)}`,
    ]),
    ...['--markdown', markdown, '--folder', folder],
  ]
  // Peers compute on the card as well, where PyTorch has one.
  const { status } = run(process.execPath, [PROGRAM, ...args], {
    stdio: 'inherit',
    env: { ...process.env, BENCH_DEVICE: 'auto' },
  })
  const report = existsSync(markdown) ? readFileSync(markdown, 'utf8') : 'The benchmark ended without a report.\n'
  return { report, failed: status !== 0 }
}

function run(command, args, options = {}) {
  return spawnSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], ...options })
}

function deviceOf({ available, device, version, reason }) {
  return available ? `${device} (version ${version})` : reason
}

function table([head, ...rows]) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`)
}
