import { describe, expect, it } from 'vitest'
import type { PlannedPeer } from '../../../src-shared/benchmark/tasks'
import { peerTurn } from './peer'

const PEER: Omit<PlannedPeer, 'command'> = {
  ...{ name: 'other', method: 'other', engine: null, threads: null, regularized: false, widths: [2, 3, 1] },
  ...{ batchSize: 10, shape: { inputs: 2, hidden: 3, outputs: 1, hiddenLayers: 1 } },
}

function turn(script: string, limit = 60_000) {
  const command = `${JSON.stringify(process.execPath)} -e ${JSON.stringify(script)}`
  return peerTurn({ ...PEER, command }, { repetitions: 2, warmUp: 1, limit, signal: new AbortController().signal })
}

describe("a peer's turn", () => {
  it('takes the last line that tells times, as single figures too, and what else it tells', async () => {
    const line = (step: number) =>
      `console.log(JSON.stringify({forward: 1, backward: [2, 3], step: ${step}, torch: '2'}))`
    expect(await turn(`${line(4)}; ${line(5)}; console.log('bye')`)).toMatchObject({
      forward: [1],
      backward: [2, 3],
      step: [5],
      parameters: null,
    })
  })

  it('is stopped with all that it started when it hangs, and says what it said last', async () => {
    const script = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }); console.error('still loading')`
    await expect(turn(script, 1500)).rejects.toThrow(/other did not end within 2 s .*still loading$/)
  })

  it('is refused where its times are no numbers', async () => {
    await expect(turn(`console.log('{"forward": "fast", "backward": 1, "step": 1}')`)).rejects.toThrow(
      'no line of JSON',
    )
    await expect(turn(`console.log('{"forward": [], "backward": 1, "step": 1}')`)).rejects.toThrow('no line of JSON')
  })
})
