import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { download } from './download'

const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, k) => (k * 7919) % 251))
const sha256 = createHash('sha256').update(CONTENT).digest('hex')
const signal = AbortSignal.timeout(30_000)

let folder: string
let server: Server
let url: string
/** What was asked for, and after how many bytes the line breaks. */
let ranges: (string | undefined)[]
let breaksAt: number

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kan-download-'))
  ranges = []
  breaksAt = Number.POSITIVE_INFINITY
  server = createServer((request, response) => {
    ranges.push(request.headers.range)
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    response.writeHead(from > 0 ? 206 : 200, { 'content-length': CONTENT.length - from })
    if (breaksAt < CONTENT.length) response.write(CONTENT.subarray(from, breaksAt), () => response.destroy())
    else response.end(CONTENT.subarray(from))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/some%20wheel.whl`
})

afterEach(async () => {
  server.close()
  await rm(folder, { recursive: true })
})

it('loads a file once, and tells how far it is', async () => {
  const file = join(folder, 'a')
  const told: [number, number][] = []
  const options = { signal, report: (done: number, total: number) => told.push([done, total]) }
  await download({ url, sha256 }, file, options)
  await download({ url, sha256 }, file, options)
  expect(ranges).toEqual([undefined])
  expect(told.at(-1)).toEqual([CONTENT.length, CONTENT.length])
  expect((await readFile(file)).equals(CONTENT)).toBe(true)
})

it('goes on where the line broke', async () => {
  const file = join(folder, 'a')
  breaksAt = 100_000
  const broken = download({ url, sha256 }, file, { signal, report() {} })
  await expect(broken).rejects.toThrow(/The download of some wheel.whl stopped .*it goes on from there/)
  expect(existsSync(file)).toBe(false)
  breaksAt = Number.POSITIVE_INFINITY
  await download({ url, sha256 }, file, { signal, report() {} })
  expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d*-$/)])
  expect((await readFile(file)).equals(CONTENT)).toBe(true)
})

it('refuses what is not what was published, and begins anew then', async () => {
  const file = join(folder, 'a')
  await writeFile(`${file}.part`, 'other bytes')
  await expect(download({ url, sha256 }, file, { signal, report() {} })).rejects.toThrow(
    'What came for some wheel.whl is not the file that was published',
  )
  await download({ url, sha256 }, file, { signal, report() {} })
  expect((await readFile(file)).equals(CONTENT)).toBe(true)
})
