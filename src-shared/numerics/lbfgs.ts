/**
 * How does L-BFGS move a vector? PyTorch's torch.optim.LBFGS with its strong Wolfe line search.
 *
 * One step is one call of PyTorch's `step`: up to `maxIterations` directions, each with a line search of its own, and five
 * evaluations for every four of them. Differs from PyTorch only where a loss is not finite: the line search then comes
 * back, where PyTorch's parameters become NaN.
 */
import { type LinePoint, strongWolfe } from './strong-wolfe'

export interface LbfgsOptions {
  /** Where each line search looks first, in directions. */
  readonly learningRate: number
  /** Pairs of steps and changes of the gradient that are remembered. */
  readonly history: number
  readonly maxIterations: number
  readonly limits: LbfgsLimits
}

/** Where a step ends early, and what it forgets; PyTorch's names and its defaults in brackets. */
export interface LbfgsLimits {
  /** A largest gradient up to this ends a step (`tolerance_grad`, 1e-7). */
  readonly gradient: number
  /** A change of the loss, or of every parameter, below this ends a step (`tolerance_change`, 1e-9). */
  readonly change: number
  /** A move along which the gradient changes less than this (step · change) is not remembered (1e-10, always). */
  readonly curvature: number
}

/** What a step leaves for the next one. */
export interface LbfgsState {
  /** The last direction, and how many of it were gone. */
  readonly direction: Float64Array
  readonly stepSize: number
  /** The gradient where that direction began. */
  readonly gradient: Float64Array
  /** Pairs of the inverse Hessian's approximation, the oldest first. */
  readonly pairs: readonly LbfgsPair[]
  /** The approximation before its pairs: this times the identity. */
  readonly scale: number
}

/** How the gradient changed along a step, and 1 / (step · change). */
interface LbfgsPair {
  readonly step: Float64Array
  readonly change: Float64Array
  readonly rho: number
}

export interface Evaluation {
  readonly loss: number
  /** By x. */
  readonly gradient: Float64Array
}

/**
 * One step from a point whose loss is finite; nothing that is passed in changes.
 *
 * @param evaluate gives a new array each time
 * @param at       what it gives at x
 * @param state    null before the first step
 * @returns the point that was reached, and all evaluations, that at x included
 */
export function lbfgsStep(
  evaluate: (x: Float64Array) => Evaluation,
  x: Float64Array,
  at: Evaluation,
  state: LbfgsState | null,
  { learningRate, history, maxIterations, limits }: LbfgsOptions,
): { readonly x: Float64Array; readonly state: LbfgsState | null; readonly evaluations: number } {
  const maxEvaluations = Math.floor((maxIterations * 5) / 4)
  let evaluations = 1
  let { loss, gradient } = at
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    if (largest(gradient) <= limits.gradient) break
    const isFirst = state === null
    const next: LbfgsState = state === null ? steepest(gradient) : remember(state, gradient, history, limits.curvature)
    const slope = dot(gradient, next.direction)
    const first = isFirst ? Math.min(1, 1 / sumOfAbsolutes(gradient)) * learningRate : learningRate
    state = { ...next, stepSize: first }
    // Written so that NaN ends it too.
    if (!(slope <= -limits.change)) break

    const [origin, { direction }] = [x, next]
    const reach = largest(direction)
    const lossBefore = loss
    const search = strongWolfe(
      (step) => pointAt(evaluate, origin, direction, step),
      { step: 0, loss, slope, gradient },
      { first, maxEvaluations: maxEvaluations - evaluations, toleranceChange: limits.change, largest: reach },
    )
    const { point } = search
    evaluations += search.evaluations
    x = along(origin, direction, point.step)
    loss = point.loss
    gradient = point.gradient
    state = { ...next, stepSize: point.step }
    if (evaluations >= maxEvaluations) break
    if (Math.abs(point.step) * reach <= limits.change || Math.abs(loss - lossBefore) < limits.change) break
  }
  return { x, state, evaluations }
}

function steepest(gradient: Float64Array): LbfgsState {
  return { direction: scaled(gradient, -1), stepSize: 0, gradient, pairs: [], scale: 1 }
}

/** The state with the last move's pair and the next direction. */
function remember(state: LbfgsState, gradient: Float64Array, history: number, least: number): LbfgsState {
  const { direction, stepSize } = state
  const change = along(gradient, state.gradient, -1)
  const step = scaled(direction, stepSize)
  const curvature = dot(change, step)
  let { pairs, scale } = state
  if (curvature > least) {
    pairs = [...pairs.slice(Math.max(0, pairs.length + 1 - history)), { step, change, rho: 1 / curvature }]
    scale = curvature / dot(change, change)
  }
  return { direction: descent(gradient, pairs, scale), stepSize: 0, gradient, pairs, scale }
}

/** −H·gradient by the two-loop recursion. Source: Nocedal and Wright, algorithm 7.4. */
function descent(gradient: Float64Array, pairs: readonly LbfgsPair[], scale: number): Float64Array {
  const rest = scaled(gradient, -1)
  const alphas = pairs.toReversed().map(({ step, change, rho }) => {
    const alpha = dot(step, rest) * rho
    add(rest, -alpha, change)
    return alpha
  })
  const direction = scaled(rest, scale)
  for (const { step, change, rho } of pairs) {
    const alpha = alphas.pop() ?? 0
    add(direction, alpha - dot(change, direction) * rho, step)
  }
  return direction
}

function pointAt(
  evaluate: (x: Float64Array) => Evaluation,
  origin: Float64Array,
  direction: Float64Array,
  step: number,
): LinePoint {
  const { loss, gradient } = evaluate(along(origin, direction, step))
  const slope = dot(gradient, direction)
  return { step, loss: Number.isFinite(loss + slope) ? loss : Number.POSITIVE_INFINITY, slope, gradient }
}

/** origin + step · direction */
function along(origin: Float64Array, direction: Float64Array, step: number): Float64Array {
  const point = origin.slice()
  add(point, step, direction)
  return point
}

function scaled(values: Float64Array, factor: number): Float64Array {
  const products = new Float64Array(values.length)
  for (let k = 0; k < values.length; k++) products[k] = (values[k] as number) * factor
  return products
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += (a[k] as number) * (b[k] as number)
  return sum
}

/** a += factor · b */
function add(a: Float64Array, factor: number, b: Float64Array): void {
  for (let k = 0; k < a.length; k++) a[k] = (a[k] as number) + factor * (b[k] as number)
}

function largest(values: Float64Array): number {
  let most = 0
  for (let k = 0; k < values.length; k++) most = Math.max(most, Math.abs(values[k] as number))
  return most
}

function sumOfAbsolutes(values: Float64Array): number {
  let sum = 0
  for (let k = 0; k < values.length; k++) sum += Math.abs(values[k] as number)
  return sum
}
