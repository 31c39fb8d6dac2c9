import { availableParallelism } from 'node:os'
import { ANSWER, freshly } from '../fresh'
import type { Case } from '../main'
import { measure, table } from '../measure'
import { multiplyAdds } from '../multiply-adds'
import { adamStep, BASES, design, PLAIN, ready } from '../networks'

/** How a process is told how many threads its engine may use. */
const THREADS = 'KAN_STUDIO_THREADS'

export const threads: Case = {
  name: 'threads',
  shows: '[100,1000,1], batch 1000: what more threads gain, beside a bare multiply-add loop on as many cores',
  async run(words) {
    if (words[0] === ANSWER) return answer(words)
    const row = table(14, ['threads', 'bare loop', ...Object.keys(BASES).flatMap((name) => [`${name} ms`, 'gain'])])
    const counts = [1, 2, 4, 8, 16].filter((count) => count <= availableParallelism())
    const first: number[] = []
    let alone = 0
    for (const count of counts) {
      const loop = await multiplyAdds(count)
      if (count === 1) alone = loop
      const cells: (number | string)[] = [`× ${(loop / alone).toFixed(2)}`]
      Object.keys(BASES).forEach((name, b) => {
        const time = timeWith(count, name)
        first[b] ??= time
        cells.push(time, `× ${((first[b] ?? time) / time).toFixed(2)}`)
      })
      row(String(count), cells)
    }
    process.stdout.write(`\nThe bare loop alone: ${(alone / 1e9).toFixed(1)} GFLOP/s.\n`)
  },
}

/** An engine has its threads for good, so each count gets a process. */
function timeWith(count: number, basis: string): number {
  return Number(freshly('threads', [basis], { [THREADS]: String(count) }))
}

async function answer(words: readonly string[]): Promise<void> {
  const [, basis] = Object.entries(BASES).find(([name]) => words.includes(name)) ?? []
  if (basis === undefined) throw new Error('which basis?')
  const { network, data } = await ready(design([100, 1000, 1], basis), 1000)
  const { median } = measure(() => adamStep(network, data, PLAIN))
  process.stdout.write(`${median}\n`)
}
