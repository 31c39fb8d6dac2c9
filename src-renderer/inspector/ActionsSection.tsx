/** What can be done with what is selected: a button each, below one another. */
import { ActionButton } from '../app/ActionButton'
import type { Action } from '../app/actions/action'

export function ActionsSection({ actions }: { actions: readonly Action[] }) {
  if (actions.length === 0) return null
  return (
    <section className="section actions">
      {actions.map((action) => (
        <ActionButton key={action.id} action={action} look="outlined" wide />
      ))}
    </section>
  )
}
