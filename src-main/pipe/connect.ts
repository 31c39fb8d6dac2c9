/** Both ends of a compute process's pipes: birpc over MessagePack. */
import type { Readable, Writable } from 'node:stream'
import { type BirpcReturn, createBirpc } from 'birpc'
import { Packr, UnpackrStream } from 'msgpackr'
import { fromWire, toWire } from '../../src-shared/contract/wire'

/** A message may hold a large network with its moments; the default of 64 MiB would break the pipe. */
const LARGEST_MESSAGE = 0x7fff_0000

/** Typed arrays stay typed arrays, and `undefined` stays `undefined`; every message stands for itself. */
const packing = { moreTypes: true, structuredClone: true, useRecords: false } as const

/**
 * Calls `Remote` over a pair of streams and serves `local` to the other end.
 *
 * Calls never time out: training and loading take as long as they take. The owner of the streams listens to their
 * errors and ends, and closes what this returns with `$close`.
 */
export function connect<Remote extends object, Local extends object>(
  streams: { readonly input: Readable; readonly output: Writable },
  local: Local,
  events: (keyof Remote)[],
): BirpcReturn<Remote, Local> {
  const { input, output } = streams
  const packr = new Packr(packing)
  const messages = new UnpackrStream({ ...packing, maxIncompleteBufferSize: LARGEST_MESSAGE } as object)
  // A stream that is no MessagePack is a bug of the other end: nothing after it can be read.
  messages.on('error', (error) => input.destroy(error))
  input.pipe(messages)
  return createBirpc<Remote, Local>(local, {
    post: (message: unknown) => {
      if (output.writable) output.write(packr.pack(message))
    },
    on: (receive) => {
      messages.on('data', receive)
    },
    serialize: toWire,
    deserialize: fromWire,
    eventNames: events,
    bind: 'functions',
    timeout: -1,
  })
}
