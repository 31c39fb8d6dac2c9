/** Pan and zoom of the canvas: wheel, drag, pinch. No React in here. */
import { type D3ZoomEvent, select, zoom, zoomIdentity, zoomTransform } from 'd3'
import { FITTED, type Size, type View } from '../place/geometry'
import { resized } from '../place/view'
import type { Tool } from '../types'

export interface ZoomGesture {
  /** The window's size, and the largest zoom that makes sense. What a person zoomed to stays in sight; else the whole does. */
  update(size: Size, largest: number): void
  fit(): void
  /** The whole network from now on, at once: it is another one. */
  reset(): void
  /** Moves to a view. */
  show(view: View): void
  zoomBy(factor: number): void
  /** Moves the view by pixels. */
  panBy(x: number, y: number): void
  readonly moving: boolean
  destroy(): void
}

/** Motion that a person asked for takes this long, or no time at all where the system asks for no motion. */
const MOTION = 160

/**
 * Pan and zoom on an element. The wheel zooms, a drag pans with the Select tool; the middle button and two fingers
 * pan with every tool.
 */
export function zoomGesture(element: HTMLElement, tool: () => Tool, onView: (view: View) => void): ZoomGesture {
  const target = select(element)
  let moving = false
  let byHand = false
  let known: Size | null = null
  /** The scale that is zoomed to, while it is. */
  let heading: number | null = null
  let frame = 0
  const halt = () => {
    cancelAnimationFrame(frame)
    heading = null
  }
  const behaviour = zoom<HTMLElement, unknown>()
    .filter((event: MouseEvent | TouchEvent | WheelEvent) => {
      if (event.type === 'wheel') return true
      if ('touches' in event) return tool() === 'select' || event.touches.length > 1
      if (event.button === 1) return true
      return event.button === 0 && !event.ctrlKey && !event.shiftKey && tool() === 'select'
    })
    .clickDistance(4)
    .on('start', ({ sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => {
      if (sourceEvent === null) return
      halt()
    })
    .on('zoom', ({ transform, sourceEvent }: D3ZoomEvent<HTMLElement, unknown>) => {
      moving = sourceEvent !== null && sourceEvent.type !== 'wheel'
      byHand ||= sourceEvent !== null
      onView({ k: transform.k, x: transform.x, y: transform.y })
    })
    .on('end', () => {
      moving = false
    })
  target.call(behaviour).on('dblclick.zoom', null)

  /** False where it was done at once. */
  const animate = (step: (part: number) => void): boolean => {
    halt()
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      step(1)
      return false
    }
    const began = performance.now()
    const next = (now: number) => {
      const part = Math.min(1, Math.max(0, now - began) / MOTION)
      step(1 - (1 - part) ** 3)
      if (part < 1) frame = requestAnimationFrame(next)
      else heading = null
    }
    frame = requestAnimationFrame(next)
    return true
  }

  const jump = ({ k, x, y }: View) => behaviour.transform(target, zoomIdentity.translate(x, y).scale(k))
  const show = (to: View) => {
    const from = zoomTransform(element)
    const mix = (a: number, b: number, part: number) => a + (b - a) * part
    animate((part) => {
      const k = from.k ** (1 - part) * to.k ** part
      // Following 1/k keeps the motion straight on the screen while the scale changes.
      const along = from.k === to.k ? part : (1 / k - 1 / from.k) / (1 / to.k - 1 / from.k)
      const x = k * mix(from.x / from.k, to.x / to.k, along)
      const y = k * mix(from.y / from.k, to.y / to.k, along)
      jump(part === 1 ? to : { k, x, y })
    })
  }

  return {
    get moving() {
      return moving
    },
    update(size, largest) {
      const { width, height } = size
      behaviour.extent([
        [0, 0],
        [width, height],
      ])
      behaviour.translateExtent([
        [-width / 2, -height / 2],
        [width * 1.5, height * 1.5],
      ])
      behaviour.scaleExtent([0.5, largest])
      const before = known
      known = size
      if (before === null || (before.width === width && before.height === height)) return
      halt()
      jump(byHand ? resized(zoomTransform(element), before, size) : FITTED)
    },
    fit() {
      byHand = false
      show(FITTED)
    },
    reset() {
      byHand = false
      halt()
      jump(FITTED)
    },
    show(view) {
      byHand = true
      show(view)
    },
    zoomBy(factor) {
      byHand = true
      const from = zoomTransform(element).k
      // Pressed twice it is twice as near, however fast.
      const to = (heading ?? from) * factor
      if (!animate((part) => behaviour.scaleTo(target, from * (to / from) ** part))) return
      heading = to
    },
    panBy(x, y) {
      const { k } = zoomTransform(element)
      behaviour.translateBy(target, x / k, y / k)
    },
    destroy() {
      cancelAnimationFrame(frame)
      target.on('.zoom', null)
    },
  }
}
