/** The window's files as answers: which file an address means, and the headers that keep the page to itself. */
import { randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { UserError } from '../../src-shared/user-error'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

/** Where index.html leaves room for the nonce of this one answer. */
const NONCE = /__CSP_NONCE__/g

/**
 * The built window as answers to its addresses. Only files that stand in the folder now have an address: no other path
 * can be made from a request.
 *
 * @param folder the built window
 * @param connect what the page may talk to besides its own address, for the policy's `connect-src`
 * @throws UserError if the window is not built
 */
export function pageFiles(folder: string, connect: (host: string) => string) {
  const files = new Map<string, string>(
    filesIn(folder).map((path) => [`/${relative(folder, path).split(sep).join('/')}`, path] as const),
  )
  const index = files.get('/index.html')
  if (index === undefined) throw new UserError('KAN Studio is not built yet: run `npm run build` in its folder first.')
  files.set('/', index)

  /** @param path the address without its query; @param host what the page calls this server */
  return async function answer(path: string, host: string): Promise<Answer> {
    const file = files.get(path)
    if (file === undefined) return sentencePage(404, 'There is no such page in the studio.')
    const bytes = await readFile(file)
    const type = TYPES[extname(file)] ?? 'application/octet-stream'
    if (file !== index) return { status: 200, headers: headersFor(type, 'no-cache'), body: bytes }
    const nonce = randomBytes(16).toString('base64')
    const policy = policyFor(nonce, connect(host))
    return {
      status: 200,
      headers: { ...headersFor(type, 'no-store'), 'content-security-policy': policy },
      body: Buffer.from(bytes.toString('utf8').replace(NONCE, nonce)),
    }
  }
}

/** A page that says one sentence. */
export function sentencePage(status: number, sentence: string): Answer {
  return {
    status,
    headers: { ...headersFor('text/html; charset=utf-8', 'no-store'), 'content-security-policy': "default-src 'none'" },
    body: Buffer.from(`<!doctype html><meta charset="utf-8"><title>KAN Studio</title><p>${sentence}</p>\n`),
  }
}

/** Nothing but the page's own files, and code and styles only from them or with the nonce. */
function policyFor(nonce: string, connect: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${connect === '' ? '' : ` ${connect}`}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
}

function headersFor(type: string, cache: string): Record<string, string> {
  return {
    'content-type': type,
    'cache-control': cache,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'x-frame-options': 'DENY',
  }
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name)
      return entry.isDirectory() ? filesIn(path) : entry.isFile() ? [path] : []
    })
  } catch {
    return []
  }
}
