/** The pointer on the canvas: hover, clicks, strokes with a tool, and rectangles. */
import type { Point } from '../place/geometry'
import type { Tool } from '../types'

export type Drag = 'stroke' | 'rectangle'

export interface PointerEvents {
  /** The pointer is here, or left. */
  hover(at: Point | null): void
  /** `adding` with Shift or Ctrl (Cmd on a Mac): to what is selected. */
  click(at: Point, adding: boolean): void
  doubleClick(at: Point): void
  /** A tool strokes from where the button goes down; with Shift every tool draws a rectangle. */
  dragBegin(drag: Drag, at: Point): void
  dragMove(from: Point, to: Point): void
  dragEnd(): void
  /** A second finger came, or the system took the pointer. */
  dragCancel(): void
}

interface Press {
  readonly id: number
  readonly from: Point
  readonly adding: boolean
  /** What a drag is; null where it pans. */
  readonly drag: Drag | null
  readonly dragging: boolean
}

/** How far the pointer moves before a click is a drag, in pixels. */
const CLICK = 4
const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

/** Returns what removes the listeners. @param turned a point of the window as the network thinks of it */
export function pointerGesture(
  element: HTMLElement,
  tool: () => Tool,
  turned: (at: Point) => Point,
  events: PointerEvents,
): () => void {
  const abort = new AbortController()
  const { signal } = abort
  let pressed: Press | null = null
  let last: Point = { x: 0, y: 0 }
  const pointOf = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect()
    return turned({ x: event.clientX - box.left, y: event.clientY - box.top })
  }
  const cancel = () => {
    if (pressed?.dragging === true) events.dragCancel()
    pressed = null
  }
  const begin = (press: Press & { readonly drag: Drag }, to: Point) => {
    pressed = { ...press, dragging: true }
    element.setPointerCapture(press.id)
    events.dragBegin(press.drag, press.from)
    if (to !== press.from) events.dragMove(press.from, to)
  }

  element.addEventListener(
    'pointerdown',
    (event) => {
      // A second finger makes it a pinch.
      if (pressed !== null) return cancel()
      // On a Mac a click with Control is that of the other button.
      if (event.button !== 0 || (isMac && event.ctrlKey)) return
      const from = pointOf(event)
      const adding = event.shiftKey || event.ctrlKey || event.metaKey
      const drag = event.shiftKey ? 'rectangle' : adding || tool() === 'select' ? null : 'stroke'
      const press = { id: event.pointerId, from, adding, dragging: false }
      pressed = { ...press, drag }
      last = from
      if (drag === 'stroke') begin({ ...press, drag }, from)
    },
    { signal },
  )
  element.addEventListener(
    'pointermove',
    (event) => {
      const at = pointOf(event)
      if (event.pointerType !== 'touch') events.hover(at)
      if (pressed === null || pressed.id !== event.pointerId) return
      const { drag, dragging, from } = pressed
      if (dragging) events.dragMove(last, at)
      else if (drag !== null && isApart(from, at)) begin({ ...pressed, drag }, at)
      last = at
    },
    { signal },
  )
  element.addEventListener(
    'pointerup',
    (event) => {
      if (pressed?.id !== event.pointerId) return
      const { from, adding, dragging } = pressed
      pressed = null
      if (dragging) events.dragEnd()
      else if (!isApart(from, pointOf(event))) events.click(from, adding)
    },
    { signal },
  )
  element.addEventListener('pointercancel', cancel, { signal })
  element.addEventListener('pointerleave', () => events.hover(null), { signal })
  element.addEventListener('dblclick', (event) => events.doubleClick(pointOf(event)), { signal })
  return () => abort.abort()
}

const isApart = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y) >= CLICK
