import { expect, it } from 'vitest'
import { UserError } from '../../../../src-shared/user-error'
import { makeSample } from '../conformance-models'
import { SPLINE } from '../conformance-runs'
import { webgpu } from './engine'
import { Gpu } from './gpu'
import { useSoftwareCard } from './software-card'

useSoftwareCard()
const { available } = await webgpu.probe()

it.skipIf(!available)('a card that fails says so in one sentence, whatever is asked of it then', async () => {
  const gpu = await Gpu.open()
  if (typeof gpu === 'string') throw new Error(gpu)
  const nowhere = { buffer: 99, offset: 0, bytes: 4 }
  expect(gpu.isGone).toBe(false)
  expect(() => gpu.read(nowhere)).toThrow(UserError)
  expect(() => gpu.read(nowhere)).toThrow(
    /^The graphics card \(.+\) cannot go on: .+\. Choose another engine, or try again\.$/,
  )
  expect(gpu.isGone).toBe(true)
})

it.skipIf(!available)('a batch that is too large for the card is refused before anything is computed', async () => {
  const sample = makeSample({ inputs: 3, layers: [{ basis: SPLINE, nodes: 5 }], rows: 5, seed: 1 })
  const { specification, parameters, columns } = sample
  const compile = (batch: number) => webgpu.compile(specification, parameters, { batch, moments: null })
  await expect(compile(1e9)).rejects.toThrow(
    /^A batch of 1000000000 rows would need .+ at once, more than the .+: train in batches of [1-9]\d+ rows or fewer or choose the engine wasm\.$/,
  )
  const network = await compile(5)
  expect(network.forward(network.load(columns))).toHaveLength(25)
  network.dispose()
})
