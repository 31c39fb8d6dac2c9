/** What in a design is allowed and yet seldom meant? */
import { type Basis, basisSize, type LayerSpecification, type Specification } from './specification'

/** B-splines of higher orders are nearly alike, so that their weights cancel each other. */
const HIGHEST_ORDER = 10

/**
 * Sentences on one layer, without its name.
 *
 * @param rows training rows; null where no data are known
 */
export function layerWarnings({ basis }: LayerSpecification, rows: number | null): readonly string[] {
  const size = basisSize(basis)
  return [
    ...(basis.type === 'spline' && basis.order > HIGHEST_ORDER
      ? [
          `Splines of order ${basis.order} are ill-conditioned and slow: above ${HIGHEST_ORDER} their weights cancel ` +
            'each other; 3 is usual.',
        ]
      : []),
    ...(rows !== null && 2 * size > rows
      ? [
          `Each curve has ${size} coefficients for ${rows === 1 ? 'one row' : `${rows} rows`}: it can follow the noise ` +
            `of the data; take ${fewer(basis)}, and watch the validation loss.`,
        ]
      : []),
  ]
}

/** Sentences on all layers, each with the layer that it is about; layers of the same fault are not repeated. */
export function designWarnings({ layers }: Specification, rows: number | null): readonly string[] {
  const places = new Map<string, number[]>()
  layers.forEach((layer, l) => {
    for (const warning of layerWarnings(layer, rows)) places.set(warning, [...(places.get(warning) ?? []), l + 1])
  })
  return [...places].map(([warning, at]) => `${at.length === 1 ? 'Layer' : 'Layers'} ${at.join(', ')}: ${warning}`)
}

function fewer(basis: Basis): string {
  switch (basis.type) {
    case 'spline':
      return 'fewer intervals'
    case 'rbf':
      return 'fewer centres'
    case 'chebyshev':
      return 'a lower degree'
  }
}
