/** How large an element is, as long as it is shown. */
import { useEffect, useState } from 'react'

export interface Size {
  readonly width: number
  readonly height: number
}

/** In CSS pixels; null while it is not shown. */
export function useSize(element: { readonly current: HTMLElement | null }): Size | null {
  const [size, setSize] = useState<Size | null>(null)
  useEffect(() => {
    const { current } = element
    if (!current) return
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = current
      setSize(width > 0 && height > 0 ? { width, height } : null)
    })
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return size
}
