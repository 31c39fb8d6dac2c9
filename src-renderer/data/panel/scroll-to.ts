/** Where is a long list scrolled to, so that a row comes to its top? */
import { lengthOf } from '../../ui/window'

/** The inverse of what `inSight` does: lists that are too tall for a browser are scrolled faster than they are drawn. */
export function scrollOf(row: number, rows: number, size: number, room: number): number {
  const length = lengthOf(rows, size)
  if (length === rows * size) return row * size
  return ((row * size) / Math.max(1, rows * size - room)) * Math.max(1, length - room)
}

export function scrollTo(box: HTMLElement, row: number, rows: number, size: number, head: number): void {
  box.scrollTop = scrollOf(row, rows, size, Math.max(0, box.clientHeight - head))
}
