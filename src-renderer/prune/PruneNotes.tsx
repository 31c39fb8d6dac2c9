/** What a person should know before pruning: what stays although it is weak, and which inputs are lost. */
import { useStudio } from '../state/studio'
import { setRule, usePrune } from './state'
import { keptWords, lostWords } from './words'

export function PruneNotes() {
  const { rule, pruning, note } = usePrune()
  const inputs = useStudio((state) => state.document?.specification.inputs) ?? []
  const locked = pruning?.locked ?? 0
  const asks = locked > 0 || rule.locked === 'prune'
  const kept = pruning === null ? null : keptWords(pruning)
  const lost = pruning === null ? null : lostWords(pruning, inputs)
  if (!asks && kept === null && lost === null && note === null) return null
  return (
    <ul className="prune-notes" aria-live="polite">
      {note === null ? null : <li>{note}</li>}
      {kept === null ? null : <li>{kept}</li>}
      {lost === null ? null : <li>{lost}</li>}
      {asks ? (
        <li>
          <label>
            <input
              type="checkbox"
              checked={rule.locked === 'prune'}
              onChange={(event) => setRule({ locked: event.target.checked ? 'prune' : 'keep' })}
            />
            {locked > 0
              ? `Prune the ${locked === 1 ? 'locked edge' : `${locked} locked edges`}, too`
              : 'Locked edges, too'}
          </label>
        </li>
      ) : null}
    </ul>
  )
}
