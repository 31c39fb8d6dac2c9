/** Keeps the headers over their columns while the canvas moves beneath them; from the bottom up they stand at the left. */
import { toWindow, turnedSize } from './place/turn'
import type { Seen } from './place/view'

/** Spacing of columns in pixels from which a header has room for everything, and for more than its title. */
const WIDE = 270
const NARROW = 96
/** Where they would lie over each other even so, only every so many of them are shown. */
const TIGHT = { right: 48, up: 40 }
/** From the bottom up: the middle of the headers, and how near they may come to each other. */
const LEFT = 66
const STACKED = 64

/** Moves each child with `data-at` (a column; n.5 is between two) to its place, and says how much room there is. */
export function placeHeaders(container: HTMLElement, seen: Seen): void {
  const { orientation } = seen
  const first = seen.columns[0]?.x ?? 0
  const spacing = (seen.columns[1]?.x ?? first) - first
  container.dataset.orientation = orientation
  container.dataset.room = roomOf(seen, spacing)
  const every = spacing < TIGHT[orientation] ? Math.ceil(TIGHT[orientation] / spacing) : 0.5
  const size = turnedSize(seen.size, orientation)
  for (const child of container.children) {
    if (!(child instanceof HTMLElement)) continue
    const at = Number(child.dataset.at)
    const { x, y } = toWindow(seen, { x: first + spacing * at, y: 0 })
    const isAway = orientation === 'up' ? y < 12 || y > size.height - 60 : x < -80 || x > size.width + 80
    child.style.transform =
      orientation === 'up'
        ? `translate(${LEFT}px, ${Math.round(y)}px) translate(-50%, -50%)`
        : `translate(${Math.round(x)}px, 0) translateX(-50%)`
    // What is out of sight must not be reached by the keyboard, nor widen the window.
    child.style.visibility = isAway || at % every !== 0 ? 'hidden' : ''
  }
}

function roomOf({ orientation }: Seen, spacing: number): 'wide' | 'narrow' | 'tight' {
  if (orientation === 'up') return spacing >= STACKED ? 'narrow' : 'tight'
  return spacing >= WIDE ? 'wide' : spacing >= NARROW ? 'narrow' : 'tight'
}
