/** Where an element is scrolled to and how much of it can be seen, looked up at most once a frame. */
import { type RefObject, useEffect, useState } from 'react'

interface Scrolled {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

const NOWHERE: Scrolled = { left: 0, top: 0, width: 0, height: 0 }

/**
 * @param view what is wanted of it: where that stays the same nothing is drawn again
 */
export function useScrolled<View extends Readonly<Record<string, number>>>(
  element: RefObject<HTMLElement | null>,
  view: (scrolled: Scrolled) => View,
): View {
  const [scrolled, setScrolled] = useState(NOWHERE)
  const seen = view(scrolled)
  useEffect(() => {
    const { current } = element
    if (!current) return
    let frame = 0
    const look = () => {
      frame = 0
      const now = {
        left: current.scrollLeft,
        top: current.scrollTop,
        width: current.clientWidth,
        height: current.clientHeight,
      }
      setScrolled((before) => (same(view(before), view(now)) ? before : now))
    }
    const later = () => {
      frame ||= requestAnimationFrame(look)
    }
    look()
    current.addEventListener('scroll', later, { passive: true })
    const sizes = new ResizeObserver(later)
    sizes.observe(current)
    return () => {
      cancelAnimationFrame(frame)
      current.removeEventListener('scroll', later)
      sizes.disconnect()
    }
  }, [element, view])
  return seen
}

const same = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>) =>
  Object.entries(a).every(([key, value]) => b[key] === value)
