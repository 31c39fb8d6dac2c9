/** What the tests of the data room share: tables written to a folder of their own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

export interface TestFolder {
  /** Absolute. */
  readonly path: string
  /** Writes a table, over the one before, and returns its absolute path. */
  write(content: string | Uint8Array, name?: string): Promise<string>
}

/** A folder for the tests of a file, removed after the last one. */
export function testFolder(): TestFolder {
  let path = ''
  beforeAll(async () => {
    path = await mkdtemp(join(tmpdir(), 'kan-data-'))
  })
  afterAll(() => rm(path, { recursive: true }))
  return {
    get path() {
      return path
    },
    async write(content, name = 'table.csv') {
      const file = join(path, name)
      await writeFile(file, content)
      return file
    },
  }
}
