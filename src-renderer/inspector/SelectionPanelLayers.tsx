/** Several layers: width, basis and base of all of them at once. */
import type { Edit } from '../../src-shared/kan/edits/edit'
import type { Base, Basis, BasisType, Specification } from '../../src-shared/kan/specification'
import { editTogether, onTheirEdges, removing } from '../app/actions/layers'
import { NumberField, SelectField } from '../ui/fields'
import { ActionsSection } from './ActionsSection'
import { BASES, defaultBasis } from './bases'
import { BASE_FUNCTIONS, BasisFields } from './LayerPanel'

/** What stands in a choice where the layers differ. */
const DIFFERENT = { value: '', label: 'different' } as const

interface SelectionPanelLayersProps {
  readonly specification: Specification
  readonly layers: readonly number[]
}

export function SelectionPanelLayers({ specification, layers }: SelectionPanelLayersProps) {
  const chosen = layers.flatMap((l) => specification.layers[l] ?? [])
  const hidden = layers.filter((l) => l < specification.layers.length - 1)
  const nodes = common(hidden.map((l) => specification.layers[l]?.nodes ?? 0))
  const type = common(chosen.map(({ basis }) => basis.type))
  const base = common(chosen.map((layer) => layer.base))
  const basis = common(chosen.map((layer) => JSON.stringify(layer.basis))) === null ? null : chosen[0]?.basis

  const setBasis = (next: (old: Basis) => Basis) => {
    const changed = layers.flatMap((layer): Edit[] => {
      const old = specification.layers[layer]?.basis
      const made = old && next(old)
      return made === undefined || made === old ? [] : [{ type: 'set-basis', layer, basis: made }]
    })
    editTogether(changed)
  }
  const setType = (to: BasisType | '') => {
    if (to !== '') setBasis((old) => (old.type === to ? old : defaultBasis(to)))
  }
  const setBase = (to: Base | '') => {
    if (to === '') return
    const others = layers.filter((l) => specification.layers[l]?.base !== to)
    editTogether(others.map((layer): Edit => ({ type: 'set-base', layer, base: to })))
  }
  const setNodes = (to: number | null) => {
    if (to === null) return
    const others = hidden.filter((l) => specification.layers[l]?.nodes !== to)
    editTogether(others.map((layer): Edit => ({ type: 'set-width', layer, nodes: to })))
  }

  return (
    <>
      <section className="section">
        {hidden.length > 0 ? (
          <NumberField
            label="Nodes"
            hint="Outputs of each of these layers; the last layer has one node for each target."
            value={nodes}
            min={1}
            integer
            empty="different"
            onChange={setNodes}
          />
        ) : null}
        <SelectField<BasisType | ''>
          label="Basis"
          hint="What the curves are made of; the curves are fitted anew and keep their shape."
          value={type ?? ''}
          options={type === null ? [DIFFERENT, ...BASES] : BASES}
          onChange={setType}
        />
        {basis ? <BasisFields basis={basis} onChange={(next) => setBasis(() => next)} /> : null}
        <SelectField<Base | ''>
          label="Base"
          hint="The fixed function that every edge adds to its curve."
          value={base ?? ''}
          options={base === null ? [DIFFERENT, ...BASE_FUNCTIONS] : BASE_FUNCTIONS}
          onChange={setBase}
        />
      </section>
      <ActionsSection actions={[...onTheirEdges(specification, layers), removing(specification, layers)]} />
    </>
  )
}

/** What all have; null where they differ. */
function common<T extends string | number>(values: readonly T[]): T | null {
  const [first, ...others] = values
  return first !== undefined && others.every((value) => value === first) ? first : null
}
