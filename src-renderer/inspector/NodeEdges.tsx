/** The edges that come into a node, or go out of it, the most important first. */
import type { Specification } from '../../src-shared/kan/specification'
import type { EdgeAddress } from '../network/types'
import { live } from '../state/studio'
import { useLive } from '../state/useLive'
import { formatCount } from '../ui/format'
import { SmallCurves } from './SmallCurves'
import { scoresOf, strongest } from './strongest'

const SHOWN = 6

interface NodeEdgesProps {
  readonly title: string
  readonly specification: Specification
  readonly edges: readonly EdgeAddress[]
  /** The node at the other end of an edge. */
  readonly other: (at: EdgeAddress) => string
}

export function NodeEdges({ title, specification, edges, other }: NodeEdgesProps) {
  const importance = useLive(() => live.importance)
  if (edges.length === 0) return null
  const ranked = strongest(edges, scoresOf(specification, importance, edges), SHOWN)
  return (
    <section className="section">
      <h2>
        {title} <small className="muted">{formatCount(edges.length)}</small>
      </h2>
      <SmallCurves specification={specification} edges={ranked} label={other} />
      {edges.length > SHOWN ? <p className="muted">The {SHOWN} strongest.</p> : null}
    </section>
  )
}
