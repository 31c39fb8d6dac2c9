/** Many edges: how many are locked, tied and pruned, how their scores are spread, and the strongest of them. */
import { useMemo } from 'react'
import { inputsOf, type Specification } from '../../src-shared/kan/specification'
import { locking, pruning, tying } from '../app/actions/edges'
import { FORMULA, FROZEN, networkFlags, PRUNED, TIED } from '../network/numbers/flags'
import type { EdgeAddress } from '../network/types'
import { live } from '../state/studio'
import { useLive } from '../state/useLive'
import { formatCount, formatValue } from '../ui/format'
import { ActionsSection } from './ActionsSection'
import { ScoreHistogram } from './ScoreHistogram'
import { SmallCurves } from './SmallCurves'
import { scoreBins } from './score-bins'
import { scoresOf, strongest } from './strongest'

const SHOWN = 6

interface SelectionPanelEdgesProps {
  readonly specification: Specification
  readonly edges: readonly EdgeAddress[]
}

export function SelectionPanelEdges({ specification, edges }: SelectionPanelEdgesProps) {
  const counts = useMemo(() => countsOf(specification, edges), [specification, edges])
  const actions = useMemo(
    () => [locking, tying, pruning].map((make) => make(specification, edges)),
    [specification, edges],
  )
  return (
    <>
      <ActionsSection actions={actions} />
      <section className="section">
        <dl className="facts">
          {counts.map(([name, count]) => (
            <div key={name} className="fact">
              <dt>{name}</dt>
              <dd>{formatCount(count)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <Scores specification={specification} edges={edges} />
    </>
  )
}

function Scores({ specification, edges }: SelectionPanelEdgesProps) {
  const importance = useLive(() => live.importance)
  const convention = useLive(() => live.convention)
  const scores = useMemo(() => scoresOf(specification, importance, edges), [specification, importance, edges])
  const bins = useMemo(() => scoreBins(scores), [scores])
  const best = useMemo(() => strongest(edges, scores, SHOWN), [edges, scores])
  return (
    <>
      <section className="section">
        <h2>{convention === 'l1' ? 'Scores (L1)' : 'Scores (attribution)'}</h2>
        {bins === null ? (
          <p className="muted">Known once data has gone through the network.</p>
        ) : (
          <>
            <ScoreHistogram bins={bins} />
            <p className="muted">Sum {formatValue(scores.reduce((sum, score) => sum + score, 0))}</p>
          </>
        )}
      </section>
      <section className="section">
        <h2>{edges.length > SHOWN ? 'Strongest curves' : 'Curves'}</h2>
        <SmallCurves specification={specification} edges={best} />
      </section>
    </>
  )
}

/** How many of the edges are locked, and so on. */
function countsOf(specification: Specification, edges: readonly EdgeAddress[]): readonly (readonly [string, number])[] {
  const layers = networkFlags(specification)
  const inputs = specification.layers.map((_, layer) => inputsOf(specification, layer))
  const flags = Uint8Array.from(
    edges,
    ({ layer, edge: [input, output] }) => layers[layer]?.[output * (inputs[layer] ?? 1) + input] ?? 0,
  )
  const count = (flag: number) => flags.reduce((sum, flagged) => sum + ((flagged & flag) === 0 ? 0 : 1), 0)
  return [
    ['Locked', count(FROZEN)],
    ['Tied', count(TIED)],
    ['Pruned', count(PRUNED)],
    ['Formulas', count(FORMULA)],
  ]
}
