import { memoryMark } from '../../src-main/compute/peak-memory'
import { random, shuffle } from '../../src-shared/numerics/random'
import type { Case } from '../case'
import { ANSWER, freshly } from '../fresh'
import { gigaflops, table } from '../measure'
import { adamSteps, columns, compiled, design, operations, PLAIN, SPLINE } from '../networks'

const EXAMPLES = [
  { widths: [784, 256, 10], rows: 60_000, batch: 256 },
  { widths: [1000, 1000, 1000, 1], rows: 4096, batch: 4096 },
]

export const large: Case = {
  name: 'large',
  shows: 'big tables and big networks of splines: an epoch of minibatches, and what the engine and the process hold',
  async run(words) {
    const asked = EXAMPLES.find(({ widths }) => words.includes(String(widths)))
    if (words[0] === ANSWER && asked !== undefined) {
      process.stdout.write(`${JSON.stringify(await epoch(asked))}\n`)
      return
    }
    const headings = [
      'network, rows / batch',
      'steps',
      's an epoch',
      'ms a step',
      'GFLOP/s',
      'engine MB',
      'peak MB',
      'made in ms',
    ]
    const row = table(34, headings)
    for (const { widths, rows, batch } of EXAMPLES) {
      row(`[${widths}], ${rows} / ${batch}`, JSON.parse(freshly('large', [String(widths)])))
    }
    process.stdout.write(
      '\nThe engine holds the table too; the peak is of the process, with the table as JavaScript made it.\n',
    )
  },
}

/** One epoch, each row once in random order; the cells of a row. */
async function epoch({ widths, rows, batch }: (typeof EXAMPLES)[number]): Promise<readonly number[]> {
  const specification = design(widths, SPLINE)
  const peak = memoryMark()
  const begun = performance.now()
  const network = await compiled(specification, batch)
  const made = performance.now() - begun
  const data = network.load(columns(widths[0] ?? 1, specification.outputs.length, rows))
  const order = shuffle(rows, random(1, 'order'))
  const all = { order, batchSize: batch, offset: 0, maxSteps: Number.MAX_SAFE_INTEGER }
  const start = performance.now()
  const steps = adamSteps(network, data, PLAIN, all)
  const milliseconds = performance.now() - start
  const speed = gigaflops(operations(specification, rows).both, milliseconds)
  const memory = [network.memory(), peak()].map((bytes) => bytes / 1e6)
  return [steps, milliseconds / 1000, milliseconds / steps, speed, ...memory, made]
}
