/** The bases to choose from, and what changing the kind of one starts from. */
import type { Basis, BasisType, RbfKernel } from '../../src-shared/kan/specification'

export const BASES: readonly { readonly value: BasisType; readonly label: string }[] = [
  { value: 'spline', label: 'Spline' },
  { value: 'rbf', label: 'RBF' },
  { value: 'chebyshev', label: 'Chebyshev' },
]

/** Those that fall off around their centre first, those that grow with the distance last. */
export const KERNELS: readonly { readonly value: RbfKernel; readonly label: string }[] = [
  { value: 'gaussian', label: 'Gaussian' },
  { value: 'inverse_quadratic', label: 'Inverse quadratic' },
  { value: 'inverse_multiquadric', label: 'Inverse multiquadric' },
  { value: 'matern32', label: 'Matérn 3/2' },
  { value: 'matern52', label: 'Matérn 5/2' },
  { value: 'poisson_one', label: 'Poisson one' },
  { value: 'poisson_two', label: 'Poisson two' },
  { value: 'multiquadric', label: 'Multiquadric' },
  { value: 'quadratic', label: 'Quadratic' },
  { value: 'spline', label: 'Spline' },
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
