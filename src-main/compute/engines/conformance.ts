/** What must hold of every engine? Each is compared with the float64 formulas of src-shared/numerics. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { inputsOf } from '../../../src-shared/kan/specification'
import { edgeCurve } from '../../../src-shared/numerics/curve'
import * as numerics from '../../../src-shared/numerics/network'
import { type Case, expectAgreement, withNetwork } from './conformance-cases'
import { isWellConditioned } from './conformance-conditioning'
import { expectedOf, type Tolerances } from './conformance-errors'
import { describeExtremes } from './conformance-extremes'
import { describeFormulas } from './conformance-formulas'
import { describeLocks } from './conformance-locks'
import { describeLosses } from './conformance-losses'
import { expectClose } from './conformance-measure'
import { makeSample, shapes } from './conformance-models'
import { describePrunes } from './conformance-prunes'
import { CHEBYSHEV, PENALTY, RBF, SPLINE } from './conformance-runs'
import { describeTraining } from './conformance-training'
import { describeVector } from './conformance-vector'
import type { Engine } from './engine'

/** Fewer rows than a vector has lanes, uneven ones, and more than one chunk and one piece of any engine. */
const ROWS = [1, 2, 3, 7, 64, 300, 530]
/** Below so many random models an engine takes its time. */
const THOROUGH = 100
/** The same models every time; `npm run fuzz` tries others. */
const SEED = 1

/**
 * Declares the suite for one engine.
 *
 * @param cases how many random models it is tried on; below 100 what takes long is made smaller, too
 */
export function describeConformance(engine: Engine, tolerances: Tolerances, cases = 300): void {
  describe(`${engine.name}: on random small models`, () => {
    it('outputs, losses, scores, regularisation and every gradient are those of the formulas', async () => {
      await forEachSample(engine, cases, (example) => {
        expectAgreement(example, tolerances)
        const { network, data, sample, expected } = example
        expectClose([network.loss(data, sample.loss)], [expected.loss], 2 * tolerances.forward)
      })
    })

    it('curves and what reaches a layer are those of the formulas', async () => {
      await forEachSample(engine, 15, ({ sample, network, data }) => {
        const { specification, parameters, inputs } = sample
        const { layerInputs } = numerics.forwardLayers(specification, parameters, inputs)
        specification.layers.forEach((layer, l) => {
          const width = inputsOf(specification, l)
          const input = width - 1
          const column = layerInputs[l]?.filter((_, k) => k % width === input)
          expectClose(network.layerInput(data, l, input), column, Math.max(1e-7, tolerances.forward))
          const columns = network.layerInputs(data, l, null)
          expect(columns).toHaveLength(width)
          expectClose(columns[input], column, Math.max(1e-7, tolerances.forward))
          const last = sample.columns.rows - 1
          const some = network.layerInputs(data, l, Uint32Array.of(last, 0))[input]
          expectClose(some, [column?.[last] ?? 0, column?.[0] ?? 0], Math.max(1e-7, tolerances.forward))
          const points = Float64Array.from({ length: 33 }, (_, p) => -1.61 + 0.1 * p)
          const numbers = parameters[l]
          if (numbers === undefined) throw new RangeError(`no layer ${l}`)
          const edges = [[0, 0] as const, [input, layer.nodes - 1] as const, ...layer.pruned.slice(0, 1)]
          for (const edge of edges) {
            const expected = edgeCurve(layer, numbers, width, edge, points)
            expectClose(network.activations(l, edge, points), expected, tolerances.forward)
          }
        })
      })
    })

    it('parameters that are read are those that were written', async () => {
      await forEachSample(engine, 10, ({ sample, network }) => {
        expect(network.readParameters()).toEqual(sample.parameters)
        network.writeParameters(network.readParameters(), network.readMoments())
        expect(network.readParameters()).toEqual(sample.parameters)
      })
    })
  })

  describe(`${engine.name}: through layers of any width`, () => {
    const splines = [0, 1, 2, 3, 4, 5].map((order) => ({ type: 'spline' as const, order, intervals: 5 }))
    it.each([...splines, RBF, CHEBYSHEV])('%j', async (basis) => {
      const shapes = [
        { widths: [2, 130, 3], rows: 260, regularization: PENALTY },
        { widths: [1, 130, 5], rows: 7, regularization: null },
        { widths: [17, 33, 1], rows: 5, regularization: PENALTY },
      ]
      for (const { widths, ...shape } of shapes) {
        const [inputs = 1, ...others] = widths
        const layers = others.map((nodes) => ({ basis, nodes, locked: true }))
        const sample = makeSample({ ...shape, inputs, layers, seed: 5 })
        await withNetwork(engine, sample, (example) => expectAgreement(example, tolerances))
      }
    })
  })

  describe(`${engine.name}: memory`, () => {
    it('does not grow when tables come and go', async () => {
      const sample = makeSample({ inputs: 3, layers: [{ basis: SPLINE, nodes: 5 }], rows: 5000, seed: 1 })
      await withNetwork(engine, sample, ({ network }) => {
        const held = network.memory()
        for (let k = 0; k < 50; k++) network.load(sample.columns).dispose()
        expect(network.memory()).toBeLessThanOrEqual(held + 3 * 8 * 5000 * 5)
        const after = network.memory()
        for (let k = 0; k < 50; k++) network.load(sample.columns).dispose()
        expect(network.memory()).toBe(after)
      })
    })
  })

  describeExtremes(engine, tolerances)
  describeLosses(engine, tolerances)
  describeTraining(engine, tolerances)
  describeLocks(engine, tolerances)
  describePrunes(engine, tolerances, cases < THOROUGH)
  describeFormulas(engine, tolerances)
  describeVector(engine, tolerances)
}

async function forEachSample(engine: Engine, numRuns: number, check: (example: Case) => void): Promise<void> {
  await fc.assert(
    fc.asyncProperty(shapes(ROWS), async (shape) => {
      const sample = makeSample(shape)
      const expected = expectedOf(sample)
      fc.pre(isWellConditioned(sample, expected))
      await withNetwork(engine, sample, check, expected)
    }),
    { numRuns, seed: SEED },
  )
}
