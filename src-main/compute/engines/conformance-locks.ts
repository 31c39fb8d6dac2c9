/** What must hold of every engine while edges are frozen, tied or pruned? */
import { describe, expect, it } from 'vitest'
import type { EdgeIndex, LayerSpecification, Specification } from '../../../src-shared/kan/specification'
import * as numerics from '../../../src-shared/numerics/network'
import type { Tolerances } from './conformance-errors'
import { expectClose } from './conformance-measure'
import { makeSample } from './conformance-models'
import { compile, layersOf, numbersOf, PENALTY, SPLINE, stretch, trained } from './conformance-runs'
import type { Engine } from './engine'

export function describeLocks(engine: Engine, tolerances: Tolerances): void {
  describe(`${engine.name}: locks`, () => {
    it('frozen and pruned edges keep every bit of their numbers and moments', async () => {
      const free = makeSample({ inputs: 3, layers: layersOf(SPLINE), rows: 40, seed: 2 })
      const warm = await trained(engine, free, { maxSteps: 5, regularization: PENALTY })
      const edges: EdgeIndex[] = [
        [0, 0],
        [2, 4],
        [1, 1],
      ]
      const specification = withLocks(free.specification, { frozen: edges.slice(0, 2), pruned: edges.slice(2) })
      const locked = { ...free, specification, parameters: warm.parameters }
      const after = await trained(engine, locked, { maxSteps: 9, regularization: PENALTY }, warm.moments)
      for (const edge of edges) {
        expect(numbersOf(after.parameters[0], edge, 3)).toEqual(numbersOf(warm.parameters[0], edge, 3))
        expect(numbersOf(after.moments.first[0], edge, 3)).toEqual(numbersOf(warm.moments.first[0], edge, 3))
        expect(numbersOf(after.moments.second[0], edge, 3)).toEqual(numbersOf(warm.moments.second[0], edge, 3))
      }
      expect(numbersOf(after.parameters[0], [1, 0], 3)).not.toEqual(numbersOf(warm.parameters[0], [1, 0], 3))
    })

    it('tied edges stay equal to the last bit, and rest all where one is frozen', async () => {
      const tie: EdgeIndex[] = [
        [0, 1],
        [2, 6],
        [2, 0],
      ]
      const layers = layersOf(SPLINE).map((layer, l) => ({ ...layer, tied: l === 0 ? [tie] : [] }))
      const tied = makeSample({ inputs: 3, layers, rows: 40, seed: 2 })
      const after = await trained(engine, tied, { maxSteps: 20, regularization: PENALTY })
      const first = numbersOf(after.parameters[0], [0, 1], 3)
      for (const edge of tie) expect(numbersOf(after.parameters[0], edge, 3)).toEqual(first)
      expect(first).not.toEqual(numbersOf(tied.parameters[0], [0, 1], 3))

      const specification = withLocks(tied.specification, { frozen: [[2, 6]] })
      const rested = await trained(engine, { ...tied, specification }, { maxSteps: 5 })
      for (const edge of tie) {
        expect(numbersOf(rested.parameters[0], edge, 3)).toEqual(numbersOf(tied.parameters[0], edge, 3))
      }
    })

    it('masks are taken over between two steps, and a prune that is undone gives the curve back', async () => {
      const sample = makeSample({ inputs: 3, layers: layersOf(SPLINE), rows: 40, seed: 7 })
      const network = await compile(engine, sample)
      const data = network.load(sample.columns)
      network.train(data, stretch({ maxSteps: 3 }))
      const before = network.forward(data)
      const kept = network.readParameters()
      const pruned = withLocks(sample.specification, { pruned: [[1, 2]] })
      network.applyMasks(pruned)
      expectClose(network.forward(data), numerics.forward(pruned, kept, sample.inputs), tolerances.forward)
      expect(network.edgeStatistics(data)[0]?.scores[2 * 3 + 1]).toBe(0)
      network.applyMasks(sample.specification)
      expect(network.forward(data)).toEqual(before)
      expect(network.readParameters()).toEqual(kept)
      network.dispose()
    })
  })
}

/** With locks of the first layer. */
function withLocks(
  specification: Specification,
  locks: Partial<Pick<LayerSpecification, 'frozen' | 'pruned'>>,
): Specification {
  return {
    ...specification,
    layers: specification.layers.map((layer, l) => (l === 0 ? { ...layer, ...locks } : layer)),
  }
}
