/** The small label beside the pointer: after a moment's rest, then at once from thing to thing. */

import type { Point, Size } from '../place/geometry'

interface Tip {
  readonly title: string
  readonly detail: string
}

export interface TipLabel {
  show(tip: Tip, at: Point, size: Size): void
  /** Says it at once, without waiting for the pointer to rest. */
  tell(title: string, at: Point, size: Size): void
  hide(): void
  destroy(): void
}

const REST = 350

export function createTip(element: HTMLElement): TipLabel {
  const title = element.appendChild(document.createElement('strong'))
  const detail = element.appendChild(document.createElement('span'))
  let timer = 0
  let place = () => {}
  const hide = () => {
    window.clearTimeout(timer)
    timer = 0
    element.hidden = true
  }
  const prepare = (tip: Tip, at: Point, size: Size) => {
    title.textContent = tip.title
    if (detail.textContent !== tip.detail) detail.textContent = tip.detail
    detail.hidden = tip.detail === ''
    place = () => {
      element.hidden = false
      const { offsetWidth: width, offsetHeight: height } = element
      const x = at.x + 16 + width > size.width ? at.x - 12 - width : at.x + 16
      const y = at.y + 18 + height > size.height ? at.y - 12 - height : at.y + 18
      element.style.transform = `translate(${Math.max(4, Math.round(x))}px, ${Math.max(4, Math.round(y))}px)`
    }
  }
  return {
    tell(words, at, size) {
      prepare({ title: words, detail: '' }, at, size)
      place()
    },
    show(tip, at, size) {
      const same = title.textContent === tip.title
      prepare(tip, at, size)
      if (!element.hidden) return place()
      // Numbers that change under a resting pointer must not begin its rest anew.
      if (timer !== 0 && same) return
      window.clearTimeout(timer)
      timer = window.setTimeout(() => place(), REST)
    },
    hide,
    destroy() {
      hide()
      element.replaceChildren()
    },
  }
}
