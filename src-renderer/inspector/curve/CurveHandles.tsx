/** Points of a curve that can be dragged up and down, or moved by the arrow keys. */
import type { ScaleLinear } from 'd3'
import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import type { ShapePoint } from '../../../src-shared/kan/edits/edit'
import { formatValue } from '../../ui/format'
import { movedHandle } from './shaping'

interface CurveHandlesProps {
  readonly handles: readonly number[]
  /** The curve's height at a place. */
  at(x: number): number
  readonly x: ScaleLinear<number, number>
  readonly y: ScaleLinear<number, number>
  onTake(): void
  /** @param stroke what all changes of one drag have in common */
  onShape(points: readonly ShapePoint[], stroke: string): void
  onLetGo(): void
}

/** Part of the plot's height that an arrow key moves a point; with Shift ten times as far. */
const KEY = 0.01

interface Drag {
  readonly handle: number
  readonly y: number
  readonly stroke: string
}

export function CurveHandles({ handles, at, x, y, onTake, onShape, onLetGo }: CurveHandlesProps) {
  const [drag, setDrag] = useState<Drag | null>(null)
  const [high = 0, low = 0] = [y.domain()[1], y.domain()[0]]

  const move = (next: Drag) => {
    if (next.y === drag?.y) return
    setDrag(next)
    onShape(movedHandle(handles, next.handle, next.y), next.stroke)
  }
  const heightAt = (event: PointerEvent<SVGElement>) => {
    const top = event.currentTarget.ownerSVGElement?.getBoundingClientRect().top ?? 0
    return y.invert(event.clientY - top)
  }
  const letGo = () => {
    setDrag(null)
    onLetGo()
  }
  const byKey = (event: KeyboardEvent, handle: number, value: number) => {
    const way = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0
    if (way === 0) return
    event.preventDefault()
    event.stopPropagation()
    const far = (event.shiftKey ? 10 : 1) * KEY * (high - low)
    // Keys in a row at one point are one step of undo, as long as it has the focus.
    const { stroke = '' } = (event.currentTarget as SVGElement).dataset
    onShape(movedHandle(handles, handle, value + way * far), stroke)
  }

  return (
    <svg className="curve-handles" aria-label="Points of the curve">
      {handles.map((place, handle) => {
        const value = drag?.handle === handle ? drag.y : at(place)
        if (!Number.isFinite(value)) return null
        return (
          <circle
            key={handle}
            className={`curve-handle ${drag?.handle === handle ? 'on' : ''}`}
            cx={x(place)}
            cy={y(value)}
            r={5}
            role="slider"
            tabIndex={0}
            aria-orientation="vertical"
            aria-label={`φ at ${formatValue(place)}`}
            aria-valuenow={value}
            aria-valuetext={formatValue(value)}
            onFocus={(event) => {
              event.currentTarget.dataset.stroke = crypto.randomUUID()
            }}
            onKeyDown={(event) => byKey(event, handle, value)}
            onPointerDown={(event) => {
              if (event.button !== 0) return
              event.currentTarget.setPointerCapture(event.pointerId)
              onTake()
              setDrag({ handle, y: value, stroke: crypto.randomUUID() })
            }}
            onPointerMove={(event) => drag?.handle === handle && move({ ...drag, y: heightAt(event) })}
            onPointerUp={letGo}
            onPointerCancel={letGo}
          />
        )
      })}
    </svg>
  )
}
