import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { remembered } from './remembered'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kan-remembered-'))
  vi.stubEnv('KAN_STUDIO_STATE', join(folder, 'state'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.useRealTimers()
  await rm(folder, { recursive: true, force: true })
})

const ask = (key: string, find: () => Promise<number>) => remembered(key, z.number(), find, () => 2)

it('is found out once as long as it holds, for each key', async () => {
  const find = vi.fn(async () => 7)
  expect(await ask('a', find)).toBe(7)
  expect(await ask('a', find)).toBe(7)
  expect(find).toHaveBeenCalledTimes(1)
  expect(await ask('b', async () => 8)).toBe(8)
  expect(await ask('a', find)).toBe(7)
  expect(find).toHaveBeenCalledTimes(1)

  vi.useFakeTimers({ now: Date.now() + 3 * 24 * 60 * 60 * 1000, toFake: ['Date'] })
  expect(await ask('a', async () => 9)).toBe(9)
  const kept = JSON.parse(await readFile(join(folder, 'state', 'engines.json'), 'utf8'))
  expect(Object.keys(kept)).toEqual(['a'])
})

it('is found out again where the file is damaged, and where it cannot be written', async () => {
  await ask('a', async () => 1)
  await writeFile(join(folder, 'state', 'engines.json'), '{"a": {')
  expect(await ask('a', async () => 2)).toBe(2)
  await writeFile(join(folder, 'no-folder'), '')
  vi.stubEnv('KAN_STUDIO_STATE', join(folder, 'no-folder'))
  expect(await ask('a', async () => 3)).toBe(3)
})
