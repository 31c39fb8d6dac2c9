/** Bases in a person's words, and what changing the kind of one starts from. */
import type { Basis, BasisType } from '../../src-shared/kan/specification'

export const BASES: readonly { readonly value: BasisType; readonly label: string }[] = [
  { value: 'spline', label: 'Spline' },
  { value: 'rbf', label: 'RBF' },
  { value: 'chebyshev', label: 'Chebyshev' },
]

export function basisTitle(basis: Basis): string {
  return BASES.find(({ value }) => value === basis.type)?.label ?? basis.type
}

/** Its settings, short: k 3 · G 5. */
export function basisText(basis: Basis): string {
  switch (basis.type) {
    case 'spline':
      return `k ${basis.order} · G ${basis.intervals}`
    case 'rbf':
      return `${basis.centers} centres`
    case 'chebyshev':
      return `d ${basis.degree}`
  }
}

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
