/**
 * How far to go along a direction? A line search for the strong Wolfe conditions, as PyTorch's L-BFGS does it.
 *
 * Sources: Nocedal and Wright, "Numerical Optimization", algorithms 3.5 and 3.6, for the idea; `_strong_wolfe` of
 * torch.optim.lbfgs for its details, which decide over the last digits of a training.
 */

/** A point of the line: the loss there, its gradient and its slope along the direction. */
export interface LinePoint {
  /** How far from the beginning, in directions. */
  readonly step: number
  /** Infinity where the loss or its gradient is not finite. */
  readonly loss: number
  /** Gradient · direction. */
  readonly slope: number
  readonly gradient: Float64Array
}

export interface LineSearchOptions {
  /** Where to look first, in directions. */
  readonly first: number
  /** Evaluations at most, the first one not counted. */
  readonly maxEvaluations: number
  /** The search ends in an interval shorter than this in each parameter. */
  readonly toleranceChange: number
  /** Largest absolute value of the direction. */
  readonly largest: number
}

/** A step must gain this part of what the slope promises (Armijo), and leave at most that part of the slope (curvature). */
const SUFFICIENT_DECREASE = 1e-4
const CURVATURE = 0.9
/** Where a loss is not finite, the search returns to this part of the way: a few such steps leave any overflow. */
const RETREAT = 0.1

/**
 * The best point that was found; `start` where there was no finite other one.
 *
 * @param evaluate the point at a step
 * @param start    the point at step 0; its slope is negative
 */
export function strongWolfe(
  evaluate: (step: number) => LinePoint,
  start: LinePoint,
  options: LineSearchOptions,
): { readonly point: LinePoint; readonly evaluations: number } {
  const found = bracketMinimum(evaluate, start, options)
  if (found.type === 'point') return found
  return shrink(evaluate, start, found, options)
}

interface Point {
  readonly type: 'point'
  readonly point: LinePoint
  readonly evaluations: number
}

interface Bracket {
  readonly type: 'bracket'
  readonly ends: readonly [LinePoint, LinePoint]
  readonly evaluations: number
}

/** Goes on until the conditions hold or a minimum must have been passed. */
function bracketMinimum(
  evaluate: (step: number) => LinePoint,
  start: LinePoint,
  { first, maxEvaluations }: LineSearchOptions,
): Point | Bracket {
  let previous = start
  let point = evaluate(first)
  for (let more = 0; more < maxEvaluations; more++) {
    const evaluations = more + 1
    const { step } = point
    let next: number
    if (point.loss === Number.POSITIVE_INFINITY) {
      next = previous.step + RETREAT * (step - previous.step)
    } else {
      if (!decreases(point, start) || (more > 1 && point.loss >= previous.loss)) {
        return { type: 'bracket', ends: [previous, point], evaluations }
      }
      if (isFlat(point, start)) return { type: 'point', point, evaluations }
      if (point.slope >= 0) return { type: 'bracket', ends: [previous, point], evaluations }
      next = cubicMinimum(previous, point, step + 0.01 * (step - previous.step), step * 10)
      previous = point
    }
    point = evaluate(next)
  }
  return { type: 'point', point: start.loss <= point.loss ? start : point, evaluations: maxEvaluations + 1 }
}

/** Makes a bracket smaller until its better end fulfils the conditions. */
function shrink(
  evaluate: (step: number) => LinePoint,
  start: LinePoint,
  bracket: Bracket,
  { maxEvaluations, toleranceChange, largest }: LineSearchOptions,
): { readonly point: LinePoint; readonly evaluations: number } {
  let [left, right] = bracket.ends
  let { evaluations } = bracket
  let leftIsLow = left.loss <= right.loss
  let wasSlow = false
  // The first evaluation is not counted.
  while (evaluations <= maxEvaluations) {
    const from = Math.min(left.step, right.step)
    const to = Math.max(left.step, right.step)
    if ((to - from) * largest < toleranceChange) break

    let step = cubicMinimum(left, right, from, to)
    const margin = 0.1 * (to - from)
    const isNearEnd = Math.min(to - step, step - from) < margin
    if (isNearEnd && (wasSlow || step >= to || step <= from)) {
      step = Math.abs(step - to) < Math.abs(step - from) ? to - margin : from + margin
      wasSlow = false
    } else {
      wasSlow = isNearEnd
    }

    const point = evaluate(step)
    evaluations++
    const [low, high] = leftIsLow ? [left, right] : [right, left]
    if (!decreases(point, start) || point.loss >= low.loss) {
      if (leftIsLow) right = point
      else left = point
      leftIsLow = left.loss <= right.loss
    } else {
      if (isFlat(point, start)) return { point, evaluations }
      const other = point.slope * (high.step - low.step) >= 0 ? low : high
      if (leftIsLow) [left, right] = [point, other]
      else [left, right] = [other, point]
    }
  }
  return { point: leftIsLow ? left : right, evaluations }
}

function decreases({ loss, step }: LinePoint, start: LinePoint): boolean {
  return loss <= start.loss + SUFFICIENT_DECREASE * step * start.slope
}

function isFlat({ slope }: LinePoint, start: LinePoint): boolean {
  return Math.abs(slope) <= -CURVATURE * start.slope
}

/**
 * Where the cubic through two points with their slopes has its minimum, kept within bounds; the middle of the bounds where
 * it has none.
 */
function cubicMinimum(a: LinePoint, b: LinePoint, from: number, to: number): number {
  const [left, right] = a.step <= b.step ? [a, b] : [b, a]
  const width = right.step - left.step
  const d1 = left.slope + right.slope - (3 * (left.loss - right.loss)) / (left.step - right.step)
  const square = d1 ** 2 - left.slope * right.slope
  const d2 = Math.sqrt(square)
  const minimum = right.step - width * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2))
  return Number.isNaN(minimum) ? (from + to) / 2 : Math.min(Math.max(minimum, from), to)
}
