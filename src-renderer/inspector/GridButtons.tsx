/** What can be done to the grid that a layer's curves stand on. */
import { FoldHorizontal, Grid2x2Plus } from 'lucide-react'
import type { Basis } from '../../src-shared/kan/specification'
import { edit, useStudio } from '../state/studio'
import { Button } from '../ui/Button'

/** As many as the inspector's fields allow. */
const MOST = 10_000

export function GridButtons({ layer, basis }: { readonly layer: number; readonly basis: Basis }) {
  const finer = refined(basis)
  if (basis.type === 'chebyshev') return null
  return (
    <section className="section">
      <FitGridButton layer={layer} />
      <Button
        label="Refine"
        hint={
          basis.type === 'spline'
            ? 'Twice as many intervals, each halved: the curves stay exactly as they are.'
            : 'Twice as many centres: the curves stay as they are.'
        }
        icon={Grid2x2Plus}
        look="outlined"
        wide
        disabled={finer === null}
        onClick={() => finer !== null && edit({ type: 'set-basis', layer, basis: finer })}
      />
    </section>
  )
}

/** @param layer null for all layers */
export function FitGridButton({ layer }: { readonly layer: number | null }) {
  const hasData = useStudio((state) => state.document?.dataSummary != null)
  return (
    <Button
      label={layer === null ? 'Fit all grids to data' : 'Fit grid to data'}
      hint="Moves the grid to where the training rows are; the curves keep their values there."
      icon={FoldHorizontal}
      look="outlined"
      wide
      disabled={!hasData}
      onClick={() => edit({ type: 'fit-grid', layer })}
    />
  )
}

/** With twice as many pieces; null where there are none or they would be too many. */
function refined(basis: Basis): Basis | null {
  switch (basis.type) {
    case 'spline':
      return 2 * basis.intervals > MOST ? null : { ...basis, intervals: 2 * basis.intervals }
    case 'rbf':
      return 2 * basis.centers > MOST ? null : { ...basis, centers: 2 * basis.centers }
    case 'chebyshev':
      return null
  }
}
