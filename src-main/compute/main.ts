/** The compute process: a session behind the pipes of whoever started it. */
import type { ComputeCalls, ComputeEvents } from '../../src-shared/contract/compute'
import { connect } from '../pipe/connect'
import { createPause } from '../pipe/passing'
import { tellReading } from './data/layout/scan-file'
import { Session } from './session'
import { systemClock } from './training/clock'

/** Time to write a last checkpoint when the other end is gone. */
const FAREWELL = 2500

// Standard output carries frames: what anything else prints must not get between them.
console.log = console.error
console.info = console.error
console.debug = console.error

// Ctrl+C reaches every process of a terminal: the parent decides what it means.
process.on('SIGINT', () => undefined)
process.on('SIGHUP', () => undefined)

const events: ComputeEvents = {
  telemetry: (frame) => send(() => remote.telemetry(frame)),
  ended: (result) => send(() => remote.ended(result)),
  checkpoint: (saved) => send(() => remote.checkpoint(saved)),
  log: (line, warning) => send(() => remote.log(line, warning)),
  reading: (share) => send(() => remote.reading(share)),
}
const session = new Session(events, systemClock, createPause(process.stdin, process.stdout))
const remote = connect<ComputeEvents, ComputeCalls>({ input: process.stdin, output: process.stdout }, session, [
  'telemetry',
  'ended',
  'checkpoint',
  'log',
  'reading',
])
tellReading(events.reading)

process.stdin.on('end', leave)
process.stdin.on('error', leave)
process.stdout.on('error', leave)

/** An event that nobody can hear any more is lost, and no fault. */
function send(event: () => Promise<void>): void {
  event().catch(() => undefined)
}

let leaving = false
function leave(): void {
  if (leaving) return
  leaving = true
  setTimeout(() => process.exit(0), FAREWELL)
  session.close().finally(() => process.exit(0))
}
