/** How an installation of the library that an engine needs is told, while it goes on and at its end. */
import type { EngineReport } from './compute'

/** What it is at; `done` of `total` bytes where those are counted, `total` 0 where nobody knows it. */
export interface LibraryDoing {
  readonly what: string
  readonly done?: number
  readonly total?: number
}

export type LibraryEvent =
  | { readonly type: 'doing'; readonly doing: LibraryDoing }
  /** The engines as they are found after it, and why it came to nothing; null where all is well or a person stopped it. */
  | { readonly type: 'ended'; readonly engines: readonly EngineReport[] | null; readonly problem: string | null }
