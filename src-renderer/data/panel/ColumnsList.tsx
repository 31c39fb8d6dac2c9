/** Any number of columns: what each is for, what is odd about it, how closely it goes with the target. */
import { TriangleAlert } from 'lucide-react'
import { type KeyboardEvent, useCallback, useRef } from 'react'
import type { DataColumn } from '../../../src-shared/contract/data-view'
import { reveal } from '../../ui/reveal'
import { useScrolled } from '../../ui/use-scrolled'
import { inSight, lengthOf } from '../../ui/window'
import '../grid/list-option.css'
import { formatStrength, mainStrength, odditiesOf, strengthText } from './words'

/** In pixels. */
const ROW = 26

const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -10,
  PageDown: 10,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

interface ColumnsListProps {
  readonly columns: readonly DataColumn[]
  /** Indices of those that are listed, in their order. */
  readonly shown: readonly number[]
  readonly rows: number
  readonly chosen: number
  /** Whether the rank correlation is shown. */
  readonly rank: boolean
  readonly onChoose: (column: number) => void
}

export function ColumnsList({ columns, shown, rows, chosen, rank, onChoose }: ColumnsListProps) {
  const box = useRef<HTMLDivElement>(null)
  const sight = useScrolled(
    box,
    useCallback(({ top, height }) => ({ ...inSight(shown.length, ROW, top, height) }), [shown.length]),
  )

  function onKeyDown(event: KeyboardEvent) {
    const by = STEPS[event.key]
    if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const place = Math.max(0, Math.min(shown.length - 1, shown.indexOf(chosen) + by))
    const next = shown[place]
    if (next === undefined) return
    onChoose(next)
    if (box.current) reveal(box.current, place, ROW)
  }

  return (
    <div
      ref={box}
      className="data-list"
      role="listbox"
      aria-label="Columns of the data"
      aria-activedescendant={shown.includes(chosen) ? optionId(chosen) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {shown.length === 0 ? <p className="data-none">No column is called like this.</p> : null}
      <div role="presentation" style={{ height: lengthOf(shown.length, ROW), position: 'relative' }}>
        {shown.slice(sight.first, sight.end).map((c, k) => {
          const column = columns[c]
          if (!column) return null
          const { name, role, strength } = column
          const [odd] = odditiesOf(column, rows)
          const own = rank && strength.type === 'number' ? strength.rank : mainStrength(strength)
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus
            <div
              key={c}
              id={optionId(c)}
              role="option"
              aria-selected={c === chosen}
              aria-posinset={sight.first + k + 1}
              aria-setsize={shown.length}
              className={`list-option data-option as-${role}${c === chosen ? ' on' : ''}`}
              style={{ transform: `translateY(${sight.offset + k * ROW}px)`, height: ROW }}
              onClick={() => onChoose(c)}
            >
              <i className="use" aria-hidden />
              <span className="name" title={name}>
                {name}
                <span className="unseen">{`, ${role}, ${strengthText(strength)}${odd ? `, ${odd.label}` : ''}`}</span>
              </span>
              {odd ? (
                <span className="odd" title={`${odd.label}: ${odd.advice}`}>
                  <TriangleAlert size={13} aria-hidden strokeWidth={1.8} />
                </span>
              ) : null}
              <Bar value={own} />
              <span className="num" title={strengthText(strength)} aria-hidden>
                {formatStrength(own)}
              </span>
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** From the middle to the left what falls, to the right what rises. */
function Bar({ value }: { value: number | null }) {
  const length = Math.abs(value ?? 0) * 16
  return (
    <svg className="bar" viewBox="0 0 34 8" aria-hidden>
      <path className="axis" d="M17 0v8" />
      <rect
        className={(value ?? 0) < 0 ? 'falls' : ''}
        x={(value ?? 0) < 0 ? 17 - length : 17}
        y={1.5}
        width={length}
        height={5}
      />
    </svg>
  )
}

const optionId = (c: number) => `data-column-${c}`
