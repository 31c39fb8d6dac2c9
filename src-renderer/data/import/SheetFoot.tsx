/** The sheet's foot: what the table would become or why it cannot be used, and how loading it goes. */
import { shortcutText } from '../../app/keys'
import { Button } from '../../ui/Button'

/** How far using the table has come. */
export type Using =
  | { readonly type: 'not-yet' }
  | { readonly type: 'loading' }
  /** What the studio said; the network is as it was. */
  | { readonly type: 'failed'; readonly message: string }

interface SheetFootProps {
  readonly using: Using
  /** Why it cannot be used like this, in a sentence. */
  readonly blocker: string | null
  /** What it would become. */
  readonly outcome: string
  /** What is loaded: its rows. */
  readonly size: string
  readonly ready: boolean
  readonly onCancel: () => void
  readonly onUse: () => void
}

export function SheetFoot({ using, blocker, outcome, size, ready, onCancel, onUse }: SheetFootProps) {
  const loading = using.type === 'loading'
  const failure = using.type === 'failed' ? using.message : null
  return (
    <footer className="dialog-actions" aria-busy={loading}>
      {loading ? <progress className="sheet-progress" aria-label="Loading the table" /> : null}
      <span className={(failure ?? blocker) && !loading ? 'spring' : 'spring calm'} role="status">
        {loading ? `Loading ${size}…` : (failure ?? blocker ?? outcome)}
      </span>
      <Button label="Cancel" disabled={loading} onClick={onCancel} />
      <Button
        label="Use this table"
        look="primary"
        disabled={!ready || loading}
        shortcut={shortcutText('Mod+Enter')}
        onClick={onUse}
      />
    </footer>
  )
}
