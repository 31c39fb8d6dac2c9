/** The window's address, `kan-studio://app/`: its files and nothing else, under a strict policy. */
import { protocol } from 'electron'
import { pageFiles } from '../server/page'

const SCHEME = 'kan-studio'
/** Chromium's number for an answer that failed. */
const FAILED = -2
export const PAGE = `${SCHEME}://app/`

/** To be called before the application is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

/**
 * Answers the window's requests from a folder.
 *
 * @throws UserError if the window is not built
 */
export function servePage(folder: string): void {
  const answer = pageFiles(folder, () => '')
  const answerTo = (address: string) => {
    const { host, pathname } = new URL(address)
    return answer(host === 'app' ? pathname : '', host)
  }
  if ('handle' in protocol) {
    protocol.handle(SCHEME, async ({ url }) => {
      const { status, headers, body } = await answerTo(url)
      return new Response(new Uint8Array(body), { status, headers })
    })
    return
  }
  // Electron before 25, which tests may have to use.
  const older = protocol as Electron.Protocol
  older.registerBufferProtocol(SCHEME, ({ url }, callback) => {
    answerTo(url).then(
      ({ status, headers, body }) =>
        callback({ statusCode: status, headers, mimeType: headers['content-type'] ?? '', data: body }),
      () => callback({ error: FAILED }),
    )
  })
}
