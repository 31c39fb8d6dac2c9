/** Keeps the recovery copy up with the document: every few seconds while it has changes that are not saved. */
import type { Queue } from './queue'
import type { RecoveryFolder } from './recovery'
import type { Workspace } from './workspace'

const INTERVAL = 4000
/** A copy that takes long to write is written more rarely: it may take this share of the time at most. */
const LARGEST_SHARE = 0.05

export interface RecoveryLoop {
  /** Brings the copy up to date now: writes it if the document is edited, deletes it if not. */
  settle(): Promise<void>
  stop(): void
}

export function keepRecovery(workspace: Workspace, recovery: RecoveryFolder, queue: Queue): RecoveryLoop {
  let kept = { document: workspace.document, moment: '' }
  let timer: NodeJS.Timeout | null = null
  let complaint = ''

  async function settle(): Promise<void> {
    const { document } = workspace
    if (!workspace.edited) {
      kept = { document, moment: '' }
      return recovery.forget()
    }
    // Where the process is gone, what was last seen of it is kept.
    await workspace.look().catch(() => {})
    const { path, data, training, engine } = document
    const { model, revision, step } = document.snapshot
    const moment = JSON.stringify([revision, step, path, data, training, engine])
    if (kept.document === document && kept.moment === moment) return recovery.touch()
    await recovery.keep(model, { name: workspace.name, path, step, data, training, engine })
    kept = { document, moment }
  }

  /** Says why a copy could not be written: once, however often it is tried. */
  function complain(error: Error): void {
    if (error.message !== complaint) workspace.log(`The recovery copy could not be written: ${error.message}`, true)
    complaint = error.message
  }

  async function tick(): Promise<void> {
    const began = performance.now()
    // A call that is under way may be in the middle of replacing the document: then it is the next turn's.
    if (queue.idle) {
      await queue.run(settle).then(() => {
        complaint = ''
      }, complain)
    }
    schedule(Math.max(INTERVAL, (performance.now() - began) / LARGEST_SHARE))
  }

  function schedule(delay: number): void {
    if (stopped) return
    timer = setTimeout(tick, delay)
    timer.unref()
  }

  let stopped = false
  schedule(INTERVAL)
  return {
    settle,
    stop() {
      stopped = true
      if (timer) clearTimeout(timer)
    },
  }
}
