/** A layer: its width, basis and base. Changing the basis keeps the curves, fitted anew. */
import type { Base, Basis, Specification } from '../../src-shared/kan/specification'
import { layerWarnings } from '../../src-shared/kan/warnings'
import { ActionButton } from '../app/ActionButton'
import { removing } from '../app/actions/layers'
import { setWidth } from '../design/widen'
import { basisTitle } from '../network/selection/words'
import { edit, useStudio } from '../state/studio'
import { NumberField, SelectField } from '../ui/fields'
import { BASES, defaultBasis, KERNELS } from './bases'
import { GridButtons } from './GridButtons'
import { LayerBasis } from './LayerBasis'

export const BASE_FUNCTIONS: readonly { readonly value: Base; readonly label: string }[] = [
  { value: 'silu', label: 'silu' },
  { value: 'identity', label: 'identity' },
  { value: 'tanh', label: 'tanh' },
  { value: 'zero', label: 'zero' },
]

interface LayerPanelProps {
  readonly specification: Specification
  readonly layer: number
  /** Whether the layer itself is selected, not an edge of it. */
  readonly titled?: boolean
}

export function LayerPanel({ specification, layer: l, titled }: LayerPanelProps) {
  const rows = useStudio((state) => state.document?.dataSummary?.rows.train ?? null)
  const layer = specification.layers[l]
  if (!layer) return null
  const last = l === specification.layers.length - 1
  const setBasis = (basis: Basis) => edit({ type: 'set-basis', layer: l, basis })
  return (
    <>
      {titled ? (
        <section className="section">
          <h1 className="panel-title">
            {basisTitle(layer.basis)} <small>layer {l + 1}</small>
          </h1>
        </section>
      ) : null}
      <section className="section">
        {titled ? null : <h2>Layer {l + 1}</h2>}
        <NumberField
          label="Nodes"
          hint={
            last
              ? 'The last layer has one node for each target.'
              : 'Outputs of this layer. Fewer: the least important go, the others keep their curves.'
          }
          value={layer.nodes}
          min={1}
          integer
          disabled={last}
          onChange={(nodes) => nodes !== null && setWidth(l, nodes)}
        />
        <SelectField
          label="Basis"
          hint="What the curves are made of; the curves are fitted anew and keep their shape."
          value={layer.basis.type}
          options={BASES}
          onChange={(type) => setBasis(defaultBasis(type))}
        />
        <BasisFields basis={layer.basis} onChange={setBasis} />
        {layerWarnings(layer, rows).map((warning) => (
          <p className="caution" key={warning}>
            {warning}
          </p>
        ))}
        <SelectField
          label="Base"
          hint="The fixed function that every edge adds to its curve."
          value={layer.base}
          options={BASE_FUNCTIONS}
          onChange={(base) => edit({ type: 'set-base', layer: l, base })}
        />
        {titled ? <LayerBasis layer={layer} index={l} /> : null}
      </section>
      {titled ? <GridButtons layer={l} basis={layer.basis} /> : null}
      {titled && specification.layers.length > 1 ? (
        <section className="section">
          <ActionButton action={removing(specification, [l])} look="outlined" wide />
        </section>
      ) : null}
    </>
  )
}

export function BasisFields({ basis, onChange }: { basis: Basis; onChange: (basis: Basis) => void }) {
  switch (basis.type) {
    case 'spline':
      return (
        <>
          <NumberField
            label="Order"
            hint="Degree of the pieces: 3 is smooth, 1 is straight lines, 0 is steps."
            value={basis.order}
            min={0}
            max={200}
            integer
            onChange={(order) => order !== null && onChange({ ...basis, order })}
          />
          <NumberField
            label="Intervals"
            hint="How many pieces a curve has: more follow finer detail."
            value={basis.intervals}
            min={1}
            max={10_000}
            integer
            onChange={(intervals) => intervals !== null && onChange({ ...basis, intervals })}
          />
        </>
      )
    case 'rbf':
      return (
        <>
          <NumberField
            label="Centres"
            hint="How many radial functions a curve is made of."
            value={basis.centers}
            min={2}
            max={10_000}
            integer
            onChange={(centers) => centers !== null && onChange({ ...basis, centers })}
          />
          <SelectField
            label="Kernel"
            hint="The shape around each centre. The multiquadric, quadratic and spline kernels grow with the distance."
            value={basis.kernel}
            options={KERNELS}
            onChange={(kernel) => onChange({ ...basis, kernel })}
          />
        </>
      )
    case 'chebyshev':
      return (
        <NumberField
          label="Degree"
          hint="Highest polynomial of tanh x."
          value={basis.degree}
          min={1}
          max={200}
          integer
          onChange={(degree) => degree !== null && onChange({ ...basis, degree })}
        />
      )
  }
}
