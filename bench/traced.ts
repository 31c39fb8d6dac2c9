/** How much script does a stretch of the real page run in a frame? By a trace of Chromium, in processor time of its main thread. */
import type { Browser, Page } from '@playwright/test'
import { quantileSorted } from 'd3'

/** Of an event of a trace, in microseconds. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur?: number
  /** Time that the thread was on a processor. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** Milliseconds of the frames in which a script ran. */
export interface FrameTimes {
  readonly frames: number
  readonly median: number
  readonly p95: number
  readonly longest: number
}

const FRAME = 'FireAnimationFrame'
/** What runs scripts, and what cleans up behind them. */
const SCRIPTS = new Set([
  FRAME,
  'FunctionCall',
  'EvaluateScript',
  'v8.run',
  'EventDispatch',
  'TimerFire',
  'RunMicrotasks',
  'FireIdleCallback',
  'MinorGC',
  'MajorGC',
])
const CATEGORIES = ['devtools.timeline', 'v8', 'devtools.timeline.frame', '__metadata']

/** Does something on a page, and tells how much script its frames ran: each from the last frame's drawing to its own. */
export async function traced(browser: Browser, page: Page, act: () => Promise<void>): Promise<FrameTimes> {
  await browser.startTracing(page, { categories: CATEGORIES })
  await act()
  const text = (await browser.stopTracing()).toString('utf8')
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: readonly TraceEvent[] }
  return framesOf(traceEvents)
}

function framesOf(events: readonly TraceEvent[]): FrameTimes {
  // The page's thread is the one that draws frames.
  const main = events.find(({ name }) => name === FRAME)
  const scripts = events
    .filter(({ ph, name, pid, tid }) => ph === 'X' && pid === main?.pid && tid === main.tid && SCRIPTS.has(name))
    .toSorted((a, b) => a.ts - b.ts || (b.dur ?? 0) - (a.dur ?? 0))
  const frames: number[] = []
  let frame = 0
  let drawn = false
  let end = 0
  for (const { name, ts, dur = 0, tdur = dur } of scripts) {
    // Inside of what was counted already.
    if (ts < end) continue
    // Whatever else a frame calls follows its first call at once.
    if (drawn && (name !== FRAME || ts > end + 2000)) {
      frames.push(frame / 1000)
      frame = 0
      drawn = false
    }
    frame += tdur
    end = ts + dur
    drawn ||= name === FRAME
  }
  if (drawn) frames.push(frame / 1000)
  const sorted = frames.toSorted((a, b) => a - b)
  const at = (part: number) => quantileSorted(sorted, part) ?? 0
  return { frames: frames.length, median: at(0.5), p95: at(0.95), longest: at(1) }
}
