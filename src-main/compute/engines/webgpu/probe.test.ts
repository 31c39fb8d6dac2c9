import { expect, it } from 'vitest'
import { openedInChild } from './probe'

it('a driver that crashes or hangs takes its own process only, and is told of', async () => {
  expect(await openedInChild("process.kill(process.pid, 'SIGSEGV')", 20_000)).toEqual({
    error: expect.stringMatching(/^its driver crashed \((SIGSEGV|exit status \d+)\)$/),
  })
  expect(await openedInChild('process.exit(3)', 20_000)).toEqual({ error: 'its driver crashed (exit status 3)' })
  expect(await openedInChild('setInterval(() => {}, 1000)', 500)).toEqual({ error: 'it did not answer within 0.5 s' })
})

it('what a driver says beside the answer does not matter, nor how its process ends then', async () => {
  const card = { name: 'a card', isSoftware: false, largest: 1e9 }
  const script = `console.log('a warning'); process.stdout.write('\\n' + '${JSON.stringify(card)}', () => process.abort())`
  expect(await openedInChild(script, 20_000)).toEqual(card)
})
