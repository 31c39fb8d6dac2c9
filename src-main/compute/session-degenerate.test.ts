/** What a session makes of tables that hardly say anything: constants, and one to five rows. */
import { describe, expect, it } from 'vitest'
import { dataSchema } from '../../src-shared/contract/job'
import { apply } from '../../src-shared/kan/edits/apply'
import type { Basis } from '../../src-shared/kan/specification'
import { predict } from './predict'
import { network, opened, runOptions, table } from './testing'

const BASES: readonly Basis[] = [
  { type: 'spline', order: 3, intervals: 5 },
  { type: 'spline', order: 0, intervals: 5 },
  { type: 'rbf', centers: 8, kernel: 'gaussian' },
  { type: 'rbf', centers: 8, kernel: 'multiquadric' },
  { type: 'chebyshev', degree: 4 },
]

/** A network whose every layer has this basis. */
function networkOf(widths: readonly number[], basis: Basis) {
  const plain = network(widths)
  return plain.specification.layers.reduce((model, layer, l) => {
    const isNew = JSON.stringify(layer.basis) !== JSON.stringify(basis)
    return isNew ? apply(model, { type: 'set-basis', layer: l, basis }).model : model
  }, plain)
}

/** The network after training on a table whose columns are x0 … and y, and what it then says of the table. */
async function learnt(basis: Basis, rows: readonly (readonly number[])[], scaling: 'none' | 'standard' | 'minmax') {
  const inputs = (rows[0]?.length ?? 1) - 1
  const names = Array.from({ length: inputs }, (_, i) => `x${i}`)
  const file = await table([...names, 'y'].join(','), rows)
  const data = dataSchema.parse({ file, inputs: names, targets: ['y'], scaling })
  const model = networkOf([inputs, 5, 1], basis)
  const { session, train } = await opened({ model, data })
  const end = await train(await runOptions({ steps: 1500, learningRate: 0.01 }))
  const snapshot = await session.snapshot()
  const { outputs } = await predict({ model: snapshot.model, file, engine: 'wasm', keep: [] })
  return { end, predictions: [...(outputs[0] ?? [])] }
}

describe.each(BASES)('with the basis %j', (basis) => {
  it.each(['standard', 'minmax'] as const)(
    'a constant column and a constant target are learnt, scaled %s',
    async (scaling) => {
      const rows = Array.from({ length: 12 }, (_, k) => [7, 2 * (((k + 1) * 0.6180339887498949) % 1) - 1, 4])
      const { predictions } = await learnt(basis, rows, scaling)
      // Curves with steps, or that fade between centres, come near more slowly.
      const within = basis.type === 'spline' && basis.order === 3 ? 1e-3 : 0.05
      for (const prediction of predictions) expect(Math.abs(prediction - 4)).toBeLessThan(within)
    },
  )

  it.each([1, 2, 3, 5])('y = 2x is learnt from %i rows', async (count) => {
    const rows = Array.from({ length: count }, (_, k) => [k + 1, 2 * (k + 1)])
    const { end, predictions } = await learnt(basis, rows, 'standard')
    expect(end).toMatchObject({ steps: 1500, train: { loss: expect.any(Number) } })
    const squares = predictions.map((prediction, k) => (prediction - 2 * (k + 1)) ** 2)
    expect(Math.max(...squares)).toBeLessThan(1e-6)
  })
})
