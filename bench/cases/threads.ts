import { availableParallelism } from 'node:os'
import { multiplyAdds } from '../../src-main/compute/engines/wasm/peak'
import type { Case } from '../case'
import { measure, table } from '../measure'
import { adamStep, BASES, design, PLAIN, ready } from '../networks'

export const threads: Case = {
  name: 'threads',
  shows: 'a step of [100,1000,1], batch 1000: what more threads gain, beside a bare multiply-add loop on as many cores',
  async run() {
    const row = table(10, ['threads', 'bare loop', ...Object.keys(BASES).flatMap((name) => [`${name} ms`, 'gain'])])
    const counts = [1, 2, 4, 8].filter((count) => count <= availableParallelism())
    const first: number[] = []
    let alone = 0
    for (const count of counts) {
      const loop = await multiplyAdds(count)
      if (count === 1) alone = loop
      const cells: (number | string)[] = [`× ${(loop / alone).toFixed(2)}`]
      for (const [b, basis] of Object.values(BASES).entries()) {
        const { network, data } = await ready(design([100, 1000, 1], basis), 1000, 1000, count)
        const { median } = measure(() => adamStep(network, data, PLAIN))
        network.dispose()
        first[b] ??= median
        cells.push(median, `× ${((first[b] ?? median) / median).toFixed(2)}`)
      }
      row(String(count), cells)
    }
    process.stdout.write(`\nThe bare loop alone: ${(alone / 1e9).toFixed(1)} GFLOP/s.\n`)
  },
}
