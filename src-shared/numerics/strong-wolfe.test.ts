import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LinePoint, type LineSearchOptions, strongWolfe } from './strong-wolfe'

const OPTIONS: LineSearchOptions = { first: 1, maxEvaluations: 25, toleranceChange: 1e-9, largest: 1 }

/** A function of one number as the line of a search, and the points that were asked for. */
function line(value: (t: number) => number, slope: (t: number) => number) {
  const asked: number[] = []
  const at = (step: number): LinePoint => {
    const [loss, gradient] = [value(step), slope(step)]
    const isUsable = Number.isFinite(loss) && Number.isFinite(gradient)
    return { step, loss: isUsable ? loss : Infinity, slope: gradient, gradient: Float64Array.of(gradient) }
  }
  const search = (options = OPTIONS) =>
    strongWolfe(
      (step) => {
        asked.push(step)
        return at(step)
      },
      at(0),
      options,
    )
  return { search, asked, start: at(0) }
}

describe('the line search', () => {
  it('ends where the loss is lower and flatter, wherever a bowl has its bottom', () => {
    const positive = fc.double({ min: 1e-3, max: 1e3, noNaN: true })
    fc.assert(
      fc.property(positive, positive, (bottom, width) => {
        const { search, start } = line(
          (t) => ((t - bottom) / width) ** 2,
          (t) => (2 * (t - bottom)) / width ** 2,
        )
        const { point } = search()
        expect(point.loss).toBeLessThanOrEqual(start.loss + 1e-4 * point.step * start.slope)
        expect(Math.abs(point.slope)).toBeLessThanOrEqual(0.9 * Math.abs(start.slope))
      }),
    )
  })

  it('takes the first point where that will do', () => {
    const { search, asked } = line(
      (t) => (t - 1.2) ** 2,
      (t) => 2 * (t - 1.2),
    )
    expect(search()).toMatchObject({ point: { step: 1 }, evaluations: 1 })
    expect(asked).toEqual([1])
  })

  it('counts what it evaluates, and gives the best point when it may not go on', () => {
    const { search, asked } = line(
      (t) => -t,
      () => -1,
    )
    const { point, evaluations } = search({ ...OPTIONS, maxEvaluations: 4 })
    expect(evaluations).toBe(5)
    expect(asked).toHaveLength(5)
    expect(point.step).toBe(Math.max(...asked))
  })

  it('comes back from where the loss is not finite', () => {
    for (const beyond of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const { search, asked } = line(
        (t) => (t < 1e-6 ? (1e7 * t - 1) ** 2 : beyond),
        (t) => (t < 1e-6 ? 2e7 * (1e7 * t - 1) : beyond),
      )
      const { point } = search()
      expect(point.loss).toBeLessThan(1)
      expect(point.step).toBeLessThan(1e-6)
      expect(asked.length).toBeLessThan(20)
    }
  })

  it('stays where it began when there is nothing finite ahead', () => {
    const { search } = line(
      (t) => (t === 0 ? 1 : Number.NaN),
      () => -1,
    )
    expect(search().point).toMatchObject({ step: 0, loss: 1 })
  })
})
