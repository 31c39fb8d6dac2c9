import { describe, expect, it } from 'vitest'
import { goldenBatch, goldenModel } from '../golden/golden'
import type { LayerParameters } from '../kan/parameters'
import type { LayerSpecification, Specification } from '../kan/specification'
import { designNumbers } from '../kan/symbolic'
import { copyTensors } from './adam'
import { shareTied } from './locks'
import { lossAndGradient } from './network'
import { designKey, readVector, trainableVector, writeVector } from './trainable-vector'

/** [3, 4, 2], splines of 8 functions. */
const { specification, parameters } = goldenModel('spline')

function locked(locks: Partial<LayerSpecification>, groups = [0, 0, 0]): Specification {
  return {
    ...specification,
    inputs: specification.inputs.map((input, i) => ({ ...input, group: groups[i] ?? 0 })),
    layers: specification.layers.map((layer, l) => (l === 0 ? { ...layer, ...locks } : layer)),
  }
}

/** In the first layer. */
const LOCKS: Partial<LayerSpecification> = {
  tied: [
    [
      [0, 1],
      [2, 3],
    ],
  ],
  frozen: [[1, 1]],
  pruned: [[1, 2]],
}

const formula = (input: number, output: number) => ({
  ...{ edge: [input, output] as [number, number], function: 'sin' as const },
  ...{ a: 1.5, b: 0.2, c: 0.7, d: -0.1 },
})

const copies = (layers: readonly LayerParameters[]) => layers.map((layer) => ({ ...layer, ...copyTensors(layer) }))

describe('the vector of what trains', () => {
  it('has every number of a free network once', () => {
    const vector = trainableVector(specification)
    expect(vector.length).toBe(4 * 3 * 10 + 4 + 2 * 4 * 10 + 2)
    const values = Float64Array.from({ length: vector.length }, (_, k) => k + 0.5)
    const moved = copies(parameters)
    writeVector(vector, values, moved)
    const all = moved.flatMap(({ weights, baseScaler, basisScaler, bias }) => [
      ...[...weights, ...baseScaler, ...basisScaler, ...(bias ?? [])],
    ])
    expect(all.toSorted((a, b) => a - b)).toEqual([...values])
    expect(readVector(vector, moved)).toEqual(values)
  })

  it('has nothing of frozen, pruned and discarded edges, and a tie once', () => {
    const length = (design: Specification) => trainableVector(specification).length - trainableVector(design).length
    expect(length(locked({ frozen: [[0, 1]] }))).toBe(10)
    expect(length(locked({ pruned: [[0, 1]] }))).toBe(10)
    const tie: [number, number][] = [
      [0, 1],
      [2, 3],
      [1, 1],
    ]
    expect(length(locked({ tied: [tie] }))).toBe(20)
    expect(length(locked({ tied: [tie], pruned: [[2, 3]] }))).toBe(20)
    expect(length(locked({ tied: [tie], frozen: [[2, 3]] }))).toBe(30)
    expect(length(locked({}, [1, 0, 1]))).toBe(40)
    expect(length(locked({}, [-1, 0, 0]))).toBe(40)
  })

  it('moves what trains only, and a tie as one', () => {
    const design = locked(LOCKS)
    const before = copies(parameters)
    shareTied(design.layers[0] as LayerSpecification, 3, before[0] as LayerParameters)
    const vector = trainableVector(design)
    const after = copies(before)
    writeVector(
      vector,
      readVector(vector, before).map((value) => value + 1),
      after,
    )
    const edge = (layers: readonly LayerParameters[], input: number, output: number) =>
      layers[0]?.weights.slice((output * 3 + input) * 8, (output * 3 + input + 1) * 8)
    expect(edge(after, 1, 1)).toEqual(edge(before, 1, 1))
    expect(edge(after, 1, 2)).toEqual(edge(before, 1, 2))
    expect(edge(after, 0, 1)).toEqual(edge(before, 0, 1)?.map((value) => value + 1))
    expect(edge(after, 2, 3)).toEqual(edge(after, 0, 1))
  })

  it('has a, b, c, d of a formula in place of its curve', () => {
    const free = trainableVector(specification).length
    const [one, two] = [formula(0, 0), formula(2, 1)]
    expect(trainableVector(locked({ symbolic: [one, two] })).length).toBe(free - 2 * 10 + 2 * 4)
    expect(trainableVector(locked({ symbolic: [one, two], tied: [[one.edge, two.edge]] })).length).toBe(free - 20 + 4)
    expect(trainableVector(locked({ symbolic: [one, two], frozen: [one.edge] })).length).toBe(free - 20 + 4)
  })

  it('belongs to a design, whatever its formulas’ numbers are by now', () => {
    const key = designKey(locked({ symbolic: [formula(0, 0)] }))
    expect(designKey({ ...locked({ symbolic: [{ ...formula(0, 0), a: 7 }] }), name: 'other' })).toBe(key)
    expect(designKey(locked({ symbolic: [formula(0, 1)] }))).not.toBe(key)
    expect(designKey(locked({ symbolic: [formula(0, 0)], frozen: [[1, 1]] }))).not.toBe(key)
    expect(designKey(locked({ symbolic: [formula(0, 0)] }, [1, 1, 0]))).not.toBe(key)
  })

  it('has the gradient of the loss by its numbers', () => {
    const design = locked({ ...LOCKS, symbolic: [formula(1, 0)] })
    const [layer] = design.layers
    if (layer === undefined) throw new RangeError('no layer')
    const start = copies(parameters).map((held, l) => (l === 0 ? { ...held, symbolic: designNumbers(layer, 3) } : held))
    shareTied(layer, 3, start[0] as LayerParameters)
    const { inputs, targets } = goldenBatch('spline')
    const objective = { loss: 'mse', regularization: null } as const
    const vector = trainableVector(design)
    const lossAt = (x: Float64Array) => {
      const moved = copies(start)
      writeVector(vector, x, moved)
      return lossAndGradient(design, moved, inputs, targets, objective)
    }
    const x = readVector(vector, start)
    const gradient = readVector(vector, lossAt(x).gradients)
    for (let k = 0; k < x.length; k += 7) {
      const at = (shift: number) => lossAt(x.map((value, other) => (other === k ? value + shift : value))).loss
      expect(gradient[k]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 6)
    }
  })
})
