/** A door of the studio as a test uses it: the same suite runs through both. */
import type { Page } from '@playwright/test'

export interface Door {
  readonly name: 'browser' | 'desktop'
  readonly page: Page
  /** Process id of the studio (the parent of the compute process). */
  readonly pid: number
  /** What the next native file dialog answers; the browser has none. */
  answerFileDialog(path: string): Promise<void>
  /** Ends it as a person does. */
  close(): Promise<void>
  /** Ends it as a power cut does. */
  kill(): Promise<void>
}

export interface Place {
  /** The studio's folder. */
  readonly folder: string
  /** Where settings and recovery copies live. */
  readonly state: string
  /** Of the studio's process, beside the test's own. */
  readonly environment?: Readonly<Record<string, string>>
  /** What `serve` is given too; the desktop takes none. */
  readonly flags?: readonly string[]
}
