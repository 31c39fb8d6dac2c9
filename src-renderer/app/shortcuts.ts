/** Keys to actions. Keys typed into a field stay there, and those that work a list or a menu too. */
import { useUi } from '../state/ui'
import { type Action, runAction } from './actions/action'
import { actionOfKey } from './actions/registry'
import { keyOf } from './keys'

/** Where text is written. */
const FIELD =
  'textarea, [contenteditable], input:not([type="checkbox"], [type="radio"], [type="range"], [type="button"])'
/** Where plain letters look for an item that begins with them. */
const LIST = 'select, [role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"]'
const BUTTON = 'button, summary, a[href], [role="button"], input'

export function listenToKeys(): () => void {
  /** Whether the focus is where a click left it: Space is then not meant for the button that was clicked. */
  let clicked = false
  const onPointerDown = () => {
    clicked = true
  }
  function onKeyDown(event: KeyboardEvent) {
    const key = keyOf(event)
    if (key === 'Tab' || key === 'Shift+Tab') clicked = false
    // While a word is composed of several keys, none of them is ours.
    if (event.defaultPrevented || event.isComposing || useUi.getState().dialog !== null) return
    const action = actionOfKey(key)
    if (!action) return
    const target = event.target instanceof Element ? event.target : null
    if (target?.closest(FIELD) && !actsInField(action, target)) return
    if (target?.closest(LIST) && !key.startsWith('Mod+')) return
    // Space presses the button that the keyboard has walked to.
    if (key === ' ' && !clicked && target?.closest(BUTTON)) return
    event.preventDefault()
    if (!event.repeat || action.repeats) runAction(action)
  }
  window.addEventListener('pointerdown', onPointerDown, true)
  window.addEventListener('keydown', onKeyDown)
  return () => {
    window.removeEventListener('pointerdown', onPointerDown, true)
    window.removeEventListener('keydown', onKeyDown)
  }
}

function actsInField({ inFields }: Action, field: Element): boolean {
  return inFields === 'always' || (inFields === 'untouched' && field.hasAttribute('data-untouched'))
}
