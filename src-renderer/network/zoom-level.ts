/** The zoom as the control shows it, kept outside React's state so that a pan does not render the whole view again. */

export interface ZoomLevel {
  /** Per cent of the natural size, a whole number. */
  get(): number
  set(zoom: number): void
  subscribe(listener: () => void): () => void
}

export function createZoomLevel(): ZoomLevel {
  let percent = 100
  const listeners = new Set<() => void>()
  return {
    get: () => percent,
    set(zoom) {
      const next = Math.max(1, Math.round(zoom * 100))
      if (next === percent) return
      percent = next
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
