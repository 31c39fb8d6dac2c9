/** Actions on edges, however many: what their menu and their panel offer. */
import { Link, Lock, LockOpen, Scissors, Undo, Unlink, Waypoints } from 'lucide-react'
import { without } from '../../../src-shared/kan/locks'
import type { Specification } from '../../../src-shared/kan/specification'
import { isAllSet } from '../../network/hand/paint'
import { edgesSelected } from '../../network/selection/selection'
import { tieOf } from '../../network/selection/tie'
import type { EdgeAddress } from '../../network/types'
import { tieEdges, toggleEdges, waitToTie } from '../../state/edge-acts'
import { networkHandle } from '../../state/network-handle'
import { useUi } from '../../state/ui'
import { formatCount } from '../../ui/format'
import type { Action } from './action'

export function locking(specification: Specification, edges: readonly EdgeAddress[]): Action {
  const locked = isAllSet(specification, 'lock', edges)
  return {
    id: 'edges.lock',
    title: `${locked ? 'Unlock' : 'Lock'}${countOf(edges)}`,
    icon: locked ? LockOpen : Lock,
    shortcut: 'L',
    hint: locked ? 'Let the curves train again.' : 'Keep the curves as they are while the others train.',
    run: () => toggleEdges('lock', edges),
  }
}

export function pruning(specification: Specification, edges: readonly EdgeAddress[]): Action {
  const pruned = isAllSet(specification, 'prune', edges)
  return {
    id: 'edges.prune',
    title: `${pruned ? 'Bring back' : 'Prune'}${countOf(edges)}`,
    icon: pruned ? Undo : Scissors,
    shortcut: 'X',
    hint: pruned ? 'They count again, with the curves they had.' : 'They no longer count; their curves are kept.',
    run: () => toggleEdges('prune', edges),
  }
}

/** Ties edges of one layer, or parts those that share one curve; one alone waits for the next. */
export function tying(specification: Specification, edges: readonly EdgeAddress[]): Action {
  const [first] = edges
  const several = edges.some(({ layer }) => layer !== first?.layer)
  const tie = first === undefined || several ? null : tieOf(specification, first)
  if (first !== undefined && edges.length === 1 && tie === null) return waiting('Tie to…', first)
  const tied =
    tie !== null &&
    without(
      edges.map(({ edge }) => edge),
      tie,
    ).length === 0
  return {
    id: 'edges.tie',
    title: `${tied ? 'Untie' : 'Tie'}${countOf(edges)}`,
    icon: tied ? Unlink : Link,
    shortcut: 'T',
    hint: tied ? 'Each edge goes on with the curve that they shared.' : 'The edges share one curve.',
    whyNot: () => (several ? 'Only edges of one layer can be tied.' : null),
    run: () => tieEdges(edges),
  }
}

/** Of an edge that is tied: one more to share its curve, and the others that do. */
export function sharing(specification: Specification, at: EdgeAddress): readonly Action[] {
  const tie = tieOf(specification, at)
  if (tie === null) return []
  const { shortcut: _, ...more } = waiting('Tie one more…', at)
  const all = tie.map((edge): EdgeAddress => ({ layer: at.layer, edge }))
  return [more, selecting('Select tied edges', all)]
}

export const selecting = (title: string, edges: readonly EdgeAddress[]): Action => ({
  id: `edges.${title}`,
  title,
  icon: Waypoints,
  whyNot: () => (edges.length === 0 ? 'There are none.' : null),
  run: () => useUi.setState({ selection: edgesSelected(edges) }),
})

const waiting = (title: string, from: EdgeAddress): Action => ({
  id: 'edges.tie-to',
  title,
  icon: Link,
  shortcut: 'T',
  hint: 'The next edge that is clicked shares its curve with this one.',
  run() {
    waitToTie(from)
    networkHandle.current?.focus()
  },
})

const countOf = ({ length }: readonly unknown[]) => (length === 1 ? '' : ` ${formatCount(length)} edges`)
