import { expect, it, vi } from 'vitest'
import type { LayerParameters, Moments } from '../../../../src-shared/kan/parameters'
import { makeSample } from '../conformance-models'
import { PENALTY, referenceStep, SPLINE, stretch, trained } from '../conformance-runs'
import { webgpu } from './engine'
import { useSoftwareCard } from './software-card'

vi.setConfig({ testTimeout: 300_000 })
useSoftwareCard()
const { available } = await webgpu.probe()

it.skipIf(!available).each([
  { widths: [2, 5, 1], rows: 100 },
  { widths: [10, 64, 64, 1], rows: 12 },
])('200 steps of $widths lose what the formulas lose, the card left to itself', async ({ widths, rows }) => {
  const [inputs = 1, ...nodes] = widths
  const layers = nodes.map((width) => ({ basis: SPLINE, nodes: width }))
  const sample = makeSample({ inputs, layers, rows, regularization: PENALTY, seed: 3 })
  const { result } = await trained(webgpu, sample, { maxSteps: 200, regularization: PENALTY })
  expect(result.losses).toHaveLength(200)
  let state: { parameters: readonly LayerParameters[]; moments: Moments | null } = { ...sample, moments: null }
  for (const loss of result.losses) {
    const step = referenceStep(sample, state, null)
    expect(Math.abs(loss - step.loss) / step.loss).toBeLessThan(1e-3)
    state = step
  }
})

it.skipIf(!available)('a stretch in blocks is the same, to the last bit, as one of single steps', async () => {
  const sample = makeSample({ inputs: 3, layers: [{ basis: SPLINE, nodes: 4 }], rows: 30, seed: 2 })
  const whole = await trained(webgpu, sample, { maxSteps: 30 })
  const network = await webgpu.compile(sample.specification, sample.parameters, { batch: 16, moments: null })
  const data = network.load(sample.columns)
  const losses = Array.from({ length: 30 }, () => network.train(data, stretch({})).losses[0])
  expect(losses).toEqual([...whole.result.losses])
  expect(network.readParameters()).toEqual(whole.parameters)
  network.dispose()
})
