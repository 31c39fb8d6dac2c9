import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { UserError } from '../../../src-shared/user-error'
import { makeSample } from './conformance-models'
import { SPLINE } from './conformance-runs'
import type { Engine } from './engine'
import { reference } from './reference/engine'
import { fastest, reasonOf, type Subject } from './trial'
import { wasm } from './wasm/engine'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kan-trial-'))
  vi.stubEnv('KAN_STUDIO_STATE', folder)
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true, force: true })
})

const sample = makeSample({ inputs: 4, layers: [{ basis: SPLINE, nodes: 20 }], rows: 400, seed: 1 })
const subject = (batchSize: number | null = null): Subject => ({
  ...{ specification: sample.specification, parameters: sample.parameters, columns: sample.columns, batch: 400 },
  training: { batchSize, loss: 'mse', regularization: null, clipNorm: null },
})

it('takes the engine that does most steps a second, says so, and knows it the next time', async () => {
  const begins = vi.fn()
  const verdict = await fastest(subject(), [reference, wasm], begins)
  expect(verdict).toMatchObject({
    engine: 'wasm',
    rates: [
      ['wasm', expect.any(Number)],
      ['reference', expect.any(Number)],
    ],
  })
  if (verdict === null) return
  expect(
    reasonOf({
      ...verdict,
      rates: [
        ['wasm', 9812.3],
        ['webgpu', 1104],
      ],
    }),
  ).toBe('WASM 9\u202f800 steps/s, WebGPU 1\u202f100: a network and batches of this size are faster on the processor.')
  expect(await fastest(subject(), [reference, wasm], begins)).toEqual(verdict)
  expect(begins).toHaveBeenCalledTimes(1)
  // Batches of another size are another question.
  expect(await fastest(subject(50), [reference, wasm], begins)).toMatchObject({ engine: 'wasm' })
  expect(begins).toHaveBeenCalledTimes(2)
})

it('tries nothing where there is no choice', async () => {
  const begins = vi.fn()
  expect(await fastest(subject(), [wasm], begins)).toBeNull()
  expect(begins).not.toHaveBeenCalled()
})

it('leaves out an engine that the network does not fit into', async () => {
  const full: Engine = { ...reference, compile: () => Promise.reject(new UserError('It does not fit.')) }
  const verdict = await fastest(subject(), [full, wasm], () => undefined)
  expect(verdict?.rates.map(([name]) => name)).toEqual(['wasm'])
})
