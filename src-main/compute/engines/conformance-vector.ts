/** What must hold of every engine whose numbers an optimiser moves from outside? */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { withGroups } from '../../../src-shared/kan/groups'
import { inputsOf } from '../../../src-shared/kan/specification'
import { trainableEdges } from '../../../src-shared/numerics/locks'
import * as numerics from '../../../src-shared/numerics/network'
import { random, shuffle } from '../../../src-shared/numerics/random'
import { readVector, trainableVector } from '../../../src-shared/numerics/trainable-vector'
import type { Tolerances } from './conformance-errors'
import { expectClose } from './conformance-measure'
import { makeSample, type Sample, shapes } from './conformance-models'
import { compile, layersOf, numbersOf, PENALTY, RBF, SPLINE } from './conformance-runs'
import type { Engine, Objective, Rows } from './engine'

const ALL = { order: null, from: 0 } as const

export function describeVector(engine: Engine, tolerances: Tolerances): void {
  describe(`${engine.name}: the vector of what trains`, () => {
    it('has the gradient of the loss, by each free number once', async () => {
      await fc.assert(
        fc.asyncProperty(shapes([1, 7, 64]), async (shape) => {
          const sample = makeSample(shape)
          const { specification, columns, regularization } = sample
          const objective: Objective = { loss: 'mse', regularization }
          const network = await compile(engine, sample)
          const data = network.load(columns)
          const vector = trainableVector(specification)
          const { loss, regularization: penalty, gradients } = network.lossAndGradient(data, objective)
          const whole = network.vectorGradient(data, { ...ALL, count: columns.rows }, objective)
          expect(whole).toEqual({ loss, regularization: penalty, gradient: readVector(vector, gradients) })
          expect(network.readVector()).toEqual(readVector(vector, sample.parameters))
          network.dispose()
        }),
        { numRuns: 20, seed: 1 },
      )
    })

    it('has it of the rows of a step too', async () => {
      const sample = makeSample({ inputs: 3, layers: layersOf(SPLINE), rows: 50, seed: 4 })
      const { specification, parameters, columns } = sample
      const objective: Objective = { loss: 'mse', regularization: PENALTY }
      const network = await compile(engine, sample)
      const rows: Rows = { order: shuffle(50, random(1)), from: 20, count: 11 }
      const actual = network.vectorGradient(network.load(columns), rows, objective)
      const { inputs, targets } = picked(sample, rows)
      const expected = numerics.lossAndGradient(specification, parameters, inputs, targets, objective)
      expectClose([actual.loss], [expected.loss], 2 * tolerances.forward)
      expectClose([actual.regularization], [expected.regularization], tolerances.gradient)
      const gradient = readVector(trainableVector(specification), expected.gradients)
      expectClose(actual.gradient, gradient, tolerances.gradient)
      network.dispose()
    })

    it('is computed with as soon as it is written, and leaves every other number alone', async () => {
      const layers = layersOf(RBF).map((layer) => ({ ...layer, locked: true }))
      const sample = makeSample({ inputs: 3, layers, rows: 20, seed: 6 })
      const { specification, inputs } = sample
      const network = await compile(engine, sample)
      const data = network.load(sample.columns)
      const moved = network.readVector().map((value, k) => Math.fround(value + 0.01 * ((k % 5) - 2)))
      network.writeVector(moved)
      expect(network.readVector()).toEqual(moved)
      const after = network.readParameters()
      expectClose(network.forward(data), numerics.forward(specification, after, inputs), tolerances.forward)
      withGroups(specification).layers.forEach((layer, l) => {
        const width = inputsOf(specification, l)
        const trains = trainableEdges(layer, width)
        trains.forEach((train, slot) => {
          const edge = [slot % width, Math.floor(slot / width)] as const
          if (train === 1) return
          expect(numbersOf(after[l], edge, width)).toEqual(numbersOf(sample.parameters[l], edge, width))
        })
      })
      network.dispose()
    })

    it('follows masks that are taken over', async () => {
      const sample = makeSample({ inputs: 3, layers: layersOf(SPLINE), rows: 20, seed: 6 })
      const network = await compile(engine, sample)
      const free = network.readVector().length
      const [first, ...others] = sample.specification.layers
      if (first === undefined) throw new RangeError('no layer')
      network.applyMasks({ ...sample.specification, layers: [{ ...first, frozen: [[1, 2]] }, ...others] })
      expect(network.readVector()).toHaveLength(free - 10)
      network.applyMasks(sample.specification)
      expect(network.readVector()).toHaveLength(free)
      network.dispose()
    })
  })
}

function picked({ columns, inputs, targets }: Sample, { order, from, count }: Rows) {
  const list = [...(order ?? [])].slice(from, from + count)
  const pick = (values: Float64Array) => {
    const width = values.length / columns.rows
    return Float64Array.from(list.flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]))
  }
  return { inputs: pick(inputs), targets: pick(targets) }
}
