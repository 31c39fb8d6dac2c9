/** The values of a category in the order of their inputs, to be changed by drag or keys. */
import { type KeyboardEvent, useRef } from 'react'
import type { ColumnSummary } from '../../../src-shared/contract/data'
import type { ColumnUse } from '../../../src-shared/contract/job'
import { Button } from '../../ui/Button'
import { moved, orderedValues } from './value-order'

interface ValueOrderProps {
  readonly summary: ColumnSummary
  readonly use: ColumnUse
  readonly onOrder: (values: string[] | undefined) => void
}

export function ValueOrder({ summary, use, onOrder }: ValueOrderProps) {
  const dragged = useRef<number | null>(null)
  const values = orderedValues(summary, use)
  if (values === null || values.length < 2) return null
  const press = (event: KeyboardEvent, from: number) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
    event.preventDefault()
    event.stopPropagation()
    const to = from + (event.key === 'ArrowUp' ? -1 : 1)
    if (to < 0 || to >= values.length) return
    onOrder(moved(values, from, to))
  }
  return (
    <>
      <div className="row">
        <span className="grow wrap muted">Drag a value, or press Alt+↑ or Alt+↓ on it, to change the order.</span>
        {use.values === undefined ? null : <Button label="Order by value" onClick={() => onOrder(undefined)} />}
      </div>
      <ol className="values value-order" aria-label="Order of the inputs">
        {values.map((text, place) => (
          <li key={text}>
            <button
              type="button"
              draggable
              title={text}
              aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown"
              onKeyDown={(event) => press(event, place)}
              onDragStart={(event) => {
                dragged.current = place
                event.dataTransfer.effectAllowed = 'move'
                event.dataTransfer.setData('text/plain', text)
              }}
              onDragOver={(event) => {
                if (dragged.current !== null) event.preventDefault()
              }}
              onDrop={(event) => {
                event.preventDefault()
                event.stopPropagation()
                if (dragged.current !== null && dragged.current !== place)
                  onOrder(moved(values, dragged.current, place))
                dragged.current = null
              }}
              onDragEnd={() => {
                dragged.current = null
              }}
            >
              <span className="num muted">{place + 1}</span>
              <span className="grow">{text}</span>
            </button>
          </li>
        ))}
      </ol>
    </>
  )
}
