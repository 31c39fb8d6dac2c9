/** A stretch of training by L-BFGS: it moves any network that gives losses and gradients. */
import { type Evaluation, type LbfgsLimits, type LbfgsState, lbfgsStep } from '../../../src-shared/numerics/lbfgs'
import type { Capabilities, DataHandle, Lbfgs, Network, Stretch, StretchResult } from '../engines/engine'
import { walkStretch } from '../engines/stretch'

/**
 * PyTorch's tolerances are lengths in units of the loss, which would end a training for good once it gains less than that a
 * direction: they are out of the way. What a move must tell of the curvature is PyTorch's in float64; in float32 such a bound
 * leaves only old moves to steer by, and training stalls where the loss still falls.
 */
const LIMITS: Readonly<Record<Capabilities['precision'], LbfgsLimits>> = {
  float64: { gradient: 1e-32, change: 1e-32, curvature: 1e-10 },
  float32: { gradient: 1e-32, change: 1e-32, curvature: 1e-32 },
}

/**
 * Trains from the numbers that the network holds. A step is not made where its first loss or gradient is not finite; where a
 * loss is not finite within a step, its line search comes back.
 *
 * @param state of the last step on this very network, or null
 */
export function trainLbfgs(
  network: Network,
  data: DataHandle,
  stretch: Stretch<Lbfgs>,
  state: LbfgsState | null,
): { readonly result: StretchResult; readonly state: LbfgsState | null } {
  const { objective, optimizer } = stretch
  const limits = LIMITS[network.capabilities.precision]
  let after = state
  const result = walkStretch(stretch, data.rows, (rows, rateAt) => {
    const begin = network.vectorGradient(data, rows, objective)
    const loss = begin.loss + begin.regularization
    if (!Number.isFinite(loss) || !begin.gradient.every(Number.isFinite)) {
      return { nonFinite: network.findNonFinite(data, rows) }
    }
    const evaluate = (x: Float64Array): Evaluation => {
      network.writeVector(x)
      const there = network.vectorGradient(data, rows, objective)
      return { loss: there.loss + there.regularization, gradient: there.gradient }
    }
    const { history, maxIterations } = optimizer
    const options = { learningRate: rateAt(loss), history, maxIterations, limits }
    const step = lbfgsStep(evaluate, network.readVector(), { loss, gradient: begin.gradient }, after, options)
    network.writeVector(step.x)
    after = step.state
    return begin
  })
  return { result, state: after }
}
