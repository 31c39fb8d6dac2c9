/** What asks for a menu on the canvas: the other button, or Shift+F10 and the menu key at what has the focus. */
import type { Point } from '../place/geometry'

interface ContextEvents {
  /** A menu is about to open for what lies here. */
  menu(at: Point): void
  /** One is asked for by keyboard: where is what it is for? */
  place(): Point
}

/** Returns what removes the listeners. */
export function contextGesture(element: HTMLElement, events: ContextEvents): () => void {
  const abort = new AbortController()
  const { signal } = abort
  /** While an event is on its way that has its place from here. */
  let placed = false

  function openAt({ x, y }: Point) {
    const box = element.getBoundingClientRect()
    placed = true
    element.dispatchEvent(
      new MouseEvent('contextmenu', {
        bubbles: true,
        cancelable: true,
        button: 2,
        clientX: box.left + x,
        clientY: box.top + y,
      }),
    )
    placed = false
  }

  element.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return
      event.preventDefault()
      event.stopPropagation()
      openAt(events.place())
    },
    { signal },
  )
  element.addEventListener(
    'contextmenu',
    (event) => {
      if (placed) return
      // The browser's own answer to those keys knows only the canvas as a whole.
      if (event instanceof PointerEvent && event.pointerType === '') {
        event.preventDefault()
        event.stopImmediatePropagation()
        openAt(events.place())
        return
      }
      const box = element.getBoundingClientRect()
      events.menu({ x: event.clientX - box.left, y: event.clientY - box.top })
    },
    { signal },
  )
  return () => abort.abort()
}
