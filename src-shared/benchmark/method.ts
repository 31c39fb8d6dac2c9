/** What is measured, as a person writes it: `spline`, `spline:10` (intervals), `rbf:8:matern32`, `chebyshev:9`, `mlp`, `open`. */
import { z } from 'zod'
import { type Basis, basisSchema, rbfKernelSchema } from '../kan/specification'
import { UserError } from '../user-error'

/** A network of a basis, a perceptron of about as many parameters, or the network that is open. */
export const methodSchema = z.union([
  basisSchema,
  z.strictObject({ type: z.literal('mlp') }),
  z.strictObject({ type: z.literal('open') }),
])
export type Method = z.infer<typeof methodSchema>

/** better_kan's. */
export const DEFAULT_BASES = {
  spline: { type: 'spline', order: 3, intervals: 5 },
  rbf: { type: 'rbf', centers: 8, kernel: 'gaussian' },
  chebyshev: { type: 'chebyshev', degree: 9 },
} as const satisfies Readonly<Record<Basis['type'], Basis>>

/** Splines, RBF, Chebyshev polynomials and the perceptron, as better_kan measures them. */
export const ALL_METHODS: readonly Method[] = [...Object.values(DEFAULT_BASES), { type: 'mlp' }]

/** The shortest text that {@link readMethod} reads as it. */
export function methodText(method: Method): string {
  switch (method.type) {
    case 'spline':
      if (method.order !== DEFAULT_BASES.spline.order) return `spline:${method.intervals}:${method.order}`
      return method.intervals === DEFAULT_BASES.spline.intervals ? 'spline' : `spline:${method.intervals}`
    case 'rbf':
      if (method.kernel !== DEFAULT_BASES.rbf.kernel) return `rbf:${method.centers}:${method.kernel}`
      return method.centers === DEFAULT_BASES.rbf.centers ? 'rbf' : `rbf:${method.centers}`
    case 'chebyshev':
      return method.degree === DEFAULT_BASES.chebyshev.degree ? 'chebyshev' : `chebyshev:${method.degree}`
    default:
      return method.type
  }
}

/** @throws UserError saying what would be a method */
export function readMethod(text: string): Method {
  const [name = '', first, second, ...rest] = text.split(':')
  const found = rest.length > 0 ? null : methodOf(name, first, second)
  if (found !== null) return found
  throw new UserError(
    `"${text}" is no method. Allowed choices are all, spline, rbf, chebyshev, mlp, open; numbers follow as in ` +
      `spline:INTERVALS:ORDER, rbf:CENTRES:KERNEL (${rbfKernelSchema.options.join(', ')}) and chebyshev:DEGREE.`,
    { exitCode: 2 },
  )
}

function methodOf(name: string, first: string | undefined, second: string | undefined): Method | null {
  const number = (value: string | undefined, otherwise: number) =>
    value === undefined ? otherwise : /^\d{1,6}$/.test(value) ? Number(value) : Number.NaN
  const candidate = (() => {
    switch (name) {
      case 'spline': {
        const { intervals, order } = DEFAULT_BASES.spline
        return { type: name, intervals: number(first, intervals), order: number(second, order) }
      }
      case 'rbf': {
        const { centers, kernel } = DEFAULT_BASES.rbf
        return { type: name, centers: number(first, centers), kernel: second ?? kernel }
      }
      case 'chebyshev':
        return second === undefined ? { type: name, degree: number(first, DEFAULT_BASES.chebyshev.degree) } : null
      default:
        return first === undefined ? { type: name } : null
    }
  })()
  return methodSchema.safeParse(candidate).data ?? null
}
