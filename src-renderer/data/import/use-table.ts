/** A file's table as it is understood by some options: the first rows at once, the whole of it behind them. */
import { useEffect, useRef, useState } from 'react'
import type { TablePreview, TableSummary } from '../../../src-shared/contract/data'
import type { ReadOptions } from '../../../src-shared/contract/job'
import { studio } from '../../state/studio'

interface Table {
  readonly preview: TablePreview
  /** Of the whole file; null until it was read once. */
  readonly summary: TableSummary | null
  /** Whether the summary is of the same options as the preview. */
  readonly settled: boolean
  /** Why the file cannot be read like this. */
  readonly problem: string | null
}

/** Answers to former options are dropped: only the newest question counts. */
export function useTable(file: string, read: ReadOptions, first: TablePreview): Table {
  const [table, setTable] = useState<Table>({ preview: first, summary: null, settled: false, problem: null })
  const question = useRef(0)
  const begun = useRef(read)
  useEffect(() => {
    const mine = ++question.current
    const still = (change: (before: Table) => Table) => {
      if (question.current === mine) setTable(change)
    }
    setTable((before) => ({ ...before, settled: false, problem: null }))
    const failed = (error: unknown) =>
      still((before) => ({ ...before, problem: error instanceof Error ? error.message : String(error) }))
    async function ask() {
      try {
        const preview = read === begun.current ? first : await studio().previewTable(file, read)
        still((before) => ({ ...before, preview }))
        if (question.current !== mine) return
        const summary = await studio().inspectTable(file, read)
        still((before) => ({ ...before, summary, settled: true }))
      } catch (error) {
        failed(error)
      }
    }
    void ask()
    return () => {
      question.current++
    }
  }, [file, read, first])
  return table
}
