import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { librariesFolder, tensorflowFolder } from './folder'
import { installTensorflow, removeTensorflow } from './install'
import { isUsed, wheelsFor } from './sources'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kan-libraries-'))
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

describe('an installation', () => {
  it('says what is missing, and leaves nothing half made', async () => {
    vi.stubEnv('PATH', folder)
    const options = { gpu: false, signal: AbortSignal.timeout(30_000), report() {}, node: process.execPath }
    const missing = installTensorflow({ ...options, env: { KAN_STUDIO_LIBRARIES: folder } })
    await expect(missing).rejects.toThrow(/^There is no C\+\+ compiler here/)
    expect(await readdir(folder)).toEqual([])
  })

  it('that is there already is left as it is', async () => {
    const env = { KAN_STUDIO_LIBRARIES: folder }
    await mkdir(join(tensorflowFolder(env), 'tensorflow'), { recursive: true })
    await writeFile(join(tensorflowFolder(env), 'tfjs_binding.node'), '')
    await writeFile(join(tensorflowFolder(env), 'installed.json'), '{"version":"2.21.0","gpu":false,"build":2}')
    vi.stubEnv('PATH', folder)
    const options = { signal: AbortSignal.timeout(30_000), report() {}, env, node: process.execPath }
    expect(await installTensorflow({ ...options, gpu: false })).toBe(false)
    expect(await removeTensorflow(env)).toBe(true)
    expect(await readdir(folder)).toEqual([])
    expect(await removeTensorflow(env)).toBe(false)
  })
})

it('libraries are where the system keeps what belongs to a person', () => {
  expect(librariesFolder({ KAN_STUDIO_LIBRARIES: '/a' })).toBe('/a')
  expect(librariesFolder({ XDG_DATA_HOME: '/x' }, 'linux')).toBe('/x/kan-studio/libraries')
})

it('a wheel is asked for that fits the machine, or a sentence says that there is none', () => {
  expect(wheelsFor(false, 'linux', 'x64')).toMatchObject({ requirement: 'tensorflow-cpu==2.21.0' })
  expect(wheelsFor(true, 'linux', 'x64').isWanted('nvidia-cudnn-cu12')).toBe(true)
  expect(wheelsFor(true, 'linux', 'x64').isWanted('numpy')).toBe(false)
  expect(() => wheelsFor(true, 'darwin', 'arm64')).toThrow(/^TensorFlow has graphics cards on Linux/)
  expect(() => wheelsFor(false, 'win32', 'x64')).toThrow('the engine webgpu runs there')
})

it('of a wheel the libraries and the headers of its C interface are unpacked', () => {
  expect(isUsed('tensorflow/libtensorflow_cc.so.2')).toBe(true)
  expect(isUsed('tensorflow/include/tensorflow/c/c_api.h')).toBe(true)
  expect(isUsed('nvidia/cudnn/lib/libcudnn.so.9')).toBe(true)
  expect(isUsed('tensorflow/python/_pywrap_tfe.so')).toBe(false)
})
