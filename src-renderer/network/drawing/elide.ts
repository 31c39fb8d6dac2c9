/** Names that must fit: the middle of a long one gives way, so that both `P10_…` and `(mm)` stay readable. */
import type { Measure } from '../place/layout'

export function elide(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text
  // By code points, so that no character is cut in half.
  const letters = [...text]
  let most = letters.length - 1
  let least = 0
  while (least < most) {
    const kept = Math.ceil((least + most) / 2)
    if (measure(shorten(letters, kept)) <= width) least = kept
    else most = kept - 1
  }
  return shorten(letters, least)
}

function shorten(letters: readonly string[], kept: number): string {
  const end = Math.floor(kept * 0.35)
  return `${letters.slice(0, kept - end).join('')}…${letters.slice(letters.length - end).join('')}`
}
