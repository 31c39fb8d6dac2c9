/** The keyboard on the canvas: arrows walk, Enter chooses, Escape gives up. Every other key is the application's. */
import type { Orientation } from '../place/turn'
import { type ArrowKey, isArrowKey } from './walk'

export interface KeyEvents {
  /** `extending` with Shift: what is selected. */
  arrow(key: ArrowKey, extending: boolean): void
  /** `adding` with Shift: to what is selected. */
  enter(adding: boolean): void
  /** Says whether there was anything to give up here; if not, Escape is the application's too. */
  escape(): boolean
  /** The keyboard went elsewhere. */
  blur(): void
}

/** Arrow keys of a network that runs from the bottom up, as one that runs left to right means them. */
const TURNED: Readonly<Record<ArrowKey, ArrowKey>> = {
  ArrowUp: 'ArrowRight',
  ArrowDown: 'ArrowLeft',
  ArrowLeft: 'ArrowUp',
  ArrowRight: 'ArrowDown',
}

/** Returns what removes the listeners. */
export function keyboardGesture(element: HTMLElement, orientation: () => Orientation, events: KeyEvents): () => void {
  const abort = new AbortController()
  const { signal } = abort
  element.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      if (isArrowKey(event.key)) {
        event.preventDefault()
        events.arrow(orientation() === 'up' ? TURNED[event.key] : event.key, event.shiftKey)
      } else if (event.key === 'Enter') {
        events.enter(event.shiftKey)
      } else if (event.key === 'Escape' && events.escape()) {
        event.stopPropagation()
      }
    },
    { signal },
  )
  element.addEventListener('blur', () => events.blur(), { signal })
  return () => abort.abort()
}
