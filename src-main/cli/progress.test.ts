import { describe, expect, it } from 'vitest'
import { duration, progressLine, progressText } from './progress'

const progress = { step: 1200, steps: 5000, stepsPerSecond: 850, loss: 0.012345, validationLoss: Number.NaN }

describe('the progress line', () => {
  it('says how far, how fast, how good and how long', () => {
    expect(progressText(progress)).toBe('step 1,200 of 5,000 · 24% · 850 steps/s · loss 0.01235 · 4 s left')
  })

  it('leaves out what is not known yet', () => {
    expect(progressText({ ...progress, step: 0, stepsPerSecond: 0, loss: Number.NaN })).toBe('step 0 of 5,000 · 0%')
  })

  it('is rewritten in place on a terminal, cut to its width, and taken away at the end', () => {
    const written: string[] = []
    const line = progressLine({ isTTY: true, columns: 20, write: (text) => written.push(text) }, () => 0)
    line.update(progress)
    line.clear()
    expect(written).toEqual([`\r${progressText(progress).slice(0, 19)}\u001b[K`, '\r\u001b[K'])
  })

  it('is whole on a terminal that does not say how wide it is', () => {
    const written: string[] = []
    progressLine({ isTTY: true, columns: 0, write: (text) => written.push(text) }, () => 0).update(progress)
    expect(written).toEqual([`\r${progressText(progress)}\u001b[K`])
  })

  it('is a line of its own every three seconds elsewhere', () => {
    const written: string[] = []
    let now = 0
    const line = progressLine({ write: (text) => written.push(text) }, () => now)
    for (now = 0; now <= 7000; now += 100) line.update(progress)
    line.clear()
    expect(written).toHaveLength(2)
    expect(written[0]).toBe(`${progressText(progress)}\n`)
  })

  it('tells time as people do', () => {
    expect([0.2, 59.4, 200, 7500].map(duration)).toEqual(['1 s', '59 s', '3 min 20 s', '2 h 5 min'])
  })
})
