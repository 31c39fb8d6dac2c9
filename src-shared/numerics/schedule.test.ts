import { describe, expect, it } from 'vitest'
import { afterLoss, type Plateau, rateAt } from './schedule'

/** Rates of the first steps, each known before its own loss. */
function plateauRates(losses: readonly number[], patience: number, factor: number, minimum = 0): number[] {
  const schedule = { type: 'plateau', patience, factor, minimum } as const
  let plateau: Plateau | null = null
  return losses.map((loss, step) => {
    const rate = rateAt(schedule, 1, step, losses.length, plateau)
    plateau = afterLoss(schedule, plateau, loss)
    return rate
  })
}

describe('the learning rate', () => {
  it('stays where nothing is scheduled', () => {
    expect(rateAt(null, 0.01, 900, 1000, null)).toBe(0.01)
  })

  it('falls along half a cosine from the first step to the last, as PyTorch’s CosineAnnealingLR', () => {
    const rates = Array.from({ length: 6 }, (_, step) => rateAt({ type: 'cosine', final: 0.001 }, 0.01, step, 5, null))
    // torch.optim.lr_scheduler.CosineAnnealingLR(T_max=5, eta_min=0.001) of lr 0.01.
    const golden = [
      0.01, 0.009140576474687263, 0.006890576474687263, 0.004109423525312738, 0.0018594235253127373, 0.001,
    ]
    rates.forEach((rate, step) => {
      expect(rate).toBeCloseTo(golden[step] as number, 14)
    })
    expect(rateAt({ type: 'cosine', final: 0.001 }, 0.01, 99, 5, null)).toBeCloseTo(0.001, 14)
  })

  it('is multiplied after every so many steps', () => {
    const schedule = { type: 'step', every: 3, factor: 0.5 } as const
    const rates = [0, 2, 3, 5, 6, 9].map((step) => rateAt(schedule, 1, step, 10, null))
    expect(rates).toEqual([1, 1, 0.5, 0.5, 0.25, 0.125])
  })

  it('falls when the loss did not for more steps than patience, as PyTorch’s ReduceLROnPlateau', () => {
    expect(plateauRates([9, 8, 8, 8, 8, 8, 8, 8, 8], 2, 0.1)).toEqual([1, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1 * 0.1])
    expect(plateauRates([9, 9, 9, 9], 0, 0.5)).toEqual([1, 1, 0.5, 0.25])
  })

  it('does not take a tenth of a thousandth for a fall, and starts to wait anew at each real one', () => {
    expect(plateauRates([1, 0.99995, 0.99995, 0.5], 1, 0.5)).toEqual([1, 1, 1, 0.5])
    expect(plateauRates([1, 1, 0.9, 0.9, 0.8, 0.8], 1, 0.5)).toEqual([1, 1, 1, 1, 1, 1])
  })

  it('never falls below its minimum, nor rises to one above it', () => {
    expect(plateauRates([1, 1, 1, 1], 0, 0.1, 0.05)).toEqual([1, 1, 0.1, 0.05])
    expect(plateauRates([1, 1, 1], 0, 0.1, 7)).toEqual([1, 1, 1])
  })
})
