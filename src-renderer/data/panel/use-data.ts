/** What is known of the document's columns, asked for anew when its data or its grids are others. */
import { useEffect, useRef, useState } from 'react'
import type { DataColumns, DataColumnView } from '../../../src-shared/contract/data-view'
import { studio, useStudio } from '../../state/studio'

interface Answer<T> {
  readonly value: T | null
  /** Why there is none, in a sentence. */
  readonly problem: string | null
}

/** Milliseconds for which nothing changes before it is asked: a drag of edits is one change. */
const REST = 120

/** A former answer about the same data stays until the next is there. */
function useAnswer<T>(ask: () => Promise<T>, about: string): Answer<T> {
  const data = useStudio((state) => state.document?.dataSummary)
  const revision = useStudio((state) => state.document?.revision)
  const running = useStudio((state) => state.progress.state.type === 'running')
  // While it trains the network changes all the time: what it makes of the rows is looked at when it rests.
  const step = useStudio((state) => (state.progress.state.type === 'running' ? -1 : state.progress.step))
  const [answer, setAnswer] = useState<Answer<T> & { readonly of: unknown; readonly about: string }>({
    value: null,
    problem: null,
    of: null,
    about: '',
  })
  const question = useRef(ask)
  question.current = ask
  useEffect(() => {
    let over = false
    const isOther = answer.of !== data || answer.about !== about
    const timer = window.setTimeout(
      async () => {
        try {
          const value = await question.current()
          if (!over) setAnswer({ value, problem: null, of: data, about })
        } catch (error) {
          const problem = error instanceof Error ? error.message : String(error)
          if (!over) setAnswer({ value: null, problem, of: data, about })
        }
      },
      isOther ? 0 : REST,
    )
    return () => {
      over = true
      window.clearTimeout(timer)
    }
  }, [data, about, revision, running, step])
  return answer.of === data && answer.about === about ? answer : { value: null, problem: null }
}

export const useDataColumns = (target: number): Answer<DataColumns> =>
  useAnswer(() => studio().dataColumns(target), String(target))

export const useDataColumn = (column: number, target: number): Answer<DataColumnView> =>
  useAnswer(() => studio().dataColumn({ column, target }), `${column} ${target}`)
