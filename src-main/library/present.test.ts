import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { presentLibrary } from './present'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kan-present-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A pip that says this of the packages that it is asked for. */
async function pipThatSays(about: string, status = 0): Promise<string> {
  const pip = join(folder, 'pip')
  await writeFile(join(folder, 'about'), about)
  await writeFile(pip, `#!/bin/sh\n[ "$1" = show ] && cat "${join(folder, 'about')}"\nexit ${status}\n`)
  await chmod(pip, 0o755)
  return pip
}

const about = (name: string, version: string, location: string) =>
  `Name: ${name}\nVersion: ${version}\nSummary: machine learning\nLocation: ${location}\nRequires:\n`

async function putPackage(location: string): Promise<void> {
  const files = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2', 'include/tensorflow/c/c_api.h']
  for (const file of files) {
    const path = join(location, 'tensorflow', file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, '')
  }
}

const find = (pip: string, platform = 'linux') =>
  presentLibrary(pip, { signal: AbortSignal.timeout(30_000), folder }, platform)

it('the library of a package of the right version is found, whichever package it is', async () => {
  const [old, own] = [join(folder, 'old packages'), join(folder, 'own packages')]
  await putPackage(old)
  await putPackage(own)
  const both = `${about('tensorflow-cpu', '2.9.1', old)}---\n${about('tensorflow', '2.21.0', own)}`
  const pip = await pipThatSays(both)
  expect(await find(pip)).toBe(join(own, 'tensorflow'))
  expect(await find(pip, 'darwin')).toBe(null)
})

it('there is none where pip knows none, of another version, or whose files are gone', async () => {
  expect(await find(await pipThatSays('WARNING: Package(s) not found: tensorflow', 1))).toBe(null)
  await putPackage(folder)
  expect(await find(await pipThatSays(about('tensorflow', '2.20.0', folder)))).toBe(null)
  expect(await find(await pipThatSays(about('tensorflow', '2.21.0', join(folder, 'gone'))))).toBe(null)
})
