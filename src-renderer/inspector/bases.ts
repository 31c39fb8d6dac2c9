/** The bases to choose from, and what changing the kind of one starts from. */
import type { Basis, BasisType } from '../../src-shared/kan/specification'

export const BASES: readonly { readonly value: BasisType; readonly label: string }[] = [
  { value: 'spline', label: 'Spline' },
  { value: 'rbf', label: 'RBF' },
  { value: 'chebyshev', label: 'Chebyshev' },
]

/** better_kan's defaults. */
export function defaultBasis(type: BasisType): Basis {
  switch (type) {
    case 'spline':
      return { type, order: 3, intervals: 5 }
    case 'rbf':
      return { type, centers: 8, kernel: 'gaussian' }
    case 'chebyshev':
      return { type, degree: 4 }
  }
}
