/** The zoom control at the lower right: − 100 % + Fit. */
import { Minus, Plus } from 'lucide-react'
import { useSyncExternalStore } from 'react'
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
      <button type="button" title="Zoom out" aria-label="Zoom out" onClick={() => onZoom(1 / 1.4)}>
        <Minus aria-hidden="true" />
      </button>
      <output className="network-percent" title="Size of the smallest curves, 100 % is natural">
        {percent} %
      </output>
      <button type="button" title="Zoom in" aria-label="Zoom in" onClick={() => onZoom(1.4)}>
        <Plus aria-hidden="true" />
      </button>
      <button type="button" title="Show the whole network" onClick={onFit}>
        Fit
      </button>
    </fieldset>
  )
}
