/** What runs on the card, and which buffers does each kernel use? */
import type { RbfKernel } from '../../../../src-shared/kan/specification'
import { type SymbolicFunction, symbolicFunctions } from '../../../../src-shared/numerics/symbolic'
import basis from './kernels/basis.wgsl?raw'
import elementary from './kernels/elementary.wgsl?raw'
import layer from './kernels/layer.wgsl?raw'
import loss from './kernels/loss.wgsl?raw'
import program from './kernels/program.wgsl?raw'
import statistics from './kernels/statistics.wgsl?raw'
import update from './kernels/update.wgsl?raw'

/** Numbers of the buffers in program.wgsl. */
export const BUFFERS = {
  layer: 0,
  run: 1,
  parameters: 2,
  gradients: 3,
  moments: 4,
  grids: 5,
  masks: 6,
  activations: 7,
  statistics: 8,
  control: 9,
  steps: 10,
  table: 11,
  order: 12,
} as const
export type BufferName = keyof typeof BUFFERS

const ROWS = ['control', 'steps', 'run', 'activations', 'layer'] as const

/** The buffers that each kernel uses, all of them and no others: WebGPU leaves out of a kernel what it does not use. */
export const KERNELS = {
  gather: [...ROWS, 'table', 'order'],
  basis: [...ROWS, 'grids'],
  forward: [...ROWS, 'parameters', 'masks'],
  flows: [...ROWS, 'parameters', 'masks', 'statistics'],
  edges: [...ROWS, 'parameters', 'gradients', 'masks', 'statistics'],
  biases: [...ROWS, 'gradients'],
  ties: ['layer', 'gradients', 'masks'],
  loss: ROWS,
  columns: [...ROWS, 'statistics'],
  spreads: [...ROWS, 'parameters', 'masks', 'statistics'],
  penalty: ['layer', 'run', 'statistics', 'control'],
  ranges: ['layer', 'run', 'statistics', 'activations'],
  columnFlows: [...ROWS, 'statistics'],
  coefficients: ['layer', 'run', 'parameters', 'masks', 'control'],
  coefficientSlopes: ['layer', 'run', 'parameters', 'masks', 'gradients'],
  settle: ['layer', 'control'],
  advance: ['control'],
  norms: ['layer', 'masks', 'gradients', 'control'],
  clip: ['layer', 'run', 'control'],
  adam: ['layer', 'parameters', 'gradients', 'moments', 'masks', 'control', 'steps'],
} as const satisfies Record<string, readonly BufferName[]>
export type Kernel = keyof typeof KERNELS

/** What a kernel can be made for, as the overrides of program.wgsl. */
export interface Form {
  readonly basisType: number
  readonly hasFormulas: number
}
/** The kernels that are made for something. */
export const FORMED: Readonly<Partial<Record<Kernel, keyof Form>>> = {
  basis: 'basisType',
  forward: 'hasFormulas',
  flows: 'hasFormulas',
  edges: 'hasFormulas',
  spreads: 'hasFormulas',
}

/** Value and slope of a distance a ≥ 0, as in src-shared/numerics/rbf-kernels.ts. */
const RADIALS: Readonly<Record<RbfKernel, readonly [string, string]>> = {
  gaussian: ['expOf(-a * a)', 'fading(-2.0 * a, a * a)'],
  quadratic: ['a * a', '2.0 * a'],
  inverse_quadratic: ['1.0 / (1.0 + a * a)', 'select(-2.0 * (a / (1.0 + a * a)) / (1.0 + a * a), 0.0, a > FAR)'],
  multiquadric: ['hypotenuse(a)', 'select(a / hypotenuse(a), 1.0, a > FAR)'],
  inverse_multiquadric: ['1.0 / hypotenuse(a)', '-(a / hypotenuse(a)) * (1.0 / hypotenuse(a)) * (1.0 / hypotenuse(a))'],
  spline: ['a * a * ln1p(a)', 'a * (2.0 * ln1p(a) + 1.0 / (1.0 + 1.0 / a))'],
  poisson_one: ['fading(a - 1.0, a)', 'fading(2.0 - a, a)'],
  poisson_two: ['fading(0.5 * a * (a - 2.0), a)', 'fading(a * (2.0 - 0.5 * a) - 1.0, a)'],
  matern32: ['fading(1.0 + 1.73205081 * a, 1.73205081 * a)', 'fading(-3.0 * a, 1.73205081 * a)'],
  matern52: [
    'fading(1.0 + 2.23606798 * a + 1.66666667 * a * a, 2.23606798 * a)',
    'fading(-1.66666667 * a * (1.0 + 2.23606798 * a), 2.23606798 * a)',
  ],
}
const radialNames = Object.keys(RADIALS)
export const radialCode = (kernel: RbfKernel): number => radialNames.indexOf(kernel)

