/** All columns of a wide table in a list: thousands of them, selected as files are. */
import { type KeyboardEvent, useCallback, useRef, useState } from 'react'
import { reveal } from '../../ui/reveal'
import { useScrolled } from '../../ui/use-scrolled'
import { inSight, lengthOf } from '../../ui/window'
import type { Change } from './change'
import type { Column } from './columns'
import { type Role, withRole } from './roles'
import { clicked, type Selection, stepped } from './selection'
import '../grid/list-option.css'
import './column-list.css'

/** In pixels. */
const ROW = 26

interface ColumnListProps {
  readonly columns: readonly Column[]
  readonly shown: readonly number[]
  readonly selection: Selection
  readonly onSelect: (selection: Selection) => void
  readonly onChange: Change
}

const KEYS: Readonly<Record<string, Role>> = { i: 'input', t: 'target', x: 'ignore' }
const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  PageUp: -15,
  PageDown: 15,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
}

export function ColumnList({ columns, shown, selection, onSelect, onChange }: ColumnListProps) {
  const box = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState<string | null>(null)
  const names = shown.map((c) => columns[c]?.name ?? '')
  const sight = useScrolled(
    box,
    useCallback(({ top, height }) => ({ ...inSight(shown.length, ROW, top, height) }), [shown.length]),
  )

  function onKeyDown(event: KeyboardEvent) {
    const role = event.ctrlKey || event.metaKey || event.altKey ? undefined : KEYS[event.key]
    const by = STEPS[event.key]
    if (role && selection.names.size > 0) {
      onChange((draft) => ({ roles: withRole(draft.roles, selection.names, role) }))
    } else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      onSelect({ names: new Set(names), anchor: names[0] ?? null })
    } else if (by !== undefined) {
      const next = stepped(selection, names, current, by, event.shiftKey)
      onSelect(next.selection)
      setCurrent(next.current)
      if (next.current !== null && box.current) reveal(box.current, names.indexOf(next.current), ROW)
    } else return
    event.preventDefault()
  }

  return (
    <div
      ref={box}
      className="column-list"
      role="listbox"
      aria-label="Columns"
      aria-multiselectable
      aria-description="Arrow keys walk, Shift selects a range; I makes inputs, T targets, X ignores."
      aria-activedescendant={current === null ? undefined : optionId(columns.findIndex(({ name }) => name === current))}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: lengthOf(shown.length, ROW), position: 'relative' }}>
        {shown.slice(sight.first, sight.end).map((c, k) => {
          const column = columns[c]
          if (!column) return null
          const { name, role, summary, flags } = column
          const on = selection.names.has(name)
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus
            <div
              key={c}
              id={optionId(c)}
              role="option"
              aria-selected={on}
              className={`list-option column-option ${summary === null ? '' : `as-${role}`} ${on ? 'on' : ''} ${name === current ? 'current' : ''}`}
              style={{ transform: `translateY(${sight.offset + k * ROW}px)`, height: ROW }}
              onClick={(event) => {
                setCurrent(name)
                onSelect(
                  clicked(selection, names, name, { shift: event.shiftKey, mod: event.ctrlKey || event.metaKey }),
                )
              }}
            >
              <i aria-hidden />
              <span className="name" title={name}>
                {name.replace(/\s+/g, ' ')}
              </span>
              {flags.length > 0 || (summary?.missing ?? 0) > 0 ? (
                <span className="sign" title={flags[0]?.advice}>
                  {flags[0]?.label ?? `${summary?.missing} missing`}
                </span>
              ) : null}
              <span className="muted role">{summary === null ? '' : role}</span>
            </div>
          )
        })}
      </div>
    </div>
  )
}

const optionId = (c: number) => `import-column-${c}`
