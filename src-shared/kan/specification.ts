/** The design of a network: what is written as JSON under `kan-studio` in a `.kan` file (docs/file-format.md). */
import { z } from 'zod'
import { symbolicFunctions } from '../numerics/symbolic'
import { preprocessingSchema } from './preprocessing'

/** An edge within its layer: `[input, output]`, counted from 0. */
export type EdgeIndex = readonly [input: number, output: number]

const count = z.number().int().nonnegative()
const positive = z.number().int().positive()
const edge = z.tuple([count, count]).readonly()
const name = z.string().min(1).max(1000)

export const rbfKernelSchema = z.enum([
  'gaussian',
  'quadratic',
  'inverse_quadratic',
  'multiquadric',
  'inverse_multiquadric',
  'spline',
  'poisson_one',
  'poisson_two',
  'matern32',
  'matern52',
])
/** A radial function's shape; the formulas stand in numerics/rbf-kernels.ts. */
export type RbfKernel = z.infer<typeof rbfKernelSchema>

export const basisSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('spline'), order: count, intervals: positive }),
  z.strictObject({ type: z.literal('rbf'), centers: positive, kernel: rbfKernelSchema.default('gaussian') }),
  z.strictObject({ type: z.literal('chebyshev'), degree: count }),
])
/** B-splines of an order on intervals, radial functions around centres, or Chebyshev polynomials of tanh x. */
export type Basis = z.infer<typeof basisSchema>
export type BasisType = Basis['type']

export const baseSchema = z.enum(['silu', 'identity', 'tanh', 'zero'])
/** The fixed function that every edge of a layer adds to its basis. */
export type Base = z.infer<typeof baseSchema>

const rangeSchema = z
  .tuple([z.number(), z.number()])
  .refine(([from, to]) => from < to, { error: 'the range must go from a smaller to a larger number' })
  .readonly()

/** What replaces an edge's curve: c·f(a·x + b) + d. */
export const formulaSchema = z.strictObject({
  function: z.enum(symbolicFunctions),
  a: z.number(),
  b: z.number(),
  c: z.number(),
  d: z.number(),
})
export type Formula = z.infer<typeof formulaSchema>
const symbolicSchema = formulaSchema.extend({ edge })
/** An edge that is a formula. Its numbers are the first ones: what training makes of them is in the layer's tensors. */
export type SymbolicEdge = z.infer<typeof symbolicSchema>

export const layerSchema = z.strictObject({
  /** Number of outputs; the inputs are the outputs of the layer before. */
  nodes: positive,
  basis: basisSchema,
  /** Places the first grid only; the tensor `grid` wins. Chebyshev ignores it. */
  range: rangeSchema.default([-1, 1]),
  base: baseSchema.default('silu'),
  bias: z.boolean().default(true),
  frozen: z.array(edge).default([]),
  tied: z.array(z.array(edge)).default([]),
  pruned: z.array(edge).default([]),
  symbolic: z.array(symbolicSchema).default([]),
})
export type LayerSpecification = z.infer<typeof layerSchema>

/** A file by what is in it, to know it again. */
const fingerprintSchema = z.strictObject({
  /** Bytes. */
  size: count,
  /** Data rows. */
  rows: count,
  /** SHA-256 of the bytes, in hexadecimal digits. */
  hash: z.string(),
})
export type Fingerprint = z.infer<typeof fingerprintSchema>

const historySchema = z.strictObject({
  /** Training steps done so far. */
  step: count,
  /** The folder of the run that trained it last, relative to the studio's folder or absolute; holds the optimiser's state. */
  run: z.string().optional(),
  /** What a plateau schedule of the learning rate remembers of those steps. */
  plateau: z
    .strictObject({ best: z.number().nullable(), waited: count, scale: z.number().nonnegative() })
    .readonly()
    .optional(),
  /** The job that trained it last: its data and training blocks, so that opening the file restores both. */
  job: z.record(z.string(), z.unknown()).optional(),
  /** The file that the job's data named. */
  data: fingerprintSchema.optional(),
})
export type History = z.infer<typeof historySchema>

export const FORMAT = 1

export const specificationSchema = z.strictObject({
  format: z.literal(FORMAT),
  name,
  seed: count.default(0),
  task: z.enum(['regression', 'classification']).default('regression'),
  initialization: z.enum(['better_kan', 'scaled']).default('better_kan'),
  inputs: z.array(z.strictObject({ name, group: z.number().int().min(-1).default(0) })).min(1),
  outputs: z.array(z.strictObject({ name })).min(1),
  layers: z.array(layerSchema).min(1),
  preprocessing: preprocessingSchema.optional(),
  classes: z.array(z.string()).optional(),
  history: historySchema.optional(),
})
export type Specification = z.infer<typeof specificationSchema>

/** Number of inputs of a layer. */
export function inputsOf(specification: Specification, layer: number): number {
  if (layer === 0) return specification.inputs.length
  const before = specification.layers[layer - 1]
  if (before === undefined) throw new RangeError(`no layer ${layer}`)
  return before.nodes
}

/** Number of basis functions of an edge: G + k for splines, centres for RBF, degree + 1 for Chebyshev. */
export function basisSize(basis: Basis): number {
  switch (basis.type) {
    case 'spline':
      return basis.intervals + basis.order
    case 'rbf':
      return basis.centers
    case 'chebyshev':
      return basis.degree + 1
  }
}

/** Basis functions of an edge that are not 0 at one point: order + 1 of a spline's, all of the others'. */
export function supportSize(basis: Basis): number {
  return basis.type === 'spline' ? basis.order + 1 : basisSize(basis)
}

/** Points of the grid of one input: G + 2k + 1 knots, the centres, or none. */
export function gridSize(basis: Basis): number {
  switch (basis.type) {
    case 'spline':
      return basis.intervals + 2 * basis.order + 1
    case 'rbf':
      return basis.centers
    case 'chebyshev':
      return 0
  }
}
