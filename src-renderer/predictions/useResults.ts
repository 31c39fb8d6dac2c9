/** What the network predicts on its own rows, asked for as long as somebody looks: live while it trains, of all rows when it stands still. */
import { useEffect, useState } from 'react'
import type { Results } from '../../src-shared/contract/results'
import { studio, useStudio } from '../state/studio'

/** Milliseconds from an answer to the next question while training runs. */
const INTERVAL = 500
/** Part of training's time that answers may take. */
const SHARE = 0.05
/** A network that has just come to rest may still be told of its last step. */
const REST = 120

interface Known {
  readonly results: Results | null
  /** Why there are none, in a sentence. */
  readonly problem: string | null
}

export function useResults(output: number): Known {
  const [known, setKnown] = useState<Known>({ results: null, problem: null })
  useEffect(() => {
    let over = false
    let timer = 0
    let busy = false
    let next = 0
    /** What was answered last: as long as it is the same there is nothing to ask. */
    let answered = ''
    let data: unknown

    function look(): void {
      window.clearTimeout(timer)
      const { document: open, progress } = useStudio.getState()
      if (open && open.dataSummary !== data) {
        // Other rows: the old ones must not be seen as theirs.
        data = open.dataSummary
        answered = ''
        setKnown({ results: null, problem: null })
      }
      if (over || busy || document.hidden || !open?.dataSummary || progress.step === 0) return
      const running = progress.state.type === 'running'
      const now = keyOf(running)
      if (now === answered) return
      const wait = next - performance.now()
      if (wait > 0) timer = window.setTimeout(look, wait)
      else void ask(now, !running)
    }

    async function ask(key: string, whole: boolean): Promise<void> {
      busy = true
      const about = data
      try {
        const results = await studio().results({ output, whole })
        answered = key
        const pause = whole ? REST : Math.max(INTERVAL, (results.milliseconds * (1 - SHARE)) / SHARE)
        next = performance.now() + pause
        if (!over && about === data && results.revision >= (useStudio.getState().document?.revision ?? 0)) {
          setKnown({ results, problem: null })
        }
      } catch (error) {
        answered = key
        next = performance.now() + INTERVAL
        if (!over && about === data)
          setKnown({ results: null, problem: error instanceof Error ? error.message : String(error) })
      }
      busy = false
      if (!over) look()
    }

    look()
    const leave = useStudio.subscribe(look)
    document.addEventListener('visibilitychange', look)
    return () => {
      over = true
      window.clearTimeout(timer)
      leave()
      document.removeEventListener('visibilitychange', look)
    }
  }, [output])
  return known
}

/** Equal for two moments between which nothing has changed that an answer depends on. */
function keyOf(running: boolean): string {
  const { document: open, progress } = useStudio.getState()
  return [open?.revision, progress.step, open?.engine, running].join(' ')
}
