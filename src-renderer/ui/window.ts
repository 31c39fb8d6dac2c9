/** Which items of a long list are in sight, and where they are drawn. */

/** Browsers draw nothing below some height: a longer list is scrolled faster than it is drawn. */
const TALLEST = 16_000_000

export interface Sight {
  /** Index of the first item that is drawn. */
  readonly first: number
  /** Index after the last. */
  readonly end: number
  /** Where the first is drawn, in pixels from the list's start. */
  readonly offset: number
}

/** Length of the list in pixels, as it is scrolled. */
export const lengthOf = (count: number, size: number): number => Math.min(count * size, TALLEST)

/**
 * @param scroll where the list is scrolled to, in pixels
 * @param room   how many pixels of it can be seen
 * @param over   items that are drawn before and after those in sight
 */
export function inSight(count: number, size: number, scroll: number, room: number, over = 4): Sight {
  const length = lengthOf(count, size)
  const most = Math.max(1, length - room)
  // Of a list that is not cut this is the scroll itself.
  const real = length === count * size ? scroll : Math.min(1, scroll / most) * (count * size - room)
  const first = Math.max(0, Math.min(count, Math.floor(real / size) - over))
  const end = Math.min(count, Math.ceil((real + room) / size) + over)
  return { first, end: Math.max(first, end), offset: scroll - real + first * size }
}
