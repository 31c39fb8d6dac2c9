/** `check` as others use it. */
import { describe, expect, it } from 'vitest'
import { decodeTensors } from '../../src-shared/kan/file/file'
import { inOwnFolder, lastLine } from './testing'

const { readBytes, kan, refusal, job, model } = inOwnFolder()

describe('check', () => {
  const columns = ['--inputs', 'x0,x1', '--targets', 'y']

  it('finds every engine within its tolerance and writes what it computed', async () => {
    await job()
    await model('m.kan')
    const regularization = '{"type":"better_kan","lambda":0.1}'
    const { code, stdout } = await kan(
      'check',
      'm.kan',
      '--data',
      'table.csv',
      ...columns,
      '--regularization',
      regularization,
      '--engine',
      'reference',
      '--out',
      'g.safetensors',
      '--json',
    )
    expect(code).toBe(0)
    const result = lastLine(stdout)
    expect(result.engines).toEqual({ reference: { output: 0, loss: 0, regularization: 0, gradients: 0 } })
    const { tensors } = decodeTensors(await readBytes('g.safetensors'), 'g')
    expect(tensors.get('output')?.shape).toEqual([40, 1])
    expect(tensors.get('loss')).toEqual({ shape: [], values: Float64Array.of(result.loss) })
    expect(tensors.get('regularization')?.values[0]).toBe(result.regularization)
    expect(tensors.get('gradients.layers.0.weights')?.shape).toEqual([3, 2, 8])
    expect(tensors.get('gradients.layers.1.bias')?.shape).toEqual([1])

    const all = await kan('check', 'm.kan', '--data', 'table.csv', ...columns, '--json')
    expect(all.code).toBe(0)
    expect(Object.keys(lastLine(all.stdout).engines).sort()).toEqual(['reference', 'wasm'])
  })

  it('refuses columns that do not fit, and flags that are wrong, with status 2', async () => {
    await job()
    await model('m.kan')
    const data = ['--data', 'table.csv']
    expect(await refusal('check', 'm.kan', ...data, '--inputs', 'x0', '--targets', 'y')).toEqual([
      2,
      expect.stringContaining('has 1 input, the network 2'),
    ])
    expect(await refusal('check', 'm.kan', ...data, ...columns, '--engine', 'abacus')).toEqual([
      2,
      expect.stringContaining('must be auto, wasm'),
    ])
    expect(await refusal('check', 'm.kan', ...data, ...columns, '--regularization', '{')).toEqual([
      2,
      expect.stringContaining('--regularization'),
    ])
    expect((await kan('check', 'm.kan')).code).toBe(2)
  })
})
