/** A canvas for a chart: how large it is, where the pointer is on it, and when it is drawn. */
import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { createCanvases } from '../network/drawing/canvases'
import { useUi } from '../state/ui'
import { type Size, useSize } from './use-size'

interface Place {
  readonly x: number
  readonly y: number
}

interface PlotCanvas {
  readonly canvas: RefObject<HTMLCanvasElement | null>
  /** Null while it is not shown. */
  readonly size: Size | null
  /** In CSS pixels from the canvas's corner; null where it is elsewhere. */
  readonly pointer: Place | null
  /** To be given to the canvas. */
  readonly events: {
    readonly onPointerMove: (event: PointerEvent) => void
    readonly onPointerLeave: () => void
  }
}

export function usePlotCanvas(): PlotCanvas {
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useSize(canvas)
  const [pointer, setPointer] = useState<Place | null>(null)
  return {
    canvas,
    size,
    pointer,
    events: {
      onPointerMove: ({ nativeEvent }) => setPointer({ x: nativeEvent.offsetX, y: nativeEvent.offsetY }),
      onPointerLeave: () => setPointer(null),
    },
  }
}

/**
 * Draws a canvas in device pixels, again for every other `draw`, size and theme, for colours are read from the page.
 *
 * @param draw null where there is nothing to draw yet
 */
export function useDrawn(
  { canvas, size }: Pick<PlotCanvas, 'canvas' | 'size'>,
  draw: ((context: CanvasRenderingContext2D, element: HTMLCanvasElement, size: Size) => void) | null,
): void {
  const theme = useUi((state) => state.theme)
  useEffect(() => {
    const element = canvas.current
    if (!theme || !element || !size || !draw) return
    const canvases = createCanvases([element])
    canvases.fit(size)
    const [context] = canvases.contexts
    if (context) draw(context, element, size)
  }, [theme, canvas, size, draw])
}
