// How fast does the wasm engine train? `npm run bench`; words pick cases: `npm run bench -- 100,1000,1 rbf`.
//
// A step is one Adam update: outputs, loss, all gradients, update. Times are medians of rounds, with the fastest and the
// slowest; CPU is the median of the processor's time a step. Where it is far below the clock's, other programs were busy.
import os from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { runnerImport } from 'vite'

const load = async (file) => (await runnerImport(join(import.meta.dirname, '..', file))).module
const { openEngine } = await load('src-main/compute/engines/registry.ts')
const { specificationSchema } = await load('src-shared/kan/specification.ts')
const { initialize } = await load('src-shared/numerics/initialize.ts')
const { random, shuffle } = await load('src-shared/numerics/random.ts')

const SHAPES = [
  { widths: [2, 5, 1], rows: 200, batch: 200 },
  { widths: [2, 20, 20, 1], rows: 10_000, batch: 128 },
  { widths: [2, 20, 20, 1], rows: 10_000, batch: 10_000 },
  { widths: [100, 1000, 1], rows: 1000, batch: 1000 },
]
const BASES = {
  spline: { type: 'spline', order: 3, intervals: 5 },
  rbf: { type: 'rbf', centers: 8, kernel: 'gaussian' },
  chebyshev: { type: 'chebyshev', degree: 7 },
}
const PENALTY = { type: 'better_kan', lambda: 1e-4, l1: 1, entropy: 1 }
const ROUNDS = 9
const ROUND_MILLISECONDS = 150

const wanted = process.argv.slice(2)
const cases = SHAPES.flatMap((shape) =>
  Object.keys(BASES).flatMap((basis) => [null, PENALTY].map((regularization) => ({ ...shape, basis, regularization }))),
)
  .map((example) => ({ ...example, name: nameOf(example) }))
  .filter(({ name }) => wanted.every((word) => name.includes(word)))

const engine = await openEngine('wasm')
console.log(`${os.cpus()[0]?.model}, ${os.availableParallelism()} cores; Node ${process.version}; one thread`)
console.log(row('network rows/batch basis', ['steps/s', 'ms a step', 'fastest', 'slowest', 'CPU ms', 'MB']))
for (const example of cases) console.log(row(example.name, await measure(example)))

async function measure({ widths, rows, batch, basis, regularization }) {
  const [inputs, ...nodes] = widths
  const specification = specificationSchema.parse({
    ...{ format: 1, name: 'bench', seed: 1, initialization: 'scaled' },
    inputs: Array.from({ length: inputs }, (_, i) => ({ name: `x${i}` })),
    outputs: [{ name: 'y' }],
    layers: nodes.map((count) => ({ nodes: count, basis: BASES[basis] })),
  })
  const network = await engine.compile(specification, initialize(specification), { batch, moments: null })
  const data = network.load(table(inputs, rows))
  const next = random(1, 'order')
  let order = batch < rows ? shuffle(rows, next) : null
  let offset = 0

  /** Wall and processor time of a step, in milliseconds. */
  const round = () => {
    const usage = process.cpuUsage()
    const start = performance.now()
    let steps = 0
    do {
      const result = network.train(data, {
        objective: { loss: 'mse', regularization },
        optimizer: { type: 'adam', learningRate: () => 1e-3 },
        ...{ order, batchSize: batch, offset },
        ...{ maxSteps: Number.MAX_SAFE_INTEGER, deadline: start + ROUND_MILLISECONDS },
      })
      if (result.nonFinite !== null) throw new Error(`the loss is not finite: ${JSON.stringify(result.nonFinite)}`)
      steps += result.steps
      offset += result.steps * batch
      // A new epoch, as in training.
      if (order !== null && offset >= rows) {
        order = shuffle(rows, next)
        offset = 0
      }
    } while (performance.now() < start + ROUND_MILLISECONDS)
    const { user, system } = process.cpuUsage(usage)
    return { wall: (performance.now() - start) / steps, cpu: (user + system) / 1000 / steps }
  }

  // The first rounds are the compiler's.
  for (let r = 0; r < 3; r++) round()
  const times = Array.from({ length: ROUNDS }, round)
  const wall = times.map((time) => time.wall).sort((a, b) => a - b)
  const cpu = times.map((time) => time.cpu).sort((a, b) => a - b)
  const middle = Math.floor(ROUNDS / 2)
  const result = [
    1000 / wall[middle] < 100 ? (1000 / wall[middle]).toFixed(1) : String(Math.round(1000 / wall[middle])),
    ...[wall[middle], wall[0], wall[ROUNDS - 1], cpu[middle]].map((time) => time.toPrecision(3)),
    (network.memory() / 1e6).toFixed(1),
  ]
  network.dispose()
  return result
}

/** Inputs all over the grid, and a smooth function of them. */
function table(inputs, rows) {
  const next = random(1, 'table')
  const columns = Array.from({ length: inputs }, () => Float64Array.from({ length: rows }, () => 2 * next() - 1))
  const target = Float64Array.from({ length: rows }, (_, r) =>
    columns.reduce((sum, column, i) => sum + Math.sin(3 * column[r] + i) / Math.sqrt(inputs), 0),
  )
  return { rows, inputs: columns, targets: [target] }
}

function nameOf({ widths, rows, batch, basis, regularization }) {
  return `[${widths}] ${rows}/${batch} ${basis}${regularization === null ? '' : ' + L1, entropy'}`
}

function row(name, figures) {
  return [name.padEnd(46), ...figures.map((figure) => figure.padStart(10))].join('')
}
