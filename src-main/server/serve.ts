/** `kan-studio serve`: the studio in a browser, on the loopback interface, for whoever has the token. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Packr } from 'msgpackr'
import { type WebSocket, WebSocketServer } from 'ws'
import { UPLOAD_LIMIT } from '../../src-shared/contract/studio'
import { UserError } from '../../src-shared/user-error'
import { stateFolder } from '../files/state-folder'
import { localInstaller } from '../library/install'
import { linkTo } from '../studio/link'
import type { StartCompute } from '../studio/session'
import { createStudio, type Studio } from '../studio/studio'
import { createAccess } from './access'
import { openBrowser } from './browser'
import { type Answer, pageFiles, sentencePage } from './page'

export interface ServeOptions {
  readonly version: string
  /** null takes 4590, or the next one that is free. */
  readonly port: number | null
  /** The studio's folder: nothing outside it can be reached from the page. */
  readonly folder: string
  /** A `.kan` to open at first, by its absolute path, wherever it lies. */
  readonly file?: string | null
  /** Whether to open the page in the person's browser. */
  readonly open: boolean
  /** Folder of the built window. */
  readonly renderer: string
  readonly startCompute: StartCompute
  /** Whether the page may have commands run, as peers of a benchmark. */
  readonly allowPeers?: boolean
  /** Whether the page may install the library of an engine. */
  readonly allowInstall?: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

export interface Served {
  /** Where the studio is, token included. */
  readonly address: string
  /** Ends the server, training and the compute process; unsaved changes are offered at the next start. */
  close(): Promise<void>
}

const FIRST_PORT = 4590
const PORTS_TRIED = 20
/** A page that takes so little of what it is sent is cut off; it can be opened again. */
const MOST_BUFFERED = 64 * 2 ** 20

/** Throws UserError if the port is taken, the window is not built, or the studio cannot start. */
export async function serve(options: ServeOptions): Promise<Served> {
  const answer = pageFiles(options.renderer, (host) => `ws://${host}`)
  const access = createAccess(() => port)
  const server = createServer((request, response) => {
    respond(request).then(
      (answered) => send(response, answered, request.method === 'HEAD'),
      (error) => {
        console.error(error)
        send(response, sentencePage(500, 'Something went wrong in the studio; the terminal says what.'), false)
      },
    )
  })

  async function respond(request: IncomingMessage): Promise<Answer> {
    const refusal = access.refusal(request)
    if (refusal) return sentencePage(refusal.status, refusal.sentence)
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return sentencePage(405, 'Only reading is possible here.')
    const [path = '/'] = (request.url ?? '/').split('?')
    if (path === '/' && access.bringsToken(request)) {
      // The token goes into a cookie that no script can read, and out of the address bar.
      const { headers, body } = sentencePage(303, '<a href="/">Go on to the studio.</a>')
      return { status: 303, headers: { ...headers, location: '/', 'set-cookie': access.cookie }, body }
    }
    return answer(path, request.headers.host ?? '')
  }

  const port = await listen(server, options.port)
  let studio: Studio
  try {
    studio = await createStudio({
      version: options.version,
      folder: options.folder,
      stateFolder: stateFolder(options.env),
      dialogs: null,
      startCompute: options.startCompute,
      allowPeers: options.allowPeers ?? false,
      installer: options.allowInstall ? localInstaller(options.env, process.execPath) : null,
      file: options.file ?? null,
    })
  } catch (error) {
    server.close()
    throw error
  }

  const sockets = new WebSocketServer({ noServer: true, maxPayload: UPLOAD_LIMIT + 2 ** 20, perMessageDeflate: false })
  server.on('upgrade', (request, socket, head) => {
    const refusal = access.refusal(request)
    if (refusal === null && (request.url ?? '').split('?')[0] === '/studio') {
      sockets.handleUpgrade(request, socket, head, (page) => connect(page, studio))
      return
    }
    socket.on('error', () => {})
    socket.end(`HTTP/1.1 ${refusal?.status ?? 404} Refused\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`)
  })

  const address = `http://127.0.0.1:${port}/?token=${access.token}`
  if (options.open) openBrowser(address)
  return {
    address,
    async close() {
      server.close()
      for (const page of sockets.clients) page.terminate()
      server.closeAllConnections()
      await studio.close('keep')
    },
  }
}

/** One page's line: MessagePack over its socket. */
function connect(socket: WebSocket, studio: Studio): void {
  const packr = new Packr({ moreTypes: true, structuredClone: true })
  const link = linkTo(studio, (message) => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > MOST_BUFFERED) socket.terminate()
    else socket.send(packr.pack(message))
  })
  socket.on('message', (data: Buffer, isBinary) => {
    try {
      if (isBinary) return link.receive(packr.unpack(data))
    } catch {
      // Bytes that are no MessagePack: not our page.
    }
    socket.close(1003)
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => link.close())
}

function send(response: ServerResponse, { status, headers, body }: Answer, headOnly: boolean): void {
  response.writeHead(status, { ...headers, 'content-length': body.length })
  response.end(headOnly ? undefined : body)
}

/** Listens on the port asked for, else on the first free one from 4590 on. Returns the port. */
async function listen(server: Server, wanted: number | null): Promise<number> {
  const candidates = wanted === null ? [...Array.from({ length: PORTS_TRIED }, (_, i) => FIRST_PORT + i), 0] : [wanted]
  for (const candidate of candidates) {
    const error = await tryListen(server, candidate)
    if (error === null) return (server.address() as AddressInfo).port
    if (error.code !== 'EADDRINUSE' || wanted !== null) throw refusedPort(candidate, error)
  }
  throw new UserError('No port is free on this machine; name one with --port.')
}

function tryListen(server: Server, port: number): Promise<NodeJS.ErrnoException | null> {
  return new Promise((resolve) => {
    const failed = (error: NodeJS.ErrnoException) => resolve(error)
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', failed)
      resolve(null)
    })
  })
}

function refusedPort(port: number, error: NodeJS.ErrnoException): UserError {
  if (error.code === 'EADDRINUSE') {
    return new UserError(`Port ${port} is in use by another program; choose another with --port.`, { cause: error })
  }
  const reason = error.code === 'EACCES' ? 'this user may not use it' : (error.code ?? error.message)
  return new UserError(`Port ${port} cannot be used (${reason}); choose another with --port.`, { cause: error })
}
