/** The browser's door opens to its owner only. */
import { request as get } from 'node:http'
import { serve } from '../doors/browser'
import { ended } from '../doors/processes'
import { expect, test } from '../doors/test'

async function status(address: URL, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port: address.port, path, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}

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
  expect(await status(url, '/../../../etc/passwd', { host })).not.toBe(200)
  child.kill()
  if (child.pid) await ended(child.pid)
})

test('a port in use is told in one sentence', async ({ place }) => {
  const { child, address } = await serve(place)
  await expect(serve(place, '--port', new URL(address).port)).rejects.toThrow()
  child.kill()
  if (child.pid) await ended(child.pid)
})
