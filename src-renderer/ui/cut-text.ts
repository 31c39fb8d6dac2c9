/** Says the whole of a text that was cut for want of room, where the pointer rests on it. */

export function listenToCutTexts(): void {
  document.addEventListener('pointerover', ({ target }) => {
    if (target instanceof HTMLElement) tellWhole(target)
  })
}

function tellWhole(element: HTMLElement): void {
  const isOurs = element.dataset.cut !== undefined
  if (!isOurs && element.closest('[title]') !== null) return
  const isCut = element.scrollWidth > element.clientWidth && getComputedStyle(element).textOverflow === 'ellipsis'
  if (isCut) {
    element.title = element.textContent.trim()
    element.dataset.cut = ''
  } else if (isOurs) {
    element.removeAttribute('title')
    delete element.dataset.cut
  }
}
