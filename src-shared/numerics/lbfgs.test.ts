import { describe, expect, it, test } from 'vitest'
import { goldenArray, goldenBatch, goldenKinds, goldenModel } from '../golden/golden'
import { copyTensors } from './adam'
import { type Evaluation, type LbfgsOptions, type LbfgsState, lbfgsStep } from './lbfgs'
import { lossAndGradient } from './network'
import { readVector, trainableVector, writeVector } from './trainable-vector'

const OPTIONS: LbfgsOptions = {
  ...{ learningRate: 1, history: 10, maxIterations: 20 },
  limits: { gradient: 1e-32, change: 1e-32, curvature: 1e-10 },
}

// From the fourth step on PyTorch differs by 1e-6 from itself, with another number of threads.
test.each(goldenKinds)('the first steps of the golden %s network have the golden losses and evaluations', (kind) => {
  const { evaluate, start } = golden(kind)
  const { losses, evaluations } = descend(evaluate, start, OPTIONS, 3)
  const expected = goldenArray(kind, 'lbfgs_losses_at_start_of_step')
  const counts = goldenArray(kind, 'lbfgs_closure_evals_cumulative')
  losses.forEach((loss, step) => {
    const value = expected[step] as number
    expect(Math.abs(loss - value), `step ${step}`).toBeLessThanOrEqual(Math.max(1e-8 * value, 1e-14))
  })
  expect(evaluations.slice(0, 2)).toEqual([...counts.subarray(0, 2)])
})

describe('a step', () => {
  it('changes nothing that it was given', () => {
    const { evaluate, start } = golden('spline')
    const first = lbfgsStep(evaluate, start, evaluate(start), null, OPTIONS)
    const before = structuredClone({ x: first.x, state: first.state })
    lbfgsStep(evaluate, first.x, evaluate(first.x), first.state, OPTIONS)
    expect({ x: first.x, state: first.state }).toEqual(before)
  })

  it('goes on from its state as if it had not stopped, and from none as at the beginning', () => {
    const { evaluate, start } = golden('rbf')
    const whole = descend(evaluate, start, OPTIONS, 4)
    const half = descend(evaluate, start, OPTIONS, 2)
    const resumed = descend(evaluate, half.x, OPTIONS, 2, structuredClone(half.state))
    expect([...half.losses, ...resumed.losses]).toEqual(whole.losses)
    const fresh = descend(evaluate, half.x, OPTIONS, 2)
    expect(fresh.losses[1]).not.toBe(resumed.losses[1])
  })

  it('remembers no more pairs than its history', () => {
    const { evaluate, start } = golden('chebyshev')
    expect(descend(evaluate, start, { ...OPTIONS, history: 3 }, 2).state?.pairs).toHaveLength(3)
  })

  it('ends where the gradient, the slope or the gain is within the limits', () => {
    const { evaluate, start } = golden('spline')
    const count = (limits: Partial<LbfgsOptions['limits']>) =>
      descend(evaluate, start, { ...OPTIONS, limits: { ...OPTIONS.limits, ...limits } }, 1).evaluations[0] as number
    expect(count({ gradient: 100 })).toBe(1)
    expect(count({ change: 1000 })).toBe(1)
    expect(count({ change: 1e-2 })).toBeLessThan(count({}))
  })

  it('finds the bottom of a narrow valley', () => {
    // Rosenbrock's function.
    const valley = ([a = 0, b = 0]: Float64Array): Evaluation => ({
      loss: (1 - a) ** 2 + 100 * (b - a ** 2) ** 2,
      gradient: Float64Array.of(-2 * (1 - a) - 400 * a * (b - a ** 2), 200 * (b - a ** 2)),
    })
    const { x } = descend(valley, Float64Array.of(-1.2, 1), OPTIONS, 3)
    expect([...x]).toEqual([expect.closeTo(1, 8), expect.closeTo(1, 8)])
  })

  it('comes back from losses that are not finite', () => {
    const cliff = ([a = 0]: Float64Array): Evaluation => ({
      loss: a < 2 ? (a - 1) ** 2 : Number.NaN,
      gradient: Float64Array.of(a < 2 ? 2 * (a - 1) : Number.NaN),
    })
    const { x } = descend(cliff, Float64Array.of(-1000), { ...OPTIONS, learningRate: 1e6 }, 2)
    expect(x[0]).toBeCloseTo(1, 8)
  })
})

function golden(kind: (typeof goldenKinds)[number]) {
  const { specification, parameters } = goldenModel(kind)
  const { inputs, targets } = goldenBatch(kind)
  const vector = trainableVector(specification)
  const evaluate = (x: Float64Array): Evaluation => {
    const moved = parameters.map((layer) => ({ ...layer, ...copyTensors(layer) }))
    writeVector(vector, x, moved)
    const objective = { loss: 'mse', regularization: null } as const
    const { loss, gradients } = lossAndGradient(specification, moved, inputs, targets, objective)
    return { loss, gradient: readVector(vector, gradients) }
  }
  return { evaluate, start: readVector(vector, parameters) }
}

/** Losses at the start of each step, and evaluations up to its end. */
function descend(
  evaluate: (x: Float64Array) => Evaluation,
  start: Float64Array,
  options: LbfgsOptions,
  steps: number,
  from: LbfgsState | null = null,
) {
  let x = start
  let state = from
  let count = 0
  const losses: number[] = []
  const evaluations: number[] = []
  for (let step = 0; step < steps; step++) {
    const begin = evaluate(x)
    const done = lbfgsStep(evaluate, x, begin, state, options)
    ;({ x, state } = done)
    count += done.evaluations
    losses.push(begin.loss)
    evaluations.push(count)
  }
  return { losses, evaluations, x, state }
}
