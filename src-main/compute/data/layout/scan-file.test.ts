import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { testFolder } from '../testing'
import { tellReading } from './scan-file'
import { layOut } from './survey'

const folder = testFolder()

function listen(): number[] {
  const shares: number[] = []
  tellReading((share) => shares.push(share))
  onTestFinished(() => tellReading(() => undefined))
  return shares
}

describe('a walk over a table', () => {
  it('tells how far it is, and when it is over', async () => {
    const path = await folder.write(`x,y\n${`1,${'y'.repeat(1000)}\n`.repeat(5000)}`)
    const shares = listen()
    let time = 0
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (time += 100))
    onTestFinished(() => clock.mockRestore())
    await layOut(path)
    expect(shares.length).toBeGreaterThan(1)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect(shares[0]).toBeLessThan(1)
    expect(shares.at(-1)).toBe(1)
  })

  it('tells nothing where it is over at once', async () => {
    const shares = listen()
    await layOut(await folder.write('x,y\n1,2\n'))
    expect(shares).toEqual([])
  })
})
