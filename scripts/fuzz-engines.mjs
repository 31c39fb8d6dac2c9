// Does the wasm engine agree with the formulas on any network? `npm run fuzz -- 600` tries random ones for ten minutes; a second
// number is the seed to begin with: `npm run fuzz -- 1 4711` tries one that failed again.
//
// Samples that lose float32 digits by themselves (conformance-conditioning.ts says by which rules) are left out, and counted. Prints the worst errors with the seeds of their
// samples, each failure at once, and ends with 1 where there was one.
import { join } from 'node:path'
import fc from 'fast-check'
import { runnerImport } from 'vite'

const engines = join(import.meta.dirname, '..', 'src-main', 'compute', 'engines')
const load = async (file) => (await runnerImport(join(engines, file))).module
const { makeSample, shapes } = await load('conformance-models.ts')
const { errorsOf, exceeded, expectedOf, limitsOf, TOLERANCES } = await load('conformance-errors.ts')
const { isWellConditioned } = await load('conformance-conditioning.ts')
const { openEngine } = await load('registry.ts')

const [seconds = 60, first = Date.now() % 1_000_000_000] = process.argv.slice(2).map(Number)
const ROWS = [1, 2, 3, 7, 64, 300, 530]
const engine = await openEngine('wasm')
const { capabilities } = await engine.probe()
const limits = limitsOf(TOLERANCES[capabilities.precision])
const worst = new Map()
const count = { tried: 0, skipped: 0, failed: 0 }

const end = performance.now() + seconds * 1000
for (let seed = first; performance.now() < end; seed++) await attempt(seed)

console.log(
  `${count.tried} samples from seed ${first} on, ${count.skipped} ill-conditioned ones left out, ${count.failed} failed`,
)
for (const [kind, { error, seed }] of worst) {
  console.log(`${kind.padEnd(15)} worst ${error.toExponential(1)} of ${limits[kind]} allowed, seed ${seed}`)
}
process.exitCode = count.failed > 0 ? 1 : 0

async function attempt(seed) {
  const [shape] = fc.sample(shapes(ROWS), { seed, numRuns: 1 })
  const sample = makeSample(shape)
  const expected = expectedOf(sample)
  if (!isWellConditioned(sample, expected)) {
    count.skipped++
    return
  }
  count.tried++
  const network = await engine.compile(sample.specification, sample.parameters, { batch: 100, moments: null })
  const errors = errorsOf(network, network.load(sample.columns), sample, expected)
  network.dispose()
  for (const [kind, error] of Object.entries(errors)) {
    if (error > (worst.get(kind)?.error ?? -1)) worst.set(kind, { error, seed })
  }
  const faults = exceeded(errors, limits)
  if (faults.length === 0) return
  count.failed++
  const sentence = faults.map((kind) => `${kind} ${errors[kind].toExponential(1)} (${limits[kind]} allowed)`).join(', ')
  console.log(`seed ${seed}: ${sentence} for ${JSON.stringify(shape)}`)
}
