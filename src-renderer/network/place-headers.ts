/** Keeps the headers over their columns while the canvas moves beneath them. */
import type { Seen } from './view'

/** Spacing of columns in pixels from which a header has room for everything, and for more than its title. */
const WIDE = 270
const NARROW = 96

/** Where they would lie over each other even so, only every so many of them are shown. */
const TIGHT = 48

/** Moves each child with `data-at` (a column; n.5 is between two) to its place, and says how much room there is. */
export function placeHeaders(container: HTMLElement, seen: Seen): void {
  const first = seen.columns[0]?.x ?? 0
  const spacing = (seen.columns[1]?.x ?? first) - first
  container.dataset.room = spacing >= WIDE ? 'wide' : spacing >= NARROW ? 'narrow' : 'tight'
  const every = spacing < TIGHT ? Math.ceil(TIGHT / spacing) : 0.5
  for (const child of container.children) {
    if (!(child instanceof HTMLElement)) continue
    const at = Number(child.dataset.at)
    const x = first + spacing * at
    child.style.transform = `translate(${Math.round(x)}px, 0) translateX(-50%)`
    // What is out of sight must not be reached by the keyboard, nor widen the window.
    child.style.visibility = x < -80 || x > seen.size.width + 80 || at % every !== 0 ? 'hidden' : ''
  }
}
