/** Keys to actions. Keys typed into a field stay there. */
import { useUi } from '../state/ui'
import { type Action, actions, runAction } from './actions'
import { keyOf } from './keys'

export function listenToKeys(): () => void {
  function onKeyDown(event: KeyboardEvent) {
    const target = event.target as HTMLElement | null
    const typing = target?.closest('input, select, textarea, [contenteditable]') != null
    const key = keyOf(event)
    // A plain key belongs to the field that is typed into; Space presses the button that has the focus.
    if (typing && !key.startsWith('Mod+')) return
    if (key === ' ' && target?.closest('button, [role="menuitem"], [role="tab"]')) return
    if (useUi.getState().dialog !== null) return
    const action = Object.values<Action>(actions).find((candidate) => candidate.keys?.includes(key))
    if (!action) return
    event.preventDefault()
    runAction(action)
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}
