/** Everyone who watches the studio: windows, browser pages. Events go to all of them; the newest one sets telemetry's pace. */
import type { DocumentState, StudioEvents } from '../../src-shared/contract/studio'
import type { TelemetryFrame } from '../../src-shared/contract/telemetry'

export interface Page {
  readonly events: Partial<StudioEvents>
}

export class Pages {
  readonly #pages: Page[] = []
  /** The frame that is on its way to the newest page. */
  #pending: number | null = null
  readonly #acknowledge: (sequence: number) => void

  /** @param acknowledge tells the sender of telemetry that a frame was taken */
  constructor(acknowledge: (sequence: number) => void) {
    this.#acknowledge = acknowledge
  }

  add(events: Partial<StudioEvents>): Page {
    const page = { events }
    this.#pages.push(page)
    // The frame under way went to the page that was the newest before: nobody's answer to it counts any more.
    this.#release()
    return page
  }

  remove(page: Page): void {
    const index = this.#pages.indexOf(page)
    if (index < 0) return
    const newest = index === this.#pages.length - 1
    this.#pages.splice(index, 1)
    if (newest) this.#release()
  }

  telemetry(frame: TelemetryFrame): void {
    this.#pending = frame.sequence
    this.tell((events) => events.telemetry?.(frame))
    if (this.#pages.at(-1)?.events.telemetry === undefined) this.#release()
  }

  acknowledge(page: Page, sequence: number): void {
    if (page !== this.#pages.at(-1) || sequence !== this.#pending) return
    this.#release()
  }

  /** Sends an event to all, or to all but the page that caused it and knows already. */
  tell(send: (events: Partial<StudioEvents>) => void, except: Page | null = null): void {
    for (const page of this.#pages) if (page !== except) send(page.events)
  }

  /** Shows the document to everyone but the page that replaced it; asks for it only if somebody wants it. */
  async replaced(document: () => Promise<DocumentState>, except: Page | null): Promise<void> {
    if (!this.#pages.some((page) => page !== except && page.events.documentReplaced)) return
    const state = await document()
    this.tell((events) => events.documentReplaced?.(state), except)
  }

  /** The sender of the frame under way is gone: nobody waits for its acknowledgement. */
  forget(): void {
    this.#pending = null
  }

  #release(): void {
    if (this.#pending === null) return
    const sequence = this.#pending
    this.#pending = null
    this.#acknowledge(sequence)
  }
}
