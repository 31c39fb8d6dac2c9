import { mkdir, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createBirpc } from 'birpc'
import { Packr } from 'msgpackr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import type { StudioCalls, StudioEvents } from '../../src-shared/contract/studio'
import { fromWire, toWire } from '../../src-shared/contract/wire'
import { FakeCompute, temporaryFolder } from '../studio/testing'
import { type Served, serve } from './serve'

let root: string
let served: Served
let port: number
let token: string
let cookie: string
let compute: FakeCompute

const options = (over: { port?: number | null } = {}) => ({
  version: '0.0.0',
  port: 0,
  folder: join(root, 'studio'),
  open: false,
  renderer: join(root, 'renderer'),
  env: { KAN_STUDIO_STATE: join(root, 'state') },
  startCompute: (events: ConstructorParameters<typeof FakeCompute>[0]) => {
    compute = new FakeCompute(events)
    return compute.process
  },
  ...over,
})

beforeAll(async () => {
  root = await temporaryFolder()
  await mkdir(join(root, 'renderer', 'assets'), { recursive: true })
  await writeFile(join(root, 'secret.txt'), 'secret')
  await writeFile(join(root, 'renderer', 'assets', 'a.js'), 'alert(1)')
  await writeFile(join(root, 'renderer', 'index.html'), '<script nonce="__CSP_NONCE__" src="./assets/a.js"></script>')
  served = await serve(options())
  const address = new URL(served.address)
  port = Number(address.port)
  token = address.searchParams.get('token') ?? ''
  cookie = (await get(`/?token=${token}`)).headers['set-cookie']?.[0]?.split(';')[0] ?? ''
})

afterAll(() => served.close())

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Sends the path as it is: no client tidies it up. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, method, headers }, async (response) => {
      let body = ''
      for await (const chunk of response) body += chunk
      resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
    })
      .on('error', reject)
      .end()
  })
}

/** The status with which the socket was refused, or 101. */
function knock(headers: Record<string, string>, path = '/studio'): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
    socket.on('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    socket.on('error', reject)
  })
}

async function client(events: Partial<StudioEvents> = {}) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/studio`, { headers: { cookie } })
  const packr = new Packr({ moreTypes: true, structuredClone: true })
  await new Promise((resolve) => socket.on('open', resolve))
  const calls = createBirpc<StudioCalls, Partial<StudioEvents>>(events, {
    post: (message) => socket.send(packr.pack(message)),
    on: (listener) => socket.on('message', (data: Buffer) => listener(packr.unpack(data))),
    serialize: toWire,
    deserialize: fromWire,
  })
  return { calls, socket }
}

test('the token is long, and its first visit turns it into a cookie that no script reads', async () => {
  expect(Buffer.from(token, 'base64url').length).toBeGreaterThanOrEqual(16)
  const first = await get(`/?token=${token}`)
  expect(first).toMatchObject({ status: 303, headers: { location: '/' } })
  expect(first.headers['set-cookie']?.[0]).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
  expect((await get('/', { cookie })).status).toBe(200)
})

test.each<[string, () => Record<string, string>]>([
  ['no token', () => ({})],
  ["another studio's cookie", () => ({ cookie: `kan-studio-1=${token}` })],
  ['a token of the right length', () => ({ cookie: `kan-studio-${port}=${'A'.repeat(43)}` })],
])('page, file and socket are refused with %s', async (_what, headers) => {
  const wrong = headers()
  const page = await get('/', wrong)
  expect(page.status).toBe(401)
  expect(page.body).toContain('token included')
  expect((await get('/assets/a.js', wrong)).status).toBe(401)
  expect((await get('/?token=wrong', wrong)).status).toBe(401)
  expect(await knock(wrong)).toBe(401)
})

test.each(['evil.example', `evil.example:4590`, '192.168.0.1', 'localhost.evil.example', '127.0.0.1.nip.io'])(
  'the host %s is refused, token or not',
  async (host) => {
    expect((await get('/', { cookie, host })).status).toBe(403)
    expect(await knock({ cookie, host })).toBe(403)
  },
)

test.each(['localhost:8080', '127.0.0.1:1', '[::1]:9', 'localhost'])('a tunnel may show it as %s', async (host) => {
  expect((await get('/', { cookie, host })).status).toBe(200)
  expect(await knock({ cookie, host, origin: `http://${host}` })).toBe(101)
})

