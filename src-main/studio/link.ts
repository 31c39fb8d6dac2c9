/** The studio's end of the line to one window or page: typed calls and events over whatever carries messages. */
import { createBirpc } from 'birpc'
import { z } from 'zod'
import type { StudioCalls, StudioEvents } from '../../src-shared/contract/studio'
import { fromWire, toWire } from '../../src-shared/contract/wire'
import { isUserError } from '../../src-shared/user-error'
import type { Studio } from './studio'

export interface Link {
  /** Takes a message of the page. One that is no call is ignored: events are not answered. */
  receive(message: unknown): void
  /** Runs an action of the page, by its id. */
  command(id: string): void
  close(): void
}

const callSchema = z.looseObject({ t: z.literal('q'), m: z.string(), a: z.array(z.unknown()) })

const EVENTS = [
  'telemetry',
  'ended',
  'documentChanged',
  'documentReplaced',
  'dataRead',
  'computeLost',
  'command',
  'log',
  'reading',
  'benchmark',
  'race',
  'library',
] as const satisfies readonly (keyof StudioEvents)[]

/** @param post sends a message to the page; must not throw, whatever became of the page */
export function linkTo(studio: Studio, post: (message: unknown) => void): Link {
  let listener: (message: unknown) => void = () => {}
  const connection = studio.connect({
    telemetry: (frame) => void page.telemetry(frame),
    ended: (result) => void page.ended(result),
    documentChanged: (change) => void page.documentChanged(change),
    documentReplaced: (document) => void page.documentReplaced(document),
    dataRead: (data) => void page.dataRead(data),
    computeLost: (message) => void page.computeLost(message),
    log: (line, warning) => void page.log(line, warning),
    reading: (share) => void page.reading(share),
    benchmark: (event) => void page.benchmark(event),
    race: (event) => void page.race(event),
    library: (event) => void page.library(event),
  })
  const page = createBirpc<StudioEvents, StudioCalls>(connection.calls, {
    post,
    on: (receive) => {
      listener = receive
    },
    serialize: toWire,
    deserialize: fromWire,
    eventNames: [...EVENTS],
    timeout: -1,
    onFunctionError(error) {
      // A fault of ours is for the terminal too, with its stack; a UserError is for the person alone.
      if (!isUserError(error)) console.error(error)
    },
  })
  return {
    receive(message) {
      if (callSchema.safeParse(message).success) listener(message)
    },
    command: (id) => void page.command(id),
    close() {
      connection.close()
      page.$close()
    },
  }
}
