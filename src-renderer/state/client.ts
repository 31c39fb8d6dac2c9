/** The typed line to the studio: Electron's IPC through the preload, or a WebSocket in the browser. */
import { createBirpc } from 'birpc'
import type { StudioCalls, StudioEvents } from '../../src-shared/contract/studio'
import { fromWire, toWire } from '../../src-shared/contract/wire'
import { pack, unpack } from './packing'

/** What the desktop's preload puts on the window. */
interface DesktopBridge {
  send(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
  /** Path of a dropped file, or null where it has none. */
  pathForFile(file: File): string | null
}

declare global {
  interface Window {
    readonly kanStudio?: DesktopBridge
  }
}

/** Calls as the window makes them: every one answers with a promise, and a lost line rejects them. */
export type StudioClient = {
  readonly [Name in keyof StudioCalls]: (
    ...args: Parameters<StudioCalls[Name]>
  ) => Promise<Awaited<ReturnType<StudioCalls[Name]>>>
}

interface Line {
  post(message: unknown): void
  on(listener: (message: unknown) => void): void
}

/**
 * Opens the line. `onLost` is called once when the studio has gone (the browser's door only; the desktop's window
 * cannot outlive its studio).
 */
export async function connect(events: StudioEvents, onLost: () => void): Promise<StudioClient> {
  const bridge = window.kanStudio
  const line: Line = bridge
    ? { post: (message) => bridge.send(message), on: (listener) => bridge.onMessage(listener) }
    : await openSocket(() => {
        client.$close(new Error('The studio has stopped: start it again and reload this page.'))
        onLost()
      })
  const client = createBirpc<StudioCalls, StudioEvents>(events, {
    post: line.post,
    on: line.on,
    serialize: toWire,
    deserialize: fromWire,
    timeout: -1,
  })
  return client
}

async function openSocket(onClose: () => void): Promise<Line> {
  const socket = new WebSocket(`ws://${location.host}/studio`)
  socket.binaryType = 'arraybuffer'
  await new Promise<void>((resolve, reject) => {
    socket.onopen = () => resolve()
    socket.onerror = () =>
      reject(new Error('The studio does not answer: open the address that it printed, token included.'))
  })
  socket.onerror = null
  socket.onclose = onClose
  return {
    post: (message) => socket.send(pack(message)),
    on: (listener) => {
      socket.onmessage = (event) => listener(unpack(new Uint8Array(event.data as ArrayBuffer)))
    },
  }
}
