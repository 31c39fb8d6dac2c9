/** The browser's door opens to its owner only. */
import { request as get, type IncomingMessage } from 'node:http'
import { serve } from '../doors/browser'
import { ended } from '../doors/processes'
import { kanStudio } from '../doors/root'
import { expect, test } from '../doors/test'

async function answer(address: URL, path: string, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: address.port, path, headers }, (response) => {
      response.resume()
      resolve(response)
    })
      .on('error', reject)
      .end()
  })
}

const status = async (...request: Parameters<typeof answer>) => (await answer(...request)).statusCode

const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
}

test('a client without the token, from another host or another origin is refused', async ({ place }) => {
  const { child, address } = await serve(place)
  const url = new URL(address)
  const host = url.host
  expect(await status(url, '/', { host })).toBe(401)
  expect(await status(url, '/studio', { host, ...upgrade })).toBe(401)
  expect(await status(url, `${url.pathname}${url.search}`, { host: 'evil.example' })).toBe(403)
  expect(await status(url, '/studio', { host, origin: 'https://evil.example', ...upgrade })).toBe(403)
  child.kill()
  if (child.pid) await ended(child.pid)
})

test('its owner gets the page, and nothing from beside it', async ({ place }) => {
  const { child, address } = await serve(place)
  const url = new URL(address)
  const { headers } = await answer(url, `${url.pathname}${url.search}`, { host: url.host })
  const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? ''
  const own = { host: url.host, cookie }
  expect(await status(url, '/', own)).toBe(200)
  for (const path of ['/../../../../../../etc/passwd', '/..%2f..%2f..%2f..%2fetc/passwd', '/../main/main.cjs']) {
    expect(await status(url, path, own), path).toBe(404)
  }
  child.kill()
  if (child.pid) await ended(child.pid)
})

test('a port in use is told in one sentence', async ({ place }) => {
  const { child, address } = await serve(place)
  const { port } = new URL(address)
  await expect(kanStudio('serve', '--no-open', '--folder', place.folder, '--port', port)).rejects.toThrow(
    `Port ${port} is in use by another program`,
  )
  child.kill()
  if (child.pid) await ended(child.pid)
})
