/** A table of any number of rows and columns: its frame and its head; only what is in sight is drawn. */
import { type ReactNode, type RefObject, useCallback } from 'react'
import { formatCount } from '../../ui/format'
import { useScrolled } from '../../ui/use-scrolled'
import { inSight, lengthOf } from '../../ui/window'
import './grid.css'

/** Of a digit of the rows' numbers, in pixels. */
const DIGIT = 7

export interface GridSize {
  readonly rows: number
  readonly columns: number
  /** Height of a row, width of a column, height of the head, and what is around the rows' numbers, in pixels. */
  readonly row: number
  readonly column: number
  readonly head: number
  readonly around: number
  /** The last columns, which stay in sight at the right. */
  readonly pinned?: number
}

/** What of a grid is in sight: rows `top` to `bottom`, the first drawn at `y`, and columns `left` to `right`, from `x` on. */
interface GridSight {
  /** Width of the column with the rows' numbers. */
  readonly numbers: number
  readonly top: number
  readonly bottom: number
  readonly y: number
  readonly left: number
  readonly right: number
  readonly x: number
}

export function useGridSight(box: RefObject<HTMLElement | null>, size: GridSize): GridSight {
  const { rows, columns, row, column, head, around, pinned = 0 } = size
  const numbers = around + DIGIT * Math.max(3, formatCount(rows).length)
  return useScrolled(
    box,
    useCallback(
      ({ left, top, width, height }) => {
        const down = inSight(rows, row, top, Math.max(0, height - head))
        const across = inSight(columns - pinned, column, left, Math.max(0, width - numbers - pinned * column), 2)
        return {
          numbers,
          top: down.first,
          bottom: down.end,
          y: head + down.offset,
          left: across.first,
          right: across.end,
          x: numbers + across.offset,
        }
      },
      [rows, columns, row, column, head, numbers, pinned],
    ),
  )
}

interface GridProps {
  readonly box: RefObject<HTMLElement | null>
  readonly size: GridSize
  readonly sight: GridSight
  /** What a screen reader calls what scrolls, and the table in it. */
  readonly label: string
  readonly caption: string
  /** Heads of the columns in sight. */
  readonly heads: ReactNode
  /** What stands over the table where it is empty. */
  readonly empty?: ReactNode
  /** A row at a height, in pixels. */
  readonly children: (index: number, y: number) => ReactNode
}

export function Grid({ box, size, sight, label, caption, heads, empty, children }: GridProps) {
  const { rows, columns, row, column, head } = size
  const { numbers, top, bottom, y } = sight
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className="grid" ref={box} tabIndex={0} aria-label={label}>
      {/* biome-ignore lint/a11y/useSemanticElements: only a window of the table is in the page */}
      <div
        role="table"
        aria-label={caption}
        aria-rowcount={rows + 1}
        aria-colcount={columns + 1}
        style={{ width: numbers + lengthOf(columns, column), height: head + lengthOf(rows, row) }}
      >
        {/* biome-ignore lint/a11y/useSemanticElements: see above */}
        {/* biome-ignore lint/a11y/useFocusableInteractive: the row of names is read, not operated */}
        <div className="grid-head" role="row" aria-rowindex={1} style={{ height: head }}>
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
          <div className="grid-corner" role="columnheader" aria-colindex={1} style={{ width: numbers, height: head }}>
            row
          </div>
          {heads}
        </div>
        {Array.from({ length: bottom - top }, (_, k) => children(top + k, y + k * row))}
      </div>
      {empty}
    </section>
  )
}

interface GridRowProps {
  readonly index: number
  /** In pixels: where it is, its height, and the width of its number's column. */
  readonly y: number
  readonly height: number
  readonly numbers: number
  readonly look?: string
  /** What is known of the whole row. */
  readonly title?: string
  /** Stands where its number is. */
  readonly number: ReactNode
  /** Cells in sight. */
  readonly children: ReactNode
}

export function GridRow({ index, y, height, numbers, look = '', title, number, children }: GridRowProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: only a window of the table is in the page
    // biome-ignore lint/a11y/useFocusableInteractive: the table is read, not operated
    <div
      className={`grid-row ${look}`}
      role="row"
      aria-rowindex={index + 2}
      style={{ transform: `translateY(${y}px)`, height }}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: see above */}
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <div className="grid-number num" role="rowheader" aria-colindex={1} title={title} style={{ width: numbers }}>
        {number}
      </div>
      {children}
    </div>
  )
}
