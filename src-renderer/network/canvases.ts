/** Canvases that lie over each other, as sharp as the screen is. */
import type { Size } from './layout'

export interface Canvases {
  readonly contexts: readonly CanvasRenderingContext2D[]
  /** Fits the canvases to a size in CSS pixels and to the screen's pixel ratio; true if they are empty now. */
  fit(size: Size): boolean
}

export function createCanvases(canvases: readonly HTMLCanvasElement[]): Canvases {
  const contexts = canvases.map((canvas) => {
    const context = canvas.getContext('2d')
    if (context === null) throw new Error('this window has no 2D canvas')
    return context
  })
  let fitted = { width: 0, height: 0, ratio: 0 }
  return {
    contexts,
    fit(size) {
      const ratio = window.devicePixelRatio
      const width = Math.round(size.width * ratio)
      const height = Math.round(size.height * ratio)
      if (fitted.width === width && fitted.height === height && fitted.ratio === ratio) return false
      fitted = { width, height, ratio }
      for (const context of contexts) {
        context.canvas.width = width
        context.canvas.height = height
        context.setTransform(ratio, 0, 0, ratio, 0, 0)
      }
      return true
    },
  }
}
