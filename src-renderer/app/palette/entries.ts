/** What the palette offers for what was typed: actions in groups, what was used last first, and things of the network. */
import { whyNot } from '../actions/action'
import { actionsOf, ROOMS } from '../actions/registry'
import { type Match, match } from './match'
import { recentIds } from './recent'
import type { Thing } from './things'

export interface Entry {
  readonly id: string
  readonly title: string
  readonly detail: string
  readonly shortcut: string | null
  /** Why it cannot be done now. */
  readonly whyNot: string | null
  /** Letters of the title that answer to what was typed. */
  readonly letters: Match['letters']
  /** What choosing it means. */
  readonly chosen: { readonly action: string } | { readonly thing: Thing }
}

export interface EntryGroup {
  readonly value: string
  readonly items: readonly Entry[]
}

/** A person reads no further. */
const MOST_THINGS = 12
const NONE: ReadonlySet<number> = new Set()
/** What was used last is found a little sooner. */
const BONUS = 0.5

/** @param things of the open network, found by name only */
export function entriesFor(query: string, things: readonly Thing[]): readonly EntryGroup[] {
  const recent = recentIds()
  const groups = ROOMS.map((room) => ({ value: room.title, items: actionsOf(room).map(entryOf) }))
  if (query.trim() === '') {
    const all = new Map(groups.flatMap(({ items }) => items).map((entry) => [entry.id, entry]))
    // The same entry stands in its own group too: the list needs another identity for it.
    const last = recent.flatMap((id) => {
      const entry = all.get(id)
      return entry ? [{ ...entry, id: `recent ${id}` }] : []
    })
    return [{ value: 'Recent', items: last }, ...groups].filter(({ items }) => items.length > 0)
  }
  const found = groups.map(({ value, items }) => best(value, query, items, recent))
  const named = best(
    'In the network',
    query,
    things.map((thing, index) => ofThing(thing, index)),
    [],
  )
  return [...found, { ...named, items: named.items.slice(0, MOST_THINGS) }]
    .filter(({ items }) => items.length > 0)
    .sort((a, b) => b.score - a.score)
}

function entryOf(action: ReturnType<typeof actionsOf>[number]): Entry {
  const { id, title, hint = '', shortcut = null } = action
  return { id, title, detail: hint, shortcut, whyNot: whyNot(action), letters: NONE, chosen: { action: id } }
}

const ofThing = (thing: Thing, index: number): Entry => ({
  id: `thing ${index}`,
  title: thing.title,
  detail: thing.detail,
  shortcut: null,
  whyNot: null,
  letters: NONE,
  chosen: { thing },
})

/** Those of a group that answer, the best first, and how well the best does. */
function best(value: string, query: string, items: readonly Entry[], recent: readonly string[]) {
  const scored = items.flatMap((entry) => {
    const own = match(query, entry.title)
    // "train step" finds One step of Training.
    const found = own ?? match(query, `${entry.title} ${value}`)
    if (found === null) return []
    const score = found.score + (recent.includes(entry.id) ? BONUS : 0) - (entry.whyNot === null ? 0 : BONUS)
    return [{ entry: { ...entry, letters: own?.letters ?? NONE }, score: own ? score : score - 2 }]
  })
  const sorted = scored.sort((a, b) => b.score - a.score)
  return { value, items: sorted.map(({ entry }) => entry), score: sorted[0]?.score ?? Number.NEGATIVE_INFINITY }
}
