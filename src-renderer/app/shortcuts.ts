/** Keys to actions. Keys typed into a field stay there. */
import { useUi } from '../state/ui'
import { type Action, actions, runAction } from './actions'
import { keyOf } from './keys'

const MENU = '[role="menuitem"]'

export function listenToKeys(): () => void {
  /** Whether the focus is where a click left it: Space is then not meant for the button that was clicked. */
  let clicked = false
  const onPointerDown = () => {
    clicked = true
  }
  function onKeyDown(event: KeyboardEvent) {
    const target = event.target as HTMLElement | null
    const typing = target?.closest('input, select, textarea, [contenteditable]') != null
    const key = keyOf(event)
    if (key === 'Tab' || key === 'Shift+Tab') clicked = false
    // A plain key belongs to the field that is typed into; Space presses the button that the keyboard has walked to.
    if (typing && !key.startsWith('Mod+')) return
    if (key === ' ' && target?.closest(clicked ? MENU : `${MENU}, button`)) return
    if (useUi.getState().dialog !== null) return
    const action = Object.values<Action>(actions).find((candidate) => candidate.keys?.includes(key))
    if (!action) return
    event.preventDefault()
    runAction(action)
  }
  window.addEventListener('pointerdown', onPointerDown, true)
  window.addEventListener('keydown', onKeyDown)
  return () => {
    window.removeEventListener('pointerdown', onPointerDown, true)
    window.removeEventListener('keydown', onKeyDown)
  }
}
