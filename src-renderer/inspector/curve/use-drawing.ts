/** A line that a hand draws over a curve: where it goes by now, and what it asks of the edge. */
import { useState } from 'react'
import type { ShapePoint } from '../../../src-shared/kan/edits/edit'
import { alongLine, type DrawnPoint, drawnOn } from './shaping'

interface Drawing {
  readonly line: readonly DrawnPoint[]
  readonly last: DrawnPoint
  readonly stroke: string
  /** Where the curve went before. */
  readonly curve: readonly DrawnPoint[]
}

interface CurveDrawing {
  /** Null while nothing is drawn. */
  readonly line: readonly DrawnPoint[] | null
  /** @param curve where it goes before the drawing */
  begin(place: DrawnPoint, curve: readonly DrawnPoint[]): void
  goOn(place: DrawnPoint): void
  end(): void
}

/** @param send asks for a shape; what has the same `stroke` is one step of undo */
export function useDrawing(send: (points: readonly ShapePoint[], stroke: string) => void): CurveDrawing {
  const [drawing, setDrawing] = useState<Drawing | null>(null)
  return {
    line: drawing?.line ?? null,
    begin(place, curve) {
      setDrawing({ line: drawnOn([], null, place), last: place, stroke: crypto.randomUUID(), curve })
    },
    goOn(place) {
      if (drawing === null) return
      const next = { ...drawing, line: drawnOn(drawing.line, drawing.last, place), last: place }
      setDrawing(next)
      send(alongLine(next.line, next.curve), next.stroke)
    },
    end: () => setDrawing(null),
  }
}
