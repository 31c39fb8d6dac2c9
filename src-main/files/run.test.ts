import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createRunFolder, fileNameOf } from './run'

describe("a run's folder", () => {
  it('is named by time and network, and never shared by two runs', async () => {
    const parent = await mkdtemp(join(tmpdir(), 'kan-run-'))
    const now = new Date(2026, 10, 5, 3, 4, 9)
    const folders = [await createRunFolder(parent, 'hello', now), await createRunFolder(parent, 'hello', now)]
    expect(folders.map((folder) => basename(folder))).toEqual(['2026-11-05-030409-hello', '2026-11-05-030409-hello-2'])
    expect(await readdir(join(parent, 'runs'))).toHaveLength(2)
  })

  it('keeps letters of any script and drops what a path cannot hold', () => {
    expect(fileNameOf('Größe 温度')).toBe('Größe 温度')
    expect(fileNameOf('../a/b:c?')).toBe('a-b-c')
    expect(fileNameOf('...')).toBe('network')
  })
})
