import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mutated } from './mutations'
import { faultOf } from './try-file'

const corpus = join(import.meta.dirname, 'corpus')

it('reads the corpus, and files damaged for 20 s, without loss or refuses them in one sentence', async () => {
  const script = join(import.meta.dirname, '..', '..', 'scripts', 'fuzz-files.mjs')
  const { code, stdout } = await new Promise<{ code: unknown; stdout: string }>((resolve) => {
    execFile(process.execPath, [script, '20', '1'], (error, text, stderr) => {
      resolve({ code: error === null ? 0 : error.code, stdout: text + stderr })
    })
  })
  expect(stdout).toMatch(/ read, \d+ refused, 0 failed; \d+ commands/)
  expect(code).toBe(0)
}, 240_000)

it('damages a file in the same way with the same seed', () => {
  for (const [k, name] of readdirSync(corpus).entries()) {
    const bytes = readFileSync(join(corpus, name))
    expect(mutated(bytes, k)).toEqual(mutated(bytes, k))
    const different = [1, 2, 3, 4].filter((seed) => Buffer.compare(mutated(bytes, seed), bytes) !== 0)
    expect(different.length, name).toBeGreaterThan(0)
  }
})

it('knows a refusal that no person can read', () => {
  expect(faultOf('x.csv is empty: there are no rows in it', 'x.csv')).toBeNull()
  expect(faultOf('it is empty', 'x.csv')).toContain('does not name the file')
  expect(faultOf('x.csv: two\nlines', 'x.csv')).toContain('control characters')
  expect(faultOf('x.csv: its type is undefined', 'x.csv')).toContain('inside of the program')
  expect(faultOf(`x.csv ${'x'.repeat(2000)}`, 'x.csv')).toContain('too long')
})
