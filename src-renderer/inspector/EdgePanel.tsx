/** An edge: its curve, lock and prune, how much it matters. */
import { nodeName } from '../../src-shared/kan/names'
import { type EdgeIndex, inputsOf, type Specification } from '../../src-shared/kan/specification'
import { ActionButton } from '../app/ActionButton'
import { locking, pruning, tying } from '../app/actions/edges'
import { live } from '../state/studio'
import { useLive } from '../state/useLive'
import { formatValue } from '../ui/format'
import { CurvePlot } from './curve/CurvePlot'
import { FormulaSection } from './FormulaSection'
import { LayerPanel } from './LayerPanel'

interface EdgePanelProps {
  readonly specification: Specification
  readonly layer: number
  readonly edge: EdgeIndex
}

export function EdgePanel({ specification, layer, edge }: EdgePanelProps) {
  const [input, output] = edge
  return (
    <>
      <section className="section">
        <h1 className="panel-title">
          {nodeName(specification, layer, input)} → {nodeName(specification, layer + 1, output)}
          <small>edge, layer {layer + 1}</small>
        </h1>
      </section>
      <section className="section">
        <CurvePlot specification={specification} layer={layer} edge={edge} />
      </section>
      <section className="section">
        <div className="edge-actions">
          {[locking, tying, pruning].map((make) => {
            const action = make(specification, [{ layer, edge }])
            return <ActionButton key={action.id} action={action} look="outlined" />
          })}
        </div>
      </section>
      <FormulaSection specification={specification} layer={layer} edge={edge} />
      <Importance layer={layer} edge={edge} inputs={inputsOf(specification, layer)} />
      <LayerPanel specification={specification} layer={layer} />
    </>
  )
}

function Importance({ layer, edge: [input, output], inputs }: { layer: number; edge: EdgeIndex; inputs: number }) {
  const score = useLive(() => live.importance?.[layer]?.scores[output * inputs + input] ?? null)
  return (
    <section className="section">
      <h2>Importance</h2>
      {score === null ? (
        <p className="muted">Known once data has gone through the network.</p>
      ) : (
        <>
          <dl className="facts">
            <dt>{live.convention === 'l1' ? 'Score (L1)' : 'Score (attribution)'}</dt>
            <dd data-testid="score">{formatValue(score)}</dd>
          </dl>
          <p className="muted">Over all training rows.</p>
          {Number.isFinite(score) ? <Meter value={Math.tanh(3 * score)} /> : null}
        </>
      )}
    </section>
  )
}

/** A share from 0 to 1 as a bar; drawn as SVG because the page allows no inline styles. */
function Meter({ value }: { value: number }) {
  return (
    <svg className="meter" width="100%" height="4" aria-hidden>
      <rect width={`${100 * value}%`} height="4" fill="var(--accent)" />
    </svg>
  )
}
