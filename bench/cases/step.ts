import type { Basis } from '../../src-shared/kan/specification'
import { random, shuffle } from '../../src-shared/numerics/random'
import type { Case } from '../case'
import { measure, table } from '../measure'
import { adamStep, adamSteps, BASES, design, PLAIN, REGULARIZED, ready } from '../networks'

const SHAPES = [
  { widths: [2, 5, 1], rows: 200, batch: 200 },
  { widths: [2, 20, 20, 1], rows: 10_000, batch: 128 },
  { widths: [2, 20, 20, 1], rows: 10_000, batch: 10_000 },
  { widths: [100, 1000, 1], rows: 1000, batch: 1000 },
  { widths: [100, 1000, 1], rows: 10_000, batch: 250 },
]

export const step: Case = {
  name: 'step',
  shows: 'an Adam step of small, deep and wide networks; words narrow it: step 100,1000,1 rbf',
  async run(words) {
    const row = table(46, ['network rows/batch basis', 'ms a step', 'fastest', 'slowest', 'CPU ms', 'MB'])
    const bases: [string, Basis][] = Object.entries(BASES)
    for (const { widths, rows, batch } of SHAPES) {
      for (const [basis, settings] of bases) {
        for (const objective of [PLAIN, REGULARIZED]) {
          const name = `[${widths}] ${rows}/${batch} ${basis}${objective === PLAIN ? '' : ' + L1, entropy'}`
          if (!words.every((word) => name.includes(word))) continue
          const { network, data } = await ready(design(widths, settings), rows, batch)
          const order = batch < rows ? shuffle(rows, random(1, 'order')) : null
          let offset = 0
          const time = measure(() => {
            if (order === null) adamStep(network, data, objective)
            else {
              adamSteps(network, data, objective, { order, batchSize: batch, offset, maxSteps: 1 })
              offset = offset + batch >= rows ? 0 : offset + batch
            }
          })
          row(name, [time.median, time.fastest, time.slowest, time.cpu, network.memory() / 1e6])
          network.dispose()
        }
      }
    }
  },
}
