/** What if the device has no memory for a batch? The operation that fails is played; all others are TensorFlow's. */
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { bindingOf, tensorflowFolder } from '../../../library/folder'
import { makeSample } from '../conformance-models'
import { SPLINE, stretch } from '../conformance-runs'
import { tensorflow } from './engine'
import { openLibrary } from './library'
import { TensorflowNetwork } from './network'
import { type Binding, TensorFlow } from './tensors'

const availability = await tensorflow.probe()

it.skipIf(!availability.available)('a batch that finds no memory names one that may, and nothing is lost', async () => {
  const library = openLibrary()
  if (typeof library === 'string' || !availability.available) throw new Error('TensorFlow is not there')
  const real = createRequire(import.meta.url)(bindingOf(tensorflowFolder(process.env))) as Binding
  let isFull = false
  const own = (name: string) => [
    name,
    typeof real[name as keyof Binding] === 'function' ? call(name) : real[name as keyof Binding],
  ]
  const call =
    (name: string) =>
    (...args: unknown[]) => {
      if (isFull && args[0] === 'MatMul') throw new Error('OOM when allocating tensor with shape[300,9]\n at …')
      return (real as unknown as Record<string, (...args: unknown[]) => unknown>)[name]?.(...args)
    }
  const binding: Binding = Object.fromEntries(Object.getOwnPropertyNames(real).map(own))
  const { specification, parameters, columns } = makeSample({
    inputs: 3,
    layers: [{ basis: SPLINE, nodes: 5 }],
    ...{ rows: 300, seed: 1 },
  })
  const options = { batch: 300, moments: null }
  const device = new TensorFlow(binding, library.device)
  const network = new TensorflowNetwork(device, specification, parameters, options, availability.capabilities)
  const data = network.load(columns)
  const before = network.forward(data)
  const held = network.memory()

  isFull = true
  expect(() => network.train(data, stretch({ maxSteps: 3 }))).toThrow(
    /^TensorFlow found no memory on .+ for 300 rows at once: train in batches of 150 or fewer, or choose another engine\.$/,
  )
  expect(network.memory()).toBe(held)
  isFull = false
  expect(network.forward(data)).toEqual(before)
  network.train(data, stretch({ maxSteps: 3 }))
  expect(network.forward(data)).not.toEqual(before)
  network.dispose()
})
