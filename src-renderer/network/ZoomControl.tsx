/** The zoom control at the lower right: − 100 % + Fit. */
import { Minus, Plus } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { Hint } from '../ui/Hint'
import type { ZoomLevel } from './zoom-level'

interface ZoomControlProps {
  level: ZoomLevel
  onFit(): void
  onZoom(factor: number): void
}

export function ZoomControl({ level, onFit, onZoom }: ZoomControlProps) {
  const percent = useSyncExternalStore(level.subscribe, level.get)
  return (
    <fieldset className="network-zoom" aria-label="Zoom">
      <Hint text="Zoom out" shortcut="−">
        <button type="button" aria-label="Zoom out" aria-keyshortcuts="-" onClick={() => onZoom(1 / 1.4)}>
          <Minus aria-hidden="true" />
        </button>
      </Hint>
      <output className="network-percent" title="Size of the smallest curves, 100 % is natural">
        {percent} %
      </output>
      <Hint text="Zoom in" shortcut="+">
        <button type="button" aria-label="Zoom in" aria-keyshortcuts="Plus" onClick={() => onZoom(1.4)}>
          <Plus aria-hidden="true" />
        </button>
      </Hint>
      <Hint text="Show the whole network" shortcut="F">
        <button type="button" aria-keyshortcuts="F" onClick={onFit}>
          Fit
        </button>
      </Hint>
    </fieldset>
  )
}
