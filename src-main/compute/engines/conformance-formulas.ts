/** What must hold of every engine whose edges are formulas? */
import { describe, expect, it } from 'vitest'
import type { EdgeIndex } from '../../../src-shared/kan/specification'
import { symbolicFunctions } from '../../../src-shared/numerics/symbolic'
import { expectAgreement, withNetwork } from './conformance-cases'
import { expectedOf, type Tolerances } from './conformance-errors'
import { makeSample, type Sample } from './conformance-models'
import { PENALTY, SPLINE, trained } from './conformance-runs'
import type { Engine } from './engine'

export function describeFormulas(engine: Engine, tolerances: Tolerances): void {
  describe(`${engine.name}: formulas`, () => {
    it.each([null, PENALTY])(
      'of every function are computed and pass gradients on, with %j',
      async (regularization) => {
        await withNetwork(engine, { ...everyFunction(), regularization }, (example) =>
          expectAgreement(example, tolerances),
        )
      },
    )

    it('train alone when everything else rests', async () => {
      const sample = everyFunction()
      const before = expectedOf(sample).loss
      const { result, parameters } = await trained(engine, sample, { maxSteps: 60, learningRate: 1e-3 })
      expect(result.nonFinite).toBeNull()
      expect(result.losses.at(-1)).toBeLessThan(0.95 * before)
      expect(parameters[1]?.weights).toEqual(sample.parameters[1]?.weights)
      expect(parameters[1]?.symbolic).not.toEqual(sample.parameters[1]?.symbolic)
    })

    it('that have no value are told by their layer, before an update', async () => {
      const sample = everyFunction()
      const column = sample.columns.inputs[0]?.map((value, row) => (row === 4 ? -0.9 : value)) as Float64Array
      const columns = { ...sample.columns, inputs: [column, ...sample.columns.inputs.slice(1)] }
      const { result, parameters } = await trained(engine, { ...sample, columns }, { maxSteps: 3 })
      expect(result).toMatchObject({ steps: 0, nonFinite: { layer: 1, tensor: 'outputs' } })
      expect(parameters).toEqual(sample.parameters)
    })
  })
}

/** Two inputs that go unchanged into a layer with a formula of every function; its other edges are frozen curves. */
function everyFunction(): Sample {
  const functions = [...symbolicFunctions]
  const drawn = makeSample({
    ...{ inputs: 2, rows: 33, seed: 4 },
    layers: [
      { basis: SPLINE, nodes: 2, bias: false },
      { basis: SPLINE, nodes: functions.length, bias: false },
    ],
  })
  const [first, second] = drawn.specification.layers
  if (first === undefined || second === undefined) throw new RangeError('no layers')
  const crossing: EdgeIndex[] = [
    [0, 1],
    [1, 0],
  ]
  const straight = [0, 1].map((i) => ({ edge: [i, i] as const, function: 'x' as const, a: 1, b: 0, c: 1, d: 0 }))
  const numbers = { a: Math.fround(0.7), b: Math.fround(0.15), c: Math.fround(1.3), d: Math.fround(-0.4) }
  const layers = [
    { ...first, pruned: crossing, symbolic: straight },
    {
      ...second,
      frozen: functions.map((_, j): EdgeIndex => [1, j]),
      symbolic: functions.map((name, j) => ({ edge: [0, j] as const, function: name, ...numbers })),
    },
  ]
  const parameters = drawn.parameters.map((held, l) => ({
    ...held,
    symbolic: Float64Array.from({ length: 4 * held.baseScaler.length }, (_, k) => {
      const edge = Math.floor(k / 4)
      const { a, b, c, d } = layers[l]?.symbolic.find(({ edge: [i, j] }) => 2 * j + i === edge) ?? NONE
      return [a, b, c, d][k % 4] as number
    }),
  }))
  // Within the domain of all of them.
  const inside = (value: number) => Math.fround(0.12 + 0.7 * Math.abs(Math.sin(value)))
  return {
    ...drawn,
    specification: { ...drawn.specification, layers },
    parameters,
    inputs: drawn.inputs.map(inside),
    columns: { ...drawn.columns, inputs: drawn.columns.inputs.map((column) => column.map(inside)) },
  }
}

const NONE = { a: 0, b: 0, c: 0, d: 0 }
