/** Scrolls a long list no further than it takes until one of its items is in sight. */

/** @param size of an item, in pixels */
export function reveal(box: HTMLElement, index: number, size: number): void {
  const y = index * size
  if (y < box.scrollTop) box.scrollTop = y
  else if (y + size > box.scrollTop + box.clientHeight) box.scrollTop = y + size - box.clientHeight
}
