/** How many nodes a layer has, in its header: one more, one fewer, a turn of the wheel, or a number that is typed. */
import { Minus, Plus } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useDesign } from '../design/plan'
import { nudgeWidth, setWidth, widthOf } from '../design/widen'

interface HeaderWidthProps {
  readonly layer: number
  readonly nodes: number
  /** Whether the layer is not the last, whose nodes are the outputs. */
  readonly hidden: boolean
}

export function HeaderWidth({ layer, nodes: now, hidden }: HeaderWidthProps) {
  const planned = useDesign(({ plan }) => (plan?.type === 'width' && plan.layer === layer ? plan.nodes : null))
  const [typing, setTyping] = useState(false)
  const whole = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const element = whole.current?.closest<HTMLElement>('.network-header')
    if (!element || !hidden) return
    let turned = 0
    const onWheel = (event: WheelEvent) => {
      if (event.ctrlKey) return
      event.preventDefault()
      event.stopPropagation()
      turned -= event.deltaMode === 0 ? event.deltaY / WHEEL_STEP : Math.sign(event.deltaY)
      const by = Math.trunc(turned)
      turned -= by
      if (by !== 0) nudgeWidth(layer, by)
    }
    // React's own listeners could not keep the wheel from zooming.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [layer, hidden])

  const nodes = planned ?? now
  const unit = <span className="network-unit"> {nodes === 1 ? 'node' : 'nodes'}</span>
  if (!hidden) {
    return (
      <span>
        {nodes}
        {unit}
      </span>
    )
  }
  const name = `layer ${layer + 1}`
  const step = (by: 1 | -1) => setWidth(layer, (widthOf(layer) ?? nodes) + by)
  return (
    <span ref={whole} className={planned === null ? 'network-width' : 'network-width planned'}>
      <button
        type="button"
        className="network-step"
        aria-label={`Fewer nodes in ${name}`}
        title="One node fewer"
        disabled={nodes <= 1}
        onClick={() => step(-1)}
      >
        <Minus aria-hidden="true" />
      </button>
      {typing ? (
        <Field name={name} nodes={nodes} onNodes={(typed) => setWidth(layer, typed)} onClose={() => setTyping(false)} />
      ) : (
        <button
          type="button"
          className="network-count"
          aria-label={`${nodes} ${nodes === 1 ? 'node' : 'nodes'} in ${name}: type another number`}
          title="Click to type a number, or turn the wheel"
          onClick={() => setTyping(true)}
        >
          {nodes}
          {unit}
        </button>
      )}
      <button
        type="button"
        className="network-step"
        aria-label={`More nodes in ${name}`}
        title="One node more"
        onClick={() => step(1)}
      >
        <Plus aria-hidden="true" />
      </button>
    </span>
  )
}

/** Pixels of a wheel that count for one node: a notch of a mouse's wheel is about a hundred. */
const WHEEL_STEP = 60

interface FieldProps {
  readonly name: string
  readonly nodes: number
  onNodes(nodes: number): void
  onClose(): void
}

function Field({ name, nodes, onNodes, onClose }: FieldProps) {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.select(), [])
  const typed = () => Number(field.current?.value.trim() || Number.NaN)
  const [invalid, setInvalid] = useState(false)
  const isWidth = (value: number) => Number.isSafeInteger(value) && value >= 1
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape') {
      event.stopPropagation()
      onClose()
    } else if (event.key === 'Enter') {
      if (!isWidth(typed())) return setInvalid(true)
      onNodes(typed())
      onClose()
    }
  }
  return (
    <input
      ref={field}
      className="network-field"
      inputMode="numeric"
      defaultValue={nodes}
      aria-label={`Nodes of ${name}`}
      aria-invalid={invalid}
      onChange={() => setInvalid(!isWidth(typed()))}
      onKeyDown={onKeyDown}
      onBlur={() => {
        if (isWidth(typed()) && typed() !== nodes) onNodes(typed())
        onClose()
      }}
    />
  )
}
