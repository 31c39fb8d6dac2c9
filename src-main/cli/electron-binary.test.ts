import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { findElectron, installedElectron } from './electron-binary'

let root: string
let said: string[]
const search = (timeout = 10_000, env = {}) => ({ root, env, timeout, say: (text: string) => said.push(text) })

/** A stand-in for npm's electron package, whose installer runs a line of code in its folder. */
async function packageWith(install: string): Promise<void> {
  const folder = join(root, 'node_modules', 'electron')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'install.js'), `process.chdir(__dirname); const fs = require('node:fs'); ${install}`)
}

const unpack = "fs.mkdirSync('dist'); fs.writeFileSync('dist/program', ''); fs.writeFileSync('path.txt', 'program')"

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kan-electron-'))
  said = []
})

describe('Electron', () => {
  it('is fetched once, with a word of warning, and found from then on', async () => {
    await packageWith(unpack)
    const path = join(root, 'node_modules', 'electron', 'dist', 'program')
    expect(installedElectron(search())).toBeNull()
    expect(await findElectron(search())).toEqual({ path })
    expect(said).toHaveLength(1)
    expect(await findElectron(search())).toEqual({ path })
    expect(said).toHaveLength(1)
  })

  it('that never answers is given up in time', async () => {
    await packageWith('setInterval(() => {}, 1000)')
    expect(await findElectron(search(300))).toMatchObject({ reason: expect.stringContaining('no answer within') })
  })

  it('that cannot be fetched says why', async () => {
    await packageWith("console.error('Error: getaddrinfo ENOTFOUND github.com\\n  at x'); process.exit(1)")
    expect(await findElectron(search())).toEqual({
      reason: 'Electron could not be downloaded (Error: getaddrinfo ENOTFOUND github.com)',
    })
  })

  it('may be named by the environment, which is believed only where there is one', async () => {
    await packageWith(unpack)
    await findElectron(search())
    const dist = join(root, 'node_modules', 'electron', 'dist')
    expect(await findElectron(search(1, { ELECTRON_OVERRIDE_DIST_PATH: dist }))).toEqual({
      path: join(dist, 'program'),
    })
    expect(await findElectron(search(1, { ELECTRON_OVERRIDE_DIST_PATH: root }))).toMatchObject({
      reason: expect.stringContaining('holds no Electron'),
    })
  })

  it('is not looked for where npm was told to leave it out', async () => {
    expect(await findElectron(search())).toEqual({ reason: 'Electron is not installed' })
  })
})
