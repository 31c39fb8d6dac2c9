import { expect, test } from 'vitest'
import { apply } from '../../../src-shared/kan/edits/apply'
import { UserError } from '../../../src-shared/user-error'
import type { Network } from '../engines/engine'
import { network as design } from '../testing'
import { Best } from './best'
import { FakeClock } from './fake-clock'

/** A network whose copy takes 2 ms, and is known by its first bias. */
function copied(clock: FakeClock) {
  const { parameters } = design([2, 3, 1])
  let copies = 0
  const network = {
    readMoments: () => ({ step: 0, first: [], second: [] }),
    readParameters() {
      clock.pass(2)
      copies++
      return parameters.map((layer) => ({ ...layer, bias: layer.bias?.map(() => copies) ?? null }))
    },
  }
  return { network: network as unknown as Network, copies: () => copies }
}

const biases = (best: Best, step: number) =>
  apply(design([2, 3, 1]), best.edit(design([2, 3, 1]), step)).model.parameters.map(({ bias }) => bias?.[0])

test('the lowest validation loss is kept, and costs 2 % of the time', () => {
  const clock = new FakeClock()
  const { network, copies } = copied(clock)
  const best = new Best(clock)
  expect(best.step).toBeNull()
  best.consider(network, { step: 0, validation: 3 }, 'mse')
  best.consider(network, { step: 10, validation: 2 }, 'mse')
  expect(best.step, 'too soon').toEqual({ step: 0, validation: 3 })
  clock.pass(100)
  best.consider(network, { step: 20, validation: 1 }, 'mse')
  clock.pass(100)
  best.consider(network, { step: 30, validation: 1.5 }, 'mse')
  best.consider(network, { step: 40, validation: Number.NaN }, 'mse')
  expect(best.step).toEqual({ step: 20, validation: 1 })
  expect(copies()).toBe(2)
  expect(biases(best, 20)).toEqual([2, 2])
})

test('where training stops the copy does not wait', () => {
  const clock = new FakeClock()
  const { network } = copied(clock)
  const best = new Best(clock)
  best.consider(network, { step: 0, validation: 3 }, 'mse')
  best.consider(network, { step: 1, validation: 2 }, 'mse', true)
  expect(best.step).toEqual({ step: 1, validation: 2 })
})

test('another loss measures otherwise, and what was forgotten is not gone back to', () => {
  const clock = new FakeClock()
  const { network } = copied(clock)
  const best = new Best(clock)
  best.consider(network, { step: 0, validation: 1 }, 'mse')
  best.consider(network, { step: 5, validation: 4 }, 'mae')
  expect(best.step).toEqual({ step: 5, validation: 4 })
  expect(() => best.edit(design([2, 3, 1]), 0)).toThrow(UserError)
  best.forget()
  expect(best.step).toBeNull()
  expect(() => best.edit(design([2, 3, 1]), 5)).toThrow('step 5 is not kept any more')
})
