/** Says what is awaited while an edge waits for the one that it will be tied to; Escape gives up, wherever the keyboard is. */
import { useEffect } from 'react'
import { edgeName } from '../../src-shared/kan/names'
import type { Specification } from '../../src-shared/kan/specification'
import type { EdgeAddress } from '../network/types'
import { tieEdges } from '../state/edge-acts'

export function TieHint({ specification, from }: { specification: Specification; from: EdgeAddress }) {
  useEffect(() => {
    function giveUp(event: KeyboardEvent) {
      if (event.key === 'Escape' && !event.defaultPrevented) tieEdges([])
    }
    window.addEventListener('keydown', giveUp)
    return () => window.removeEventListener('keydown', giveUp)
  }, [])
  return (
    <p className="network-hint" role="status">
      Tie <b>{edgeName(specification, from.layer, from.edge)}</b> to: choose an edge, or <kbd>Esc</kbd>
    </p>
  )
}
