/** Who may talk to the server: loopback names only, and only with the token that was printed. */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Any port, because a tunnel (`ssh -L`) may show the studio at another one. */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/

export interface Access {
  readonly token: string
  /** The cookie that a page carries once it was opened with the token. */
  readonly cookie: string
  /** Why a request is refused, or null. */
  refusal(request: IncomingMessage): { readonly status: 401 | 403; readonly sentence: string } | null
  /** Whether the request's address brings the token: the first visit. */
  bringsToken(request: IncomingMessage): boolean
}

/** @param port keeps the cookies of several studios on one machine apart */
export function createAccess(port: () => number): Access {
  const token = randomBytes(32).toString('base64url')
  const name = () => `kan-studio-${port()}`
  const bringsToken = ({ url = '/' }: IncomingMessage) => same(queryOf(url).get('token'), token)
  return {
    token,
    get cookie() {
      return `${name()}=${token}; Path=/; HttpOnly; SameSite=Strict`
    },
    bringsToken,
    refusal(request) {
      const { host, origin } = request.headers
      // A name that is not loopback means that some other site's name was pointed here (DNS rebinding).
      if (host === undefined || !LOOPBACK.test(host)) {
        return { status: 403, sentence: 'The studio answers only under localhost, 127.0.0.1 or [::1].' }
      }
      if (origin !== undefined && origin !== `http://${host}`) {
        return { status: 403, sentence: 'The studio answers only to its own page.' }
      }
      if (!same(cookieOf(request, name()), token) && !bringsToken(request)) {
        return {
          status: 401,
          sentence: 'This is KAN Studio: open the whole address that it printed when it was started, token included.',
        }
      }
      return null
    },
  }
}

function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
}

function cookieOf({ headers }: IncomingMessage, name: string): string | null {
  const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim())
  return cookies.find((cookie) => cookie.startsWith(`${name}=`))?.slice(name.length + 1) ?? null
}

/** Compares in a time that tells nothing of where two texts differ. */
function same(given: string | null, token: string): boolean {
  const [a, b] = [Buffer.from(given ?? ''), Buffer.from(token)]
  return a.length === b.length && timingSafeEqual(a, b)
}
