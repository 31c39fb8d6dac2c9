/** A drag that begins on an element and goes anywhere: mouse, touch or pen. No React in here. */
import type { Point } from '../network/place/geometry'

interface DragEvents {
  /** The pointer has left its place; until then it may be a click. */
  begin(): void
  /** In the page's coordinates. */
  move(at: Point): void
  end(): void
  /** Escape, or the system took the pointer. */
  cancel(): void
}

/** How far the pointer moves before it is no click any more. */
const SLACK = 4

/** To be called with the button's going down. A drag that began makes no click. */
export function followPointer(
  { pointerId, clientX, clientY }: Pick<PointerEvent, 'pointerId' | 'clientX' | 'clientY'>,
  events: DragEvents,
): void {
  const abort = new AbortController()
  const { signal } = abort
  let begun = false
  const finish = (how: 'end' | 'cancel') => {
    abort.abort()
    if (!begun) return
    if (how === 'end') swallowClick()
    events[how]()
  }
  window.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerId !== pointerId) return
      if (!begun) {
        if (Math.hypot(event.clientX - clientX, event.clientY - clientY) < SLACK) return
        begun = true
        events.begin()
      }
      events.move({ x: event.clientX, y: event.clientY })
    },
    { signal },
  )
  const ending = (how: 'end' | 'cancel') => (event: PointerEvent) => {
    if (event.pointerId === pointerId) finish(how)
  }
  window.addEventListener('pointerup', ending('end'), { signal })
  window.addEventListener('pointercancel', ending('cancel'), { signal })
  window.addEventListener('blur', () => finish('cancel'), { signal })
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !begun) return
      event.preventDefault()
      event.stopPropagation()
      finish('cancel')
    },
    { signal, capture: true },
  )
}

function swallowClick(): void {
  const swallow = (event: Event) => {
    event.preventDefault()
    event.stopPropagation()
  }
  window.addEventListener('click', swallow, { capture: true, once: true })
  setTimeout(() => window.removeEventListener('click', swallow, true))
}
