/** The bar above the network that prunes by a threshold: what would go, what it would cost, and until when. */
import './prune.css'
import { X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { ActionButton } from '../app/ActionButton'
import { compact, weightOf } from '../app/actions/prune'
import { networkHandle } from '../state/network-handle'
import { live, useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { useLive } from '../state/useLive'
import { Button } from '../ui/Button'
import { NumberField } from '../ui/fields'
import { counted, formatValue } from '../ui/format'
import { PruneNotes } from './PruneNotes'
import { positionOf, STEPS, thresholdAt } from './scale'
import {
  closePruneBar,
  pruneNow,
  searchThreshold,
  setConvention,
  setLimit,
  setRule,
  stopSearch,
  usePrune,
} from './state'
import { costWords, goneWords, pruneWords } from './words'

export function PruneBar() {
  const open = useUi((state) => state.pruneOpen)
  return open ? <OpenBar /> : null
}

function close(): void {
  closePruneBar()
  networkHandle.current?.focus()
}

function OpenBar() {
  const bar = useRef<HTMLFieldSetElement>(null)
  useRoom(bar)
  useEscape()
  return (
    <fieldset
      ref={bar}
      className="prune-bar"
      aria-label="Prune by a threshold"
      onKeyDown={onKey}
      onContextMenu={(event) => event.stopPropagation()}
    >
      <div className="prune-rows">
        <WhatGoes />
        <WhatItCosts />
      </div>
      <PruneNotes />
    </fieldset>
  )
}

/** Enter on the slider, or in a number that was not touched, prunes. */
function onKey(event: KeyboardEvent): void {
  const { target, key } = event
  if (key !== 'Enter' || !(target instanceof HTMLInputElement)) return
  if (target.type !== 'range' && target.dataset.untouched === undefined) return
  event.preventDefault()
  void pruneNow()
}

function WhatGoes() {
  const { rule, range, pruning } = usePrune()
  const convention = useLive(() => live.convention)
  const slider = useRef<HTMLInputElement>(null)
  useEffect(() => slider.current?.focus(), [])
  const position = range === null ? 0 : positionOf(range, rule.threshold)
  useEffect(() => slider.current?.style.setProperty('--part', String(position / STEPS)), [position])
  const count = pruning?.edges ?? 0
  return (
    <div className="prune-row">
      <span className="prune-phrase">
        <strong>Prune</strong>
        <select
          className="select"
          aria-label="What is pruned"
          value={rule.what}
          onChange={(event) => setRule({ what: event.target.value === 'nodes' ? 'nodes' : 'edges' })}
        >
          <option value="edges">edges</option>
          <option value="nodes">nodes</option>
        </select>
        <span className="prune-joint">with</span>
        <select
          className="select"
          aria-label="Score"
          value={convention}
          onChange={(event) => setConvention(event.target.value === 'attribution' ? 'attribution' : 'l1')}
        >
          <option value="l1">L1 score</option>
          <option value="attribution">attribution</option>
        </select>
        <span className="prune-joint">up to</span>
      </span>
      <input
        ref={slider}
        className="prune-slider"
        type="range"
        aria-label="Threshold"
        aria-valuetext={`${formatValue(rule.threshold)}${pruning === null ? '' : `, ${goneWords(pruning)}`}`}
        min={0}
        max={STEPS}
        step={1}
        disabled={range === null}
        value={position}
        onChange={(event) => {
          if (range !== null) setRule({ threshold: thresholdAt(range, event.target.valueAsNumber) })
        }}
      />
      <div className="prune-number">
        <NumberField
          label="Threshold as a number"
          min={0}
          value={Number(rule.threshold.toPrecision(4))}
          onChange={(threshold) => setRule({ threshold: threshold ?? 0 })}
        />
      </div>
      <span className="prune-end">
        <Button
          look="primary"
          label={pruneWords(count)}
          hint="One step of undo. The curves that stay are as they were."
          shortcut="Enter"
          whyNot={count === 0 ? 'No edge is that weak.' : null}
          onClick={() => void pruneNow()}
        />
        <Button iconOnly icon={X} label="Close" shortcut="Esc" onClick={close} />
      </span>
    </div>
  )
}

function WhatItCosts() {
  const { pruning, loss, stale, problem, limit, searched } = usePrune()
  const specification = useStudio((state) => state.document?.specification)
  const weight = specification ? weightOf(specification) : null
  const cost = loss === null || pruning?.edges === 0 ? null : costWords(loss)
  return (
    <div className="prune-row">
      <p className="prune-words">
        <span>{pruning === null ? 'No scores are known.' : goneWords(pruning)}</span>
        {cost === null ? null : (
          <span title={cost.rows} data-stale={stale ? '' : undefined}>
            {cost.name} <b>{cost.before}</b> → <b>{cost.after}</b> <span className="muted">{cost.short}</span>
          </span>
        )}
        {cost === null && problem !== null ? <span className="muted">{problem}</span> : null}
      </p>
      <span className="prune-end">
        <span className="prune-until">
          <NumberField
            label="Until loss rises by"
            hint="Looks for the threshold up to which the loss keeps to this: on validation rows, where there are any."
            min={0}
            value={limit}
            onChange={(percent) => setLimit(percent ?? 5)}
          />
          <span aria-hidden>%</span>
          {searched === null ? (
            <Button look="outlined" label="Find" onClick={() => void searchThreshold()} />
          ) : (
            <>
              <progress aria-label="Search" max={1} value={searched} />
              <Button look="outlined" label="Stop" onClick={stopSearch} />
            </>
          )}
        </span>
        {weight === null ? null : (
          <ActionButton
            action={compact}
            look="outlined"
            label={weight === 0 ? 'Compact' : `Compact by ${counted(weight, 'node')}`}
          />
        )}
      </span>
    </div>
  )
}

/** Makes room above the network. It is not taken back while notes come and go: the network would jump. */
function useRoom(bar: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const { current } = bar
    const area = current?.closest<HTMLElement>('.network-area')
    if (!current || !area) return
    let most = { width: 0, room: 0 }
    const observer = new ResizeObserver(() => {
      const { height } = current.getBoundingClientRect()
      const width = area.clientWidth
      most = { width, room: Math.max(height + 18, width === most.width ? most.room : 0) }
      area.style.setProperty('--prune-room', `${most.room}px`)
    })
    observer.observe(current)
    return () => {
      observer.disconnect()
      area.style.removeProperty('--prune-room')
    }
  }, [bar])
}

/** Escape closes the bar from anywhere, unless it means something else there. */
function useEscape(): void {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const { target, key, defaultPrevented } = event
      if (key !== 'Escape' || defaultPrevented || useUi.getState().dialog !== null) return
      const typed =
        target instanceof HTMLInputElement && target.type !== 'range' && target.dataset.untouched === undefined
      const popup =
        target instanceof Element && target.closest('[role="menu"], [role="listbox"], [role="dialog"]') !== null
      if (!typed && !popup) close()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
