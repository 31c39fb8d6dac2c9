import { describe, expect, it } from 'vitest'
import { largestError } from '../../../src-shared/golden/error'
import { goldenArray, goldenModel, goldenParameters } from '../../../src-shared/golden/golden'
import { openEngine } from '../engines/registry'
import { fitGrids } from './fit-grids'

const columnsOf = (values: Float64Array, width: number) =>
  Array.from({ length: width }, (_, c) => values.filter((_, k) => k % width === c))

describe.each([
  { engine: 'reference', tolerance: 1e-10 },
  { engine: 'wasm', tolerance: 2e-5 },
] as const)('grids fitted to rows by $engine', ({ engine, tolerance }) => {
  async function golden(only: number | null) {
    const { specification, parameters } = goldenModel('spline')
    const network = await (await openEngine(engine)).compile(specification, parameters, { batch: 10, moments: null })
    const load = (values: Float64Array) => {
      const rows = values.length / 3
      const inputs = columnsOf(values, 3)
      return network.load({ rows, inputs, targets: [new Float64Array(rows), new Float64Array(rows)] })
    }
    const batch = load(goldenArray('spline', 'grid_update.batch'))
    const layers = fitGrids(network, specification, batch, { seed: 0, only })
    return { network, layers, output: () => network.forward(load(goldenArray('spline', 'x'))) }
  }

  it('are those of the original program, and so are the outputs then', async () => {
    const { network, layers, output } = await golden(null)
    expect(layers.map(({ layer }) => layer)).toEqual([0, 1])
    const after = goldenParameters('spline', 'after_grid_update')
    network.readParameters().forEach(({ grid, weights }, l) => {
      expect(largestError(grid ?? [], after[l]?.grid ?? [])).toBeLessThan(tolerance)
      expect(largestError(weights, after[l]?.weights ?? [])).toBeLessThan(10 * tolerance)
    })
    expect(largestError(output(), goldenArray('spline', 'after_grid_update.output'))).toBeLessThan(tolerance)
    network.dispose()
  })

  it('are of one layer alone where that is asked for', async () => {
    const { network, layers } = await golden(1)
    expect(layers.map(({ layer }) => layer)).toEqual([1])
    const [first, second] = network.readParameters()
    const [old] = goldenModel('spline').parameters
    expect(largestError(first?.grid ?? [], old?.grid ?? [])).toBeLessThan(1e-7)
    expect(
      largestError(second?.grid ?? [], goldenParameters('spline', 'after_grid_update')[1]?.grid ?? []),
    ).toBeGreaterThan(1e-6)
    network.dispose()
  })
})
