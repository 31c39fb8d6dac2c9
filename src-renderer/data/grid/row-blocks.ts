/** Rows of a table at any place, fetched as they come into sight. */
import { useEffect, useMemo, useState } from 'react'

/** Cells that are fetched at a time, and blocks of rows that are kept. */
const CELLS = 20_000
const KEPT = 40
/** Milliseconds that rows stay in sight before they are asked for. */
const REST = 40

/**
 * Rows of one table.
 *
 * @param size  rows of a block
 * @param fetch asks for rows
 */
export class RowBlocks<T> {
  readonly #blocks = new Map<number, readonly T[] | 'asked'>()
  readonly #size: number
  readonly #fetch: (from: number, count: number) => Promise<readonly T[]>

  constructor(size: number, fetch: (from: number, count: number) => Promise<readonly T[]>) {
    this.#size = size
    this.#fetch = fetch
  }

  /** A row, or null where it is not there yet. */
  row(index: number): T | null {
    const block = this.#blocks.get(Math.floor(index / this.#size))
    return block === undefined || block === 'asked' ? null : (block[index % this.#size] ?? null)
  }

  /** Asks for rows that are not there; the oldest go where there are too many. A refusal is asked again next time. */
  async want(first: number, end: number, changed: () => void): Promise<void> {
    const missing: number[] = []
    for (let block = Math.floor(first / this.#size); block * this.#size < end; block++)
      if (!this.#blocks.has(block)) missing.push(block)
    for (const block of missing) this.#blocks.set(block, 'asked')
    await Promise.all(
      missing.map(async (block) => {
        try {
          this.#blocks.set(block, await this.#fetch(block * this.#size, this.#size))
          this.#forget()
          changed()
        } catch {
          this.#blocks.delete(block)
        }
      }),
    )
  }

  #forget(): void {
    const [oldest] = this.#blocks.keys()
    if (this.#blocks.size > KEPT && oldest !== undefined) this.#blocks.delete(oldest)
  }
}

/**
 * Rows of a long table by their index, null until they are there. What only rushes by is not asked for.
 *
 * @param fetch   asks for rows; another function is another table
 * @param columns of the table
 * @param first   the first row that is wanted
 * @param end     the row after the last
 */
export function useRowBlocks<T>(
  fetch: (from: number, count: number) => Promise<readonly T[]>,
  columns: number,
  first: number,
  end: number,
): (index: number) => T | null {
  const size = Math.max(10, Math.min(200, Math.floor(CELLS / Math.max(1, columns))))
  const blocks = useMemo(() => new RowBlocks(size, fetch), [fetch, size])
  const [, setVersion] = useState(0)
  useEffect(() => {
    if (first >= end) return
    const timer = window.setTimeout(
      () => void blocks.want(first, end, () => setVersion((version) => version + 1)),
      REST,
    )
    return () => window.clearTimeout(timer)
  }, [blocks, first, end])
  return (index) => blocks.row(index)
}
