/** Several edges, nodes or layers: what they have in common, and what can be done with all of them. */
import type { Specification } from '../../src-shared/kan/specification'
import { countWords } from '../network/selection/selection'
import type { Selection } from '../network/types'
import { SelectionPanelEdges } from './SelectionPanelEdges'
import { SelectionPanelLayers } from './SelectionPanelLayers'
import { SelectionPanelNodes } from './SelectionPanelNodes'

interface SelectionPanelProps {
  readonly specification: Specification
  readonly selection: Exclude<Selection, { readonly type: 'none' }>
}

export function SelectionPanel({ specification, selection }: SelectionPanelProps) {
  return (
    <>
      <section className="section">
        <h1 className="panel-title">
          {countWords(selection)} <small>{whereOf(specification, selection)}</small>
        </h1>
      </section>
      <Common specification={specification} selection={selection} />
    </>
  )
}

function Common({ specification, selection }: SelectionPanelProps) {
  switch (selection.type) {
    case 'edges':
      return <SelectionPanelEdges specification={specification} edges={selection.edges} />
    case 'nodes':
      return <SelectionPanelNodes specification={specification} nodes={selection.nodes} />
    case 'layers':
      return <SelectionPanelLayers specification={specification} layers={selection.layers} />
  }
}

/** `layer 1`, `layers 1, 2`, `inputs`: where the selected things are. */
function whereOf({ layers }: Specification, selection: SelectionPanelProps['selection']): string {
  if (selection.type === 'layers') return `of ${layers.length}`
  const things = selection.type === 'edges' ? selection.edges : selection.nodes
  const places = [...new Set(things.map(({ layer }) => layer))].sort((a, b) => a - b)
  const name = (place: number) => {
    if (selection.type === 'edges') return `${place + 1}`
    return place === 0 ? 'inputs' : place === layers.length ? 'outputs' : `layer ${place}`
  }
  const names = places.map(name).join(', ')
  return selection.type === 'nodes' ? names : places.length === 1 ? `layer ${names}` : `layers ${names}`
}
