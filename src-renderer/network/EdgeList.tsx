/** The network's edges and nodes as lists that are not seen: what a screen reader finds where others see the canvas. */
import { useEffect, useState } from 'react'
import { nodeName } from '../../src-shared/kan/names'
import type { Specification } from '../../src-shared/kan/specification'
import { columnWidths } from '../../src-shared/kan/ways'
import { listEdges, MOST_LISTED } from './edge-list'
import { edgeCount } from './place/layout'
import { isIn, oneNode } from './selection/selection'
import { edgeWords, hitWords } from './selection/words'
import type { NetworkLive, Selection } from './types'

interface EdgeListProps {
  specification: Specification
  live: NetworkLive
  selection: Selection
  onSelect(selection: Selection): void
}

/** Numbers that are read as text need not follow every frame. */
const PACE = 1000

export function EdgeList({ specification, live, selection, onSelect }: EdgeListProps) {
  useSlowly(live)
  const edges = listEdges(specification, live.importance, selection)
  const total = edgeCount(specification)
  const node = oneNode(selection)
  const nodes = columnWidths(specification).flatMap((count, layer) =>
    Array.from({ length: count }, (_, index) => ({ layer, index })),
  )
  return (
    <div className="network-list">
      {total > MOST_LISTED && (
        <p>
          {node !== null
            ? `Edges of ${nodeName(specification, node.layer, node.index)}, strongest first, of ${total} in all.`
            : `${total} edges: select a node to list its own.`}
        </p>
      )}
      <ul aria-label="Edges of the network">
        {edges.map((at) => (
          <li key={`${at.layer} ${at.edge[0]} ${at.edge[1]}`}>
            <button
              type="button"
              tabIndex={-1}
              aria-pressed={isIn(selection, { type: 'edge', ...at })}
              onClick={() => onSelect({ type: 'edges', edges: [at] })}
              onFocus={() => onSelect({ type: 'edges', edges: [at] })}
            >
              {edgeWords(specification, live.importance, at)}
            </button>
          </li>
        ))}
      </ul>
      {nodes.length > MOST_LISTED ? null : (
        <ul aria-label="Nodes of the network">
          {nodes.map((at) => (
            <li key={`${at.layer} ${at.index}`}>
              <button
                type="button"
                tabIndex={-1}
                aria-pressed={isIn(selection, { type: 'node', ...at })}
                onClick={() => onSelect({ type: 'nodes', nodes: [at] })}
                onFocus={() => onSelect({ type: 'nodes', nodes: [at] })}
              >
                {hitWords(specification, live.importance, { type: 'node', ...at })}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** Renders again when the numbers changed, at most once a second. */
function useSlowly(live: NetworkLive): void {
  const [, setVersion] = useState(live.version)
  useEffect(() => {
    let timer = 0
    const unsubscribe = live.subscribe(() => {
      if (timer !== 0) return
      timer = window.setTimeout(() => {
        timer = 0
        setVersion(live.version)
      }, PACE)
    })
    return () => {
      window.clearTimeout(timer)
      unsubscribe()
    }
  }, [live])
}
