import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { forward } from '../../numerics/network'
import { apply } from '../edits/apply'
import type { LayerParameters } from '../parameters'
import type { EdgeIndex } from '../specification'
import { withTrainedNumbers } from '../symbolic'
import { models } from '../testing'
import { checkSpecification } from '../validate'
import { decodeModel, encodeModel, encodeTensors, newModel } from './file'
import { changed, design, file, hello, tensor } from './testing'

describe('a .kan file', () => {
  it('brings every model back bit for bit, without its moments', () => {
    fc.assert(
      fc.property(models, (model) => {
        const specification = withTrainedNumbers(model.specification, model.parameters)
        expect(decodeModel(encodeModel(model), 'a.kan')).toEqual({ ...model, specification, moments: null })
      }),
    )
  })

  // Case V1; its paths are in src-main/files/model.test.ts.
  it('keeps a pruned, refined, fixed, frozen and tied network: predictions are the same to the bit', () => {
    const tied: EdgeIndex[] = [
      [0, 0],
      [1, 0],
    ]
    const nodes = (outputs: number[]) =>
      outputs.flatMap((j): EdgeIndex[] => [
        [0, j],
        [1, j],
      ])
    let model = hello()
    for (const edit of [
      { type: 'prune', layer: 0, edges: nodes([1, 2]) },
      {
        type: 'prune',
        layer: 1,
        edges: [
          [1, 0],
          [2, 0],
        ],
      },
      { type: 'set-basis', layer: 0, basis: { type: 'spline', order: 3, intervals: 10 } },
      { type: 'set-symbolic', layer: 0, edge: [1, 3], formula: { function: 'sin', a: 3, b: 0.1, c: 2, d: -0.5 } },
      { type: 'freeze', layer: 0, edges: [[0, 3]] },
      { type: 'tie', layer: 0, edges: tied },
    ] as const) {
      model = apply(model, edit).model
    }
    const again = decodeModel(encodeModel(model), 'a.kan')
    const x = Float64Array.from({ length: 40 }, (_, k) => Math.sin(k))
    expect(forward(again.specification, again.parameters, x)).toEqual(forward(model.specification, model.parameters, x))
    expect(again.specification).toEqual(model.specification)
  })

  it('holds float32 where that loses nothing, else float64', () => {
    const bytes = encodeTensors(
      [
        ['exact', tensor([2], () => 0.5)],
        ['inexact', tensor([2], (k) => 0.1 + k)],
      ],
      {},
    )
    const header = new TextDecoder().decode(bytes.subarray(8, 8 + (bytes[0] ?? 0)))
    expect(JSON.parse(header)).toMatchObject({
      inexact: { dtype: 'F64', data_offsets: [0, 16] },
      exact: { dtype: 'F32', data_offsets: [16, 24] },
    })
    expect((8 + header.length) % 8).toBe(0)
  })

  it('without any tensor is initialised from its seed', () => {
    const specification = checkSpecification(design({ seed: 7 }), 'a.kan')
    expect(decodeModel(file(design({ seed: 7 })), 'a.kan')).toEqual(newModel(specification, 'a.kan'))
  })

  it('without the scale of RBF has 1.2 / spacing of its centres', () => {
    const rbf = { basis: { type: 'rbf', centers: 3, kernel: 'gaussian' } }
    const grid = tensor([2, 3], (k) => [0, 1, 4, -1, 0, 1][k] ?? 0)
    const { parameters } = decodeModel(changed({ 'layers.0.grid': grid, 'layers.0.scale': null }, rbf), 'a.kan')
    expect(parameters[0]?.scale).toEqual(Float64Array.of(1.2, 0.6, 1.2 / 3, 1.2, 1.2, 1.2))
  })

  it('with locks in any order and repeated has them sorted, and what is tied to a frozen edge frozen', () => {
    const locks = {
      frozen: [[1, 1]],
      pruned: [
        [1, 4],
        [0, 2],
        [1, 4],
      ],
      tied: [
        [
          [1, 1],
          [0, 0],
        ],
        [[0, 4]],
      ],
    }
    expect(decodeModel(file(design({}, locks)), 'a.kan').specification.layers[0]).toMatchObject({
      frozen: [
        [0, 0],
        [1, 1],
      ],
      pruned: [
        [0, 2],
        [1, 4],
      ],
      tied: [
        [
          [1, 1],
          [0, 0],
        ],
      ],
    })
  })

  it('holds equal values in all slots of a tie, also where one was pruned and training went on', () => {
    const tie: EdgeIndex[] = [
      [0, 0],
      [1, 0],
    ]
    const model = hello({ tied: [tie], pruned: [[1, 0]] })
    const [first, second] = model.parameters as [LayerParameters, LayerParameters]
    const baseScaler = first.baseScaler.map((value, slot) => (slot === 1 ? value + 1 : value))
    const lagging = { ...model, parameters: [{ ...first, baseScaler }, second] }
    const again = decodeModel(encodeModel(lagging), 'a.kan').parameters[0]
    expect(again?.baseScaler[1]).toBe(again?.baseScaler[0])
  })

  it('cannot be written with a number that is not finite', () => {
    const model = hello()
    const [first, second] = model.parameters as [LayerParameters, LayerParameters]
    const bias = Float64Array.of(0, 1, Number.NaN, 0, 0)
    expect(() => encodeModel({ ...model, parameters: [{ ...first, bias }, second] })).toThrow(
      'hello cannot be saved: the tensor layers.0.bias holds NaN at [2]; numbers must be finite.',
    )
  })
})

// Case V5.
