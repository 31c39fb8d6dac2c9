// How many training steps does the wasm engine do in a second? `npm run bench` after `npm run build:kernels`.
import os from 'node:os'
import { performance } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const load = async (file) => (await runnerImport(fileURLToPath(new URL(`../${file}`, import.meta.url)))).module
const { wasm } = await load('src-main/compute/engines/wasm/engine.ts')
const { makeSample } = await load('src-main/compute/engines/conformance-models.ts')

const spline = { type: 'spline', order: 3, intervals: 5 }
const cases = [
  { name: '[2, 5, 1] splines', widths: [2, 5, 1], basis: spline },
  { name: '[2, 5, 1] splines, L1 and entropy', widths: [2, 5, 1], basis: spline, penalty: true },
  { name: '[100, 1000, 1] splines', widths: [100, 1000, 1], basis: spline },
  { name: '[100, 1000, 1] splines, L1 and entropy', widths: [100, 1000, 1], basis: spline, penalty: true },
  {
    name: '[100, 1000, 1] RBF, 8 centres',
    widths: [100, 1000, 1],
    basis: { type: 'rbf', centers: 8, kernel: 'gaussian' },
  },
  { name: '[100, 1000, 1] Chebyshev, degree 9', widths: [100, 1000, 1], basis: { type: 'chebyshev', degree: 9 } },
]
const ROWS = 1000
const ROUNDS = 7
const MILLISECONDS = 400

console.log(
  `Node ${process.version}, ${os.cpus()[0]?.model ?? 'unknown CPU'}; ${ROWS} rows, medians of ${ROUNDS} rounds`,
)
for (const { name, widths, basis, penalty = false } of cases) {
  const [inputs, ...nodes] = widths
  const layers = nodes.map((count) => ({ nodes: count, basis }))
  const sample = makeSample({ inputs, layers, rows: ROWS, seed: 1 })
  const network = await wasm.compile(sample.specification, sample.parameters, { batch: ROWS, moments: null })
  const data = network.load(sample.columns)
  const regularization = penalty ? { type: 'better_kan', lambda: 1e-4, l1: 1, entropy: 1 } : null
  const run = () => {
    const start = performance.now()
    const { steps } = network.train(data, {
      objective: { loss: 'mse', regularization },
      optimizer: { type: 'adam', learningRate: 1e-3 },
      ...{ order: null, batchSize: ROWS, offset: 0, maxSteps: Number.MAX_SAFE_INTEGER, deadline: start + MILLISECONDS },
    })
    return (performance.now() - start) / steps
  }
  run()
  const times = Array.from({ length: ROUNDS }, run).sort((a, b) => a - b)
  const median = times[Math.floor(ROUNDS / 2)]
  const spread = `${times[0].toFixed(3)} to ${times[ROUNDS - 1].toFixed(3)}`
  const memory = (network.memory() / 1e6).toFixed(0)
  console.log(`${name}: ${Math.round(1000 / median)} steps/s, ${median.toFixed(3)} ms a step (${spread}), ${memory} MB`)
  network.dispose()
}
