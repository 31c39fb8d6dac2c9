/** Canvases that lie over each other, as sharp as the screen is. */
import type { Size } from '../place/geometry'
import { type Orientation, turnedSize } from '../place/turn'
import { turn } from './upright'

export interface Canvases {
  readonly contexts: readonly CanvasRenderingContext2D[]
  /** Fits the canvases to a size in CSS pixels and to the screen's pixel ratio; true if they are empty now. */
  fit(size: Size, orientation?: Orientation): boolean
}

export function createCanvases(canvases: readonly HTMLCanvasElement[]): Canvases {
  const contexts = canvases.map((canvas) => {
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('this window has no 2D canvas')
    return context
  })
  let fitted = { width: 0, height: 0, ratio: 0, orientation: 'right' }
  return {
    contexts,
    fit(size, orientation = 'right') {
      const ratio = window.devicePixelRatio
      const width = Math.round(size.width * ratio)
      const height = Math.round(size.height * ratio)
      if (
        fitted.width === width &&
        fitted.height === height &&
        fitted.ratio === ratio &&
        fitted.orientation === orientation
      )
        return false
      fitted = { width, height, ratio, orientation }
      for (const context of contexts) {
        context.canvas.width = width
        context.canvas.height = height
        context.setTransform(ratio, 0, 0, ratio, 0, 0)
        turn(context, { orientation, size: turnedSize(size, orientation) })
      }
      return true
    },
  }
}

/** Tells when the window comes to a screen of another pixel ratio, which need not change its size. Returns what ends that. */
export function onPixelRatio(changed: () => void): () => void {
  let abort = new AbortController()
  const listen = () => {
    abort = new AbortController()
    const same = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`)
    const again = () => {
      listen()
      changed()
    }
    same.addEventListener('change', again, { once: true, signal: abort.signal })
  }
  listen()
  return () => abort.abort()
}