/** Value and slope of u, as in src-shared/numerics/symbolic.ts. */
const root = ['sqrt(u)', 'select(0.5 / sqrt(u), 0.0, u == 0.0)'] as const
const inverseRoot = ['1.0 / sqrt(u)', '-0.5 / (u * sqrt(u))'] as const
const arc = 'select(1.0 / sqrt((1.0 - u) * (1.0 + u)), 0.0, u * u == 1.0)'
const FORMULAS: Readonly<Record<SymbolicFunction, readonly [string, string]>> = {
  x: ['u', '1.0'],
  'x^2': ['u * u', '2.0 * u'],
  'x^3': ['u * u * u', '3.0 * u * u'],
  'x^4': ['u * u * u * u', '4.0 * u * u * u'],
  'x^5': ['u * u * u * u * u', '5.0 * u * u * u * u'],
  '1/x': ['1.0 / u', '-1.0 / (u * u)'],
  '1/x^2': ['1.0 / (u * u)', '-2.0 / (u * u * u)'],
  '1/x^3': ['1.0 / (u * u * u)', '-3.0 / (u * u * u * u)'],
  '1/x^4': ['1.0 / (u * u * u * u)', '-4.0 / (u * u * u * u * u)'],
  '1/x^5': ['1.0 / (u * u * u * u * u)', '-5.0 / (u * u * u * u * u * u)'],
  sqrt: root,
  'x^0.5': root,
  'x^1.5': ['u * sqrt(u)', '1.5 * sqrt(u)'],
  '1/sqrt(x)': inverseRoot,
  '1/x^0.5': inverseRoot,
  exp: ['expOf(u)', 'expOf(u)'],
  log: ['ln(u)', '1.0 / u'],
  abs: ['abs(u)', 'sign(u)'],
  sin: ['sinOf(u)', 'cosOf(u)'],
  cos: ['cosOf(u)', '-sinOf(u)'],
  tan: ['tanOf(u)', '1.0 + tanOf(u) * tanOf(u)'],
  tanh: ['tanhOf(u)', 'tanhSlope(u)'],
  sgn: ['sign(u)', '0.0'],
  arcsin: ['asinOf(u)', arc],
  arccos: ['acosOf(u)', `-${arc}`],
  arctan: ['atanOf(u)', '1.0 / (1.0 + u * u)'],
  arctanh: ['atanhOf(u)', '1.0 / ((1.0 - u) * (1.0 + u))'],
  '0': ['0.0', '0.0'],
  gaussian: ['expOf(-u * u)', '-2.0 * u * expOf(-u * u)'],
}
/** What an edge is: a curve, pruned, or one of the formulas from here on. */
export const CURVE = 0
export const PRUNED = 1
export const formulaKind = (name: SymbolicFunction): number => 2 + symbolicFunctions.indexOf(name)

const choices = (name: string, argument: string, cases: readonly (readonly [number, string])[]) =>
  `fn ${name}(kind: u32, ${argument}: f32) -> f32 {
  switch (kind) {
${cases.map(([kind, expression]) => `    case ${kind}u: { return ${expression}; }`).join('\n')}
    default: { return 0.0; }
  }
}
`
const radials = Object.values(RADIALS)
const formulas = symbolicFunctions.map((name) => [formulaKind(name), FORMULAS[name]] as const)

export const code = [
  program,
  elementary,
  choices(
    'radialValue',
    'a',
    radials.map(([value], k) => [k, value]),
  ),
  choices(
    'radialSlope',
    'a',
    radials.map(([, slope], k) => [k, slope]),
  ),
  choices(
    'formulaValue',
    'u',
    formulas.map(([kind, [value]]) => [kind, value]),
  ),
  choices(
    'formulaSlope',
    'u',
    formulas.map(([kind, [, slope]]) => [kind, slope]),
  ),
  basis,
  layer,
  loss,
  statistics,
  update,
].join('\n')
