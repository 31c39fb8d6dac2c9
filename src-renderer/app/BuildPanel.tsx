/** The left side: the layers, the data, how to train. */
import { formatBytes, memoryEstimate } from '../../src-shared/kan/memory'
import { parameterCount } from '../../src-shared/kan/parameters'
import type { Specification } from '../../src-shared/kan/specification'
import { DataSection } from '../data/DataSection'
import { Palette } from '../design/Palette'
import { foreseen, useDesign } from '../design/plan'
import { layerClicked } from '../network/selection/selection'
import { basisDetail, basisTitle } from '../network/selection/words'
import { useStudio } from '../state/studio'
import { useUi } from '../state/ui'
import { TrainingSection } from '../training/TrainingSection'
import { formatCount } from '../ui/format'
import { ActionButton } from './ActionButton'
import { addLayer } from './actions/network'

export function BuildPanel() {
  return (
    <aside className="scroll" aria-label="Build">
      <LayersSection />
      <DataSection />
      <TrainingSection />
    </aside>
  )
}

function LayersSection() {
  const specification = useStudio((state) => state.document?.specification)
  const selection = useUi((state) => state.selection)
  if (!specification) return null
  return (
    <section className="section">
      <h2>Layers</h2>
      <Palette />
      <div className="row">
        <b className="grow">Inputs</b>
        <span className="num">{formatCount(specification.inputs.length)}</span>
      </div>
      {specification.layers.map((layer, index) => (
        <button
          key={index}
          type="button"
          className={`layer-row ${selection.type === 'layers' && selection.layers.includes(index) ? 'on' : ''}`}
          onClick={(event) => useUi.setState({ selection: layerClicked(selection, index, event) })}
        >
          <span className="grow">
            <span className="unseen">Layer {index + 1}, </span>
            <b>{basisTitle(layer.basis)}</b> <span className="muted num">{basisDetail(layer.basis)}</span>
          </span>
          <span className="num">
            {formatCount(layer.nodes)}
            <span className="unseen"> nodes</span>
          </span>
        </button>
      ))}
      <Size specification={specification} />
      <ActionButton action={addLayer} look="outlined" wide />
    </section>
  )
}

/** How large the network is, or would be with what is planned by the hand. */
function Size({ specification }: { specification: Specification }) {
  const plan = useDesign((state) => state.plan)
  const after = foreseen(plan, specification)
  return (
    <>
      <div className="row muted">
        <span className="grow">Parameters</span>
        <span className="num">{formatCount(parameterCount(after))}</span>
      </div>
      <div
        className="row muted"
        title="An estimate from the design, with the optimiser; the data come on top. What the engine holds now stands in its chip above."
      >
        <span className="grow">Memory to train, about</span>
        <span className="num">{formatBytes(memoryEstimate(after))}</span>
      </div>
    </>
  )
}
