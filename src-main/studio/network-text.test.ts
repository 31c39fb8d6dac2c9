import fc from 'fast-check'
import { expect, test } from 'vitest'
import { models } from '../../src-shared/kan/testing'
import { helloModel } from './hello'
import { readNetwork, writeNetwork } from './network-text'
import { fakeStudio } from './testing'

const hello = helloModel()
const design = () => JSON.parse(writeNetwork(hello).text)
const read = (change: object) => readNetwork(JSON.stringify({ ...design(), ...change }))

test('what is copied is pasted bit for bit, without scaling, history and moments', () => {
  fc.assert(
    fc.property(models, ({ specification, parameters, moments }) => {
      const { preprocessing: _, history: __, ...rest } = specification
      const untied = { ...rest, layers: rest.layers.map((layer) => ({ ...layer, tied: [], symbolic: [] })) }
      const inputs = rest.inputs.map((input) => ({ ...input, group: 0 }))
      const plain = parameters.map((layer) => ({ ...layer, symbolic: null }))
      const model = { specification: { ...untied, inputs }, parameters: plain, moments }
      const { text, complete } = writeNetwork(model)
      expect(complete).toBe(true)
      expect(readNetwork(text)).toEqual({ ...model, moments: null })
    }),
    { numRuns: 100 },
  )
})

test('a design without numbers begins from its seed', () => {
  const { specification } = hello
  expect(readNetwork(JSON.stringify(specification))).toEqual(hello)
  expect(design().layers).toHaveLength(2)
})

test('a network with too many numbers is copied as a design alone', () => {
  const layers = [{ ...hello.specification.layers[0], nodes: 20_000 }, hello.specification.layers[1]]
  const large = readNetwork(JSON.stringify({ ...hello.specification, layers }))
  const { text, complete, parameters } = writeNetwork(large)
  expect({ complete, parameters }).toEqual({ complete: false, parameters: 620_001 })
  expect(text.length).toBeLessThan(2000)
})

test.each([
  ['{"format": 1,', 'The clipboard holds no network: as JSON it cannot be read'],
  ['[1, 2]', 'The clipboard: the design must be a JSON object.'],
  ['{"name": "mine"}', 'The clipboard: the design has no "format"; this version reads format 1.'],
])('%s is refused in one sentence', (text, message) => {
  expect(() => readNetwork(text)).toThrow(message)
})

test('damaged numbers and designs are refused, naming what is wrong', () => {
  expect(() => read({ tensors: 7 })).toThrow('"tensors" must be a text in base64')
  expect(() => read({ tensors: 'AAAA' })).toThrow(/^The clipboard: "tensors"/)
  expect(() => read({ layers: [{ nodes: 1, basis: { type: 'spline', order: 3, intervals: 5 } }] })).toThrow(
    'The clipboard: the tensor layers.0.',
  )
  expect(() => read({ layers: [{ nodes: 1, basis: { type: 'spline', order: 2.5, intervals: 5 } }] })).toThrow(
    'The clipboard: "layers[0].basis.order" must be a whole number, not 2.5.',
  )
})

test('the studio copies the network as it trains, and pasting is one step that keeps inputs and outputs', async () => {
  const { studio, compute } = await fakeStudio()
  const { calls } = studio.connect({})
  await calls.start()
  compute().train(3)
  const { text } = await calls.copyNetwork()
  expect(readNetwork(text).parameters[0]?.bias?.[0]).toBe(3)
  const { specification } = hello
  const other = { ...specification, inputs: [{ name: 'y' }, { name: 'x' }], layers: specification.layers.slice(1) }
  const edited = await calls.pasteNetwork(JSON.stringify(other))
  expect(edited).toMatchObject({
    undo: 'Replace the network by [2, 1]',
    specification: { inputs: specification.inputs },
  })
  expect((await calls.undo()).specification.layers).toHaveLength(2)
  await calls.pasteNetwork(text)
  expect(compute().model?.parameters[0]?.bias?.[0]).toBe(3)
  await expect(calls.pasteNetwork('a,b\n1,2')).rejects.toThrow('The clipboard holds no network')
})
