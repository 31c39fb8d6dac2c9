/** What must hold of every engine when most of a network is pruned, whatever it leaves out of the computation then? */
import { describe, expect, it } from 'vitest'
import type { LayerTensors } from '../../../src-shared/kan/parameters'
import { type Basis, type EdgeIndex, inputsOf, type Specification } from '../../../src-shared/kan/specification'
import { random } from '../../../src-shared/numerics/random'
import { expectAgreement, withNetwork } from './conformance-cases'
import type { Tolerances } from './conformance-errors'
import { expectClose, expectCloseTensors } from './conformance-measure'
import { makeSample, type Sample } from './conformance-models'
import { CHEBYSHEV, compile, numbersOf, PENALTY, PYKAN, RBF, SPLINE, stretch, trained } from './conformance-runs'
import type { Engine } from './engine'

type Gone = (layer: number, input: number, output: number) => boolean

const PRUNES: readonly (readonly [string, Gone])[] = [
  ['two thirds of the nodes, their edges in and out', (l, i, j) => (l === 0 ? j % 3 > 0 : i % 3 > 0)],
  ['all edges into two thirds of the nodes', (l, _, j) => l === 0 && j % 3 > 0],
  ['half of the inputs', (l, i) => l === 0 && i % 2 === 1],
  ['one of the inputs', (l, i) => l === 0 && i === 2],
  ['what is not of one of four blocks', (_, i, j) => i % 4 !== j % 4],
  ['all edges of a layer', (l) => l === 1],
]

/** @param brief smaller layers, and each basis with another regularisation instead of all with all: for an engine that takes its time */
export function describePrunes(engine: Engine, tolerances: Tolerances, brief: boolean): void {
  const widths = brief ? ([33, 10] as const) : ([77, 18] as const)
  const samples = (isGone: Gone, regularization: Sample['regularization']) =>
    BASES.map((basis) => sampleOf(widths, basis, isGone, regularization))

  describe(`${engine.name}: with most edges pruned`, () => {
    it.each(PRUNES.map((prune, k) => [...prune, k] as const))(
      'computes what the formulas say: %s',
      async (_, isGone, k) => {
        for (const [r, regularization] of [null, PENALTY, PYKAN].entries()) {
          for (const [b, sample] of samples(isGone, regularization).entries()) {
            if (brief && (r + b + k) % BASES.length > 0) continue
            await withNetwork(engine, sample, (example) => expectAgreement(example, tolerances))
          }
        }
      },
    )

    it('computes what the formulas say: edges drawn at random', async () => {
      for (const share of [0.5, 0.9]) {
        const next = random(3, 'prunes')
        for (const sample of samples(() => next() < share, PENALTY)) {
          await withNetwork(engine, sample, (example) => expectAgreement(example, tolerances))
        }
      }
    })

    it('pruned edges keep every bit of their numbers and moments, and moments that are read are those that were written', async () => {
      for (const [, isGone] of PRUNES) {
        const [free, pruned] = [samples(() => false, PENALTY)[0], samples(isGone, PENALTY)[0]] as [Sample, Sample]
        const warm = await trained(engine, free, { maxSteps: 3 })
        const network = await compile(engine, { ...pruned, parameters: warm.parameters }, warm.moments)
        expect(network.readMoments()).toEqual(warm.moments)
        network.train(network.load(pruned.columns), stretch({ maxSteps: 4, regularization: PENALTY }))
        const [parameters, moments] = [network.readParameters(), network.readMoments()]
        pruned.specification.layers.forEach((layer, l) => {
          const inputs = inputsOf(pruned.specification, l)
          for (const edge of layer.pruned) {
            const of = (tensors: LayerTensors | undefined) => numbersOf(tensors, edge, inputs)
            expect(of(parameters[l])).toEqual(of(warm.parameters[l]))
            expect(of(moments.first[l])).toEqual(of(warm.moments.first[l]))
            expect(of(moments.second[l])).toEqual(of(warm.moments.second[l]))
          }
        })
        network.dispose()
      }
    })

    it('locks that come and go on a live network leave all numbers as they are, and do what those of a fresh one do', async () => {
      const [free] = samples(() => false, PENALTY) as [Sample]
      const network = await compile(engine, free)
      const data = network.load(free.columns)
      const next = random(8, 'prunes')
      const drawn: Gone = () => next() < 0.7
      const few: Gone = (l, i, j) => l === 0 && i === 1 && j < 3
      const steps = [...PRUNES.map(([, isGone]) => isGone), drawn, few, () => false, drawn, () => false]
      const training = stretch({ maxSteps: 2, regularization: PENALTY })
      network.train(data, training)
      for (const isGone of steps) {
        const [parameters, moments] = [network.readParameters(), network.readMoments()]
        const specification = withFrozen(withPruned(free.specification, isGone), () => next() < 0.2)
        network.applyMasks(specification)
        expect(network.readParameters()).toEqual(parameters)
        expect(network.readMoments()).toEqual(moments)
        const fresh = await compile(engine, { ...free, specification, parameters }, moments)
        const objective = { loss: 'mse', regularization: PENALTY } as const
        const own = fresh.load(free.columns)
        const live = network.lossAndGradient(data, objective)
        const other = fresh.lossAndGradient(own, objective)
        expect(network.forward(data)).toEqual(fresh.forward(own))
        expectClose([live.loss], [other.loss], tolerances.forward)
        expectCloseTensors(live.gradients, other.gradients, tolerances.gradient)
        expect(network.readVector()).toEqual(fresh.readVector())
        network.train(data, training)
        fresh.train(own, training)
        expectCloseTensors(network.readParameters(), fresh.readParameters(), tolerances.training)
        fresh.dispose()
      }
      network.dispose()
    })
  })
}

const BASES = [SPLINE, RBF, CHEBYSHEV]

/** Wide layers with ties, groups, frozen edges and formulas, and one that is left as it is. */
function sampleOf(
  [wide, narrow]: readonly [number, number],
  basis: Basis,
  isGone: Gone,
  regularization: Sample['regularization'],
): Sample {
  const sample = makeSample({
    inputs: 9,
    layers: [
      { basis, nodes: wide, locked: true },
      { basis, nodes: narrow },
      { basis: SPLINE, nodes: 1 },
    ],
    ...{ rows: 70, regularization, seed: 6 },
  })
  return { ...sample, specification: withPruned(sample.specification, isGone) }
}

/** Other edges than before. */
function withFrozen(specification: Specification, isFrozen: Gone): Specification {
  const layers = specification.layers.map((layer, l) => ({
    ...layer,
    frozen: edgesOf(specification, l).filter(([input, output]) => isFrozen(l, input, output)),
  }))
  return { ...specification, layers }
}

/** Beside what is pruned already. */
function withPruned(specification: Specification, isGone: Gone): Specification {
  const layers = specification.layers.map((layer, l) => {
    const gone = edgesOf(specification, l).filter(([input, output]) => isGone(l, input, output))
    return { ...layer, pruned: [...layer.pruned, ...gone] }
  })
  return { ...specification, layers }
}

function edgesOf(specification: Specification, layer: number): EdgeIndex[] {
  const inputs = inputsOf(specification, layer)
  const edges = inputs * (specification.layers[layer]?.nodes ?? 0)
  return Array.from({ length: edges }, (_, e): EdgeIndex => [e % inputs, Math.floor(e / inputs)])
}
