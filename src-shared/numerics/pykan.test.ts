/** Does the regulariser of pykan, and its attribution, have the values of the original program? */
import { describe, expect, test } from 'vitest'
import { largestError } from '../golden/error'
import { pykanArray, pykanModel, pykanTensors } from '../golden/pykan'
import { attribute } from './attribution'
import { edgeStatistics, forward, lossAndGradient } from './network'

const { specification, parameters } = pykanModel('param')
const big = pykanArray('big')
const metrics = ['edge_forward_spline_n', 'edge_forward_spline_u', 'edge_forward_sum', 'edge_backward'] as const
const weights = [
  { l1: 1, entropy: 0, coef: 0, coefDiff: 0, name: '(1.0, 0.0, 0.0, 0.0)' },
  { l1: 0, entropy: 1, coef: 0, coefDiff: 0, name: '(0.0, 1.0, 0.0, 0.0)' },
  { l1: 0, entropy: 0, coef: 1, coefDiff: 0, name: '(0.0, 0.0, 1.0, 0.0)' },
  { l1: 0, entropy: 0, coef: 0, coefDiff: 1, name: '(0.0, 0.0, 0.0, 1.0)' },
  { l1: 1, entropy: 2, coef: 0.1, coefDiff: 0.2, name: '(1.0, 2.0, 0.1, 0.2)' },
]

test('pykan’s network is one of ours: same outputs, loss and gradients', () => {
  const [x, y] = [pykanArray('x'), pykanArray('y')]
  const result = lossAndGradient(specification, parameters, x, y, { loss: 'mse', regularization: null })
  expect(largestError(result.output, pykanArray('output'))).toBeLessThan(1e-10)
  expect(largestError([result.loss], pykanArray('mse'))).toBeLessThan(1e-10)
  expect(largestError(result.inputGradient, pykanArray('grad_x'))).toBeLessThan(1e-10)
  expectGradients('grad', result.gradients)
})

describe.each(metrics)('pykan’s regulariser by %s', (metric) => {
  test.each(weights)('has the golden value at $name, times λ', ({ name, ...terms }) => {
    const { regularization } = charged({ metric, lambda: 0.25, ...terms })
    const golden = pykanArray(`reg[${metric}](l1,ent,coef,coefdiff=${name})`)
    expect(largestError([regularization / 0.25], golden)).toBeLessThan(1e-10)
  })
})

test('the gradient of pykan’s regulariser is the golden one, times λ', () => {
  const terms = { l1: 1, entropy: 2, coef: 0.1, coefDiff: 0.2 }
  const { gradients } = charged({ metric: 'edge_forward_spline_n', lambda: 1, ...terms })
  expectGradients('reg_edge_forward_spline_n(1,2,.1,.2)_grad', gradients)
})

describe('pykan’s attribution', () => {
  const statistics = edgeStatistics(specification, parameters, big)
  const scores = attribute({
    edges: statistics.map(({ phi }) => phi.deviation),
    outputs: statistics.map(({ outputDeviation }) => outputDeviation),
  })

  test.each([0, 1])('starts from the golden deviations of layer %i', (l) => {
    const { phi, outputDeviation } = statistics[l] ?? {}
    expect(largestError(phi?.deviation ?? [], pykanArray(`edge_actscale.${l}`))).toBeLessThan(1e-10)
    expect(largestError(outputDeviation ?? [], pykanArray(`subnode_actscale.${l}`))).toBeLessThan(1e-10)
  })

  test.each([0, 1])('has the golden scores of the edges of layer %i', (l) => {
    expect(largestError(scores.edges[l] ?? [], pykanArray(`edge_scores.${l}(out,in)`))).toBeLessThan(1e-10)
  })

  test.each([0, 1, 2])('has the golden scores of the nodes of column %i', (column) => {
    expect(largestError(scores.nodes[column] ?? [], pykanArray(`node_scores.${column}`))).toBeLessThan(1e-10)
  })
})

function charged(settings: {
  readonly metric: (typeof metrics)[number]
  readonly lambda: number
  readonly l1: number
  readonly entropy: number
  readonly coef: number
  readonly coefDiff: number
}) {
  // With the outputs themselves as targets the data loss and its gradient are 0.
  return lossAndGradient(specification, parameters, big, forward(specification, parameters, big), {
    loss: 'mse',
    regularization: { type: 'pykan', ...settings },
  })
}

function expectGradients(prefix: string, actual: ReturnType<typeof lossAndGradient>['gradients']) {
  for (const l of [0, 1] as const) {
    const golden = pykanTensors(prefix, l)
    for (const tensor of ['weights', 'baseScaler', 'basisScaler'] as const) {
      expect(largestError(actual[l]?.[tensor] ?? [], golden[tensor]), `layer ${l} ${tensor}`).toBeLessThan(1e-10)
    }
  }
}
