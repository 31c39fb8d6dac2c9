/** Every action there is, and which one a menu's item or a key means. */
import { keysOf } from '../keys'
import { type Action, isSubmenu, type Room, runAction } from './action'
import { editRoom } from './edit'
import { fileRoom } from './file'
import { helpRoom } from './help'
import { networkRoom } from './network'
import { selectionRoom } from './selection'
import { toolsRoom } from './tools'
import { trainRoom } from './train'
import { viewRoom } from './view'

/** In the order of the menus. */
export const ROOMS: readonly Room[] = [
  fileRoom,
  editRoom,
  networkRoom,
  selectionRoom,
  toolsRoom,
  trainRoom,
  viewRoom,
  helpRoom,
]

/** The actions of a room, those of its submenus too. */
export const actionsOf = ({ sections }: Room): readonly Action[] =>
  sections.flat().flatMap((entry) => (isSubmenu(entry) ? entry.actions() : [entry]))

const byKey = new Map<string, Action>()
for (const action of ROOMS.flatMap(actionsOf)) {
  if (action.ownKeys) continue
  for (const key of keysOf(action)) {
    const other = byKey.get(key)
    if (other) throw new Error(`${action.id} and ${other.id} have the same key: ${key}`)
    byKey.set(key, action)
  }
}

/** The action that a key means, as `keyOf` writes it. */
export const actionOfKey = (key: string): Action | undefined => byKey.get(key)

/** Runs an action by its id, if there is one and it can be done. */
export function runById(id: string): void {
  const action = ROOMS.flatMap(actionsOf).find((candidate) => candidate.id === id)
  if (action) runAction(action)
}
