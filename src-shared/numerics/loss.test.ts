import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Loss } from '../contract/job'
import { dataLoss, softmax } from './loss'

const LOSSES = ['mse', 'mae', 'huber', 'cross_entropy'] as const

describe('a data loss', () => {
  // torch.nn.functional's mse_loss, l1_loss and huber_loss of these outputs and targets.
  it.each([
    { loss: 'mse', value: 1.625, slopes: [0.25, -1, 0, 0.75] },
    { loss: 'mae', value: 1, slopes: [0.25, -0.25, 0, 0.25] },
    { loss: 'huber', value: 0.65625, slopes: [0.125, -0.25, 0, 0.25] },
  ] as const)('$loss is the mean over all elements', ({ loss, value, slopes }) => {
    expect(dataLoss(loss, Float64Array.of(1, -1, 3, 2), Float64Array.of(0.5, 1, 3, 0.5), 2)).toEqual({
      value,
      slopes: Float64Array.from(slopes),
    })
  })

  it('cross_entropy is the mean over rows, of softmax against a probability for each class', () => {
    const output = Float64Array.of(1, 2, 3, 0, 0, 0)
    const { value, slopes } = dataLoss('cross_entropy', output, Float64Array.of(0, 0, 1, 0.5, 0.5, 0), 3)
    expect(value).toBeCloseTo((0.40760596444438 + Math.log(3)) / 2, 12)
    const expected = [0.09003057317, 0.244728471054, 0.665240955775 - 1, 1 / 3 - 0.5, 1 / 3 - 0.5, 1 / 3]
    expected.forEach((slope, k) => {
      expect(slopes[k]).toBeCloseTo(slope / 2, 11)
    })
  })

  it('cross_entropy takes targets that do not add up to 1 as PyTorch does', () => {
    const { value, slopes } = dataLoss(
      'cross_entropy',
      Float64Array.of(1, 2, 3, 0, 5, 0),
      Float64Array.of(0.2, 0.3, 0.4, 0.5, 1.5, 0),
      3,
    )
    expect(value).toBeCloseTo(1.79680858572142, 14)
    const golden = [-0.05948624207332881, -0.03987218802534105, 0.0993584300986698]
    expect([...slopes.subarray(0, 3)].every((slope, k) => Math.abs(slope - (golden[k] as number)) < 1e-15)).toBe(true)
  })

  it.each(LOSSES)('%s changes by its slopes', (loss: Loss) => {
    const numbers = fc.array(fc.integer({ min: -3000, max: 3000 }), { minLength: 6, maxLength: 6 })
    const targets = numbers.map((drawn) => Float64Array.from(drawn, (number) => number / 1000))
    // Never on a target, where a slope may jump.
    const outputs = targets.map((drawn) => drawn.map((number) => number + 5e-4))
    const probabilities = fc.constant(Float64Array.of(0.2, 0.3, 0.5, 0, 1, 0))
    fc.assert(
      fc.property(outputs, loss === 'cross_entropy' ? probabilities : targets, (output, target) => {
        const { slopes } = dataLoss(loss, output, target, 3)
        output.forEach((z, k) => {
          const at = (by: number) => dataLoss(loss, output.with(k, z + by), target, 3).value
          expect((at(1e-5) - at(-1e-5)) / 2e-5).toBeCloseTo(slopes[k] as number, 4)
        })
      }),
    )
  })

  it('cross_entropy of huge outputs is finite, and a class that is impossible costs nothing', () => {
    const { value, slopes } = dataLoss(
      'cross_entropy',
      Float64Array.of(1e308, -1e308, 0, -1e5, 1e5, 0),
      Float64Array.of(1, 0, 0, 1, 0, 0),
      3,
    )
    expect(value).toBe(1e5)
    expect([...slopes]).toEqual([0, 0, 0, -0.5, 0.5, 0])
  })
})

it('probabilities of huge outputs are finite and add up to 1', () => {
  const row = Float64Array.of(1e308, 1e308, -1e308)
  softmax(row)
  expect([...row]).toEqual([0.5, 0.5, 0])
})