test.each(['https://evil.example', 'http://localhost:3000', 'null', 'https://127.0.0.1'])(
  'the origin %s is refused, though it may hold the cookie',
  async (origin) => {
    expect(await knock({ cookie, origin })).toBe(403)
    expect((await get('/', { cookie, origin })).status).toBe(403)
  },
)

test.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/../../secret.txt',
  '/assets/..\\..\\secret.txt',
  '//secret.txt',
  '/assets',
  '/assets/',
  '/studio',
])('%s is no address of a file', async (path) => {
  const answer = await get(path, { cookie })
  expect(answer.status).toBe(404)
  expect(answer.body).not.toContain('secret')
})

test('the page has a policy with a nonce of its own, and the headers that keep it to itself', async () => {
  const answers = await Promise.all([get('/', { cookie }), get('/', { cookie })])
  const nonces = answers.map(({ headers, body }) => {
    const policy = String(headers['content-security-policy'])
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    expect(body).toContain(`nonce="${nonce}"`)
    expect(body).not.toContain('__CSP_NONCE__')
    expect(policy).toBe(
      `default-src 'none'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; ` +
        `img-src 'self' data: blob:; font-src 'self'; connect-src 'self' ws://127.0.0.1:${port}; ` +
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    )
    return nonce
  })
  expect(new Set(nonces).size).toBe(2)
  expect(answers[0]?.headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  })
})

test('only reading is possible over http', async () => {
  expect((await get('/', { cookie }, 'POST')).status).toBe(405)
  expect(await get('/', { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' })
})

test('a page calls the studio over its socket, and faults arrive as sentences', async () => {
  const { calls, socket } = await client()
  const document = await calls.document()
  expect(document.parameters[0]?.weights).toBeInstanceOf(Float32Array)
  await expect(calls.openDocument('../secret.txt')).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining("outside the studio's folder"),
  })
  await expect(calls.chooseFile('open-model', '')).rejects.toMatchObject({ name: 'UserError' })
  socket.terminate()
})

test('several pages share one studio, and what one does the other sees', async () => {
  const seen: boolean[] = []
  const first = await client({ documentReplaced: ({ edited }) => seen.push(edited) })
  const second = await client()
  await second.calls.edit({ type: 'rename', name: 'shared' })
  await expect.poll(() => seen).toEqual([true])
  await second.calls.undo()
  first.socket.terminate()
  second.socket.terminate()
})

test('bytes and messages that are no calls end nothing but their own line', async () => {
  const { calls, socket } = await client()
  const packr = new Packr()
  for (const message of [null, 1, { t: 'q' }, { t: 's', i: 'x' }, { t: 'q', m: '__proto__', a: [], i: '1' }]) {
    socket.send(packr.pack(message))
  }
  await expect(calls.document()).resolves.toBeDefined()
  const closed = new Promise((resolve) => socket.on('close', resolve))
  socket.send('text')
  expect(await closed).toBe(1003)
  const other = await client()
  await expect(other.calls.document()).resolves.toBeDefined()
  other.socket.terminate()
})

test('a port in use is named in one sentence', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => taken.on('listening', resolve))
  const { port: busy } = taken.address() as AddressInfo
  await expect(serve(options({ port: busy }))).rejects.toThrow(
    `Port ${busy} is in use by another program; choose another with --port.`,
  )
  taken.close()
})

test('without a wish, a free port from 4590 on is taken', async () => {
  const [first, second] = [await serve(options({ port: null })), await serve(options({ port: null }))]
  const ports = [first, second].map(({ address }) => Number(new URL(address).port))
  expect(ports[0]).toBeGreaterThanOrEqual(4590)
  expect(ports[1]).toBeGreaterThan(ports[0] ?? 0)
  await Promise.all([first.close(), second.close()])
})

test('a window that is not built is told of', async () => {
  await expect(serve({ ...options(), renderer: join(root, 'nothing') })).rejects.toThrow('npm run build')
})
