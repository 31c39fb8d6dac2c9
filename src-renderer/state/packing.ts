/** MessagePack for the browser's WebSocket: typed arrays stay typed arrays, and nothing is evaluated (strict CSP). */
import { Packr } from 'msgpackr/index-no-eval'

const packr = new Packr({ moreTypes: true, structuredClone: true })

export const pack = (message: unknown): Uint8Array<ArrayBuffer> => new Uint8Array(packr.pack(message))
export const unpack = (bytes: Uint8Array): unknown => packr.unpack(bytes)
