/** The command palette: type a few letters of what is to be done or looked at, Enter does it. */
import './palette.css'
import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useMemo, useState } from 'react'
import { useStudio } from '../../state/studio'
import { useUi } from '../../state/ui'
import { runById } from '../actions/registry'
import { keyOf, shortcutText } from '../keys'
import { type Entry, type EntryGroup, entriesFor } from './entries'
import { rememberAction } from './recent'
import { thingsIn } from './things'

export function Palette() {
  const open = useUi((state) => state.dialog?.type === 'palette')
  return (
    <Dialog.Root open={open} onOpenChange={(next) => next || close()}>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="palette" aria-label="Commands" onKeyDown={onKeyDown}>
          <Commands />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

const close = () => useUi.setState({ dialog: null })

/** The key that opens it closes it. */
function onKeyDown(event: KeyboardEvent) {
  if (keyOf(event.nativeEvent) !== 'Mod+k') return
  event.preventDefault()
  event.stopPropagation()
  close()
}

function Commands() {
  const [query, setQuery] = useState('')
  const specification = useStudio((state) => state.document?.specification)
  const things = useMemo(() => (specification ? thingsIn(specification) : []), [specification])
  // What can be done changes while it trains, but not under the hand that chooses.
  const groups = useMemo(() => entriesFor(query, things), [query, things])
  return (
    <Autocomplete.Root<EntryGroup[]>
      open
      inline
      mode="none"
      items={[...groups]}
      itemToStringValue={(entry: Entry) => entry.title}
      value={query}
      onValueChange={(value, { reason }) => reason !== 'item-press' && setQuery(value)}
      autoHighlight="always"
      keepHighlight
    >
      <div className="palette-query">
        <Search aria-hidden />
        <Autocomplete.Input aria-label="Search commands" placeholder="Find an action, a layer, a node, an input…" />
      </div>
      <div className="palette-list">
        <Autocomplete.Empty className="palette-empty">Nothing is called that.</Autocomplete.Empty>
        <Autocomplete.List>
          {(group: EntryGroup) => (
            <Autocomplete.Group key={group.value} items={[...group.items]}>
              <Autocomplete.GroupLabel className="popup-label">{group.value}</Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(entry: Entry) => <Item key={entry.id} entry={entry} />}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  )
}

function Item({ entry }: { entry: Entry }) {
  const { title, detail, shortcut, whyNot, letters } = entry
  return (
    <Autocomplete.Item
      className="popup-item palette-item"
      value={entry}
      aria-disabled={whyNot !== null}
      onClick={() => choose(entry)}
    >
      <span className="palette-title">
        {Array.from(title, (letter, i) => (letters.has(i) ? <mark key={i}>{letter}</mark> : letter))}
      </span>
      <span className="palette-detail">{whyNot ?? detail}</span>
      {shortcut === null ? null : <kbd>{shortcutText(shortcut)}</kbd>}
    </Autocomplete.Item>
  )
}

function choose({ chosen, whyNot }: Entry): void {
  if (whyNot !== null) return
  // First: what is chosen may open a dialog of its own.
  close()
  if ('thing' in chosen) {
    useUi.setState({ selection: chosen.thing.selection })
    return
  }
  rememberAction(chosen.action)
  runById(chosen.action)
}
