/** Who computes the gradient of an objective? The kernels; where they cannot, the host the rest of it, or all. */
import type { Loss, PykanRegularization } from '../../../../src-shared/contract/job'
import { withGroups } from '../../../../src-shared/kan/groups'
import type { LayerTensors } from '../../../../src-shared/kan/parameters'
import { lossAndGradient } from '../../../../src-shared/numerics/network'
import type { Direction, LossAndGradient, Objective, VectorGradient } from '../engine'
import type { Numbers } from './numbers'
import type { Batch, Passes } from './passes'
import { addCoefficientGradients, hasCoefficients, type PykanPasses } from './pykan'

/** Gradients are squared in float32: a loss beyond it is as good as infinite. */
const LARGEST_LOSS = 3.4028234663852886e38

interface Losses {
  readonly loss: number
  readonly regularization: number
}

/** Whether a step may follow. */
export function isUsable({ loss, regularization }: Losses): boolean {
  // Written so that NaN fails too.
  return Math.abs(loss + regularization) <= LARGEST_LOSS
}

export class Gradients {
  readonly #numbers: Numbers
  readonly #passes: Passes
  readonly #pykan: PykanPasses

  constructor(numbers: Numbers, passes: Passes, pykan: PykanPasses) {
    this.#numbers = numbers
    this.#passes = passes
    this.#pykan = pykan
  }

  /** By every parameter. */
  full(batch: Batch, objective: Objective): LossAndGradient {
    const { loss, regularization } = objective
    if (this.#isExact(objective)) return this.#exact(batch, objective)
    if (regularization?.type === 'pykan') return this.#pykanGradient(batch, loss, regularization)
    const result = this.#passes.gradient(batch, { loss, regularization })
    return { ...result, gradients: this.#read() }
  }

  /** By the numbers that train. */
  vector(batch: Batch, objective: Objective): VectorGradient {
    const hosted = this.byHost(batch, objective)
    if (hosted !== null) {
      const { loss, regularization, gradients } = hosted
      return { loss, regularization, gradient: this.#numbers.toVector(gradients) }
    }
    const losses = this.byKernels(batch, objective)
    this.#passes.join()
    return {
      loss: isUsable(losses) ? losses.loss : Number.POSITIVE_INFINITY,
      regularization: losses.regularization,
      gradient: this.#numbers.readVectorGradient(this.#passes.slots),
    }
  }

  /**
   * By every parameter, where what the kernels leave in the memory is not all of it; else null. They know gradients by
   * effective weights, and pykan may ask something of the weights as such.
   */
  byHost(batch: Batch, objective: Objective): LossAndGradient | null {
    const { loss, regularization } = objective
    if (this.#isExact(objective)) return this.#exact(batch, objective)
    return regularization?.type === 'pykan' && hasCoefficients(regularization)
      ? this.#pykanGradient(batch, loss, regularization)
      : null
  }

  /** Leaves the gradient of what is minimised in the memory: see `byHost` for what it lacks. */
  byKernels(batch: Batch, { loss, regularization }: Objective): Losses {
    return regularization?.type === 'pykan'
      ? this.#pykan.gradient(batch, loss, regularization, this.#numbers.readForSpreads())
      : this.#passes.gradient(batch, { loss, regularization })
  }

  pass(batch: Batch, objective: Objective, direction: Direction): Losses {
    if (this.#isExact(objective)) return this.#exact(batch, objective)
    if (direction === 'both') return this.byKernels(batch, objective)
    const { loss, regularization } = objective
    return regularization?.type === 'pykan'
      ? this.#pykan.value(batch, loss, regularization, this.#numbers.readForSpreads())
      : this.#passes.value(batch, { loss, regularization })
  }

  #pykanGradient(batch: Batch, loss: Loss, regularization: PykanRegularization): LossAndGradient {
    const layers = this.#numbers.readForSpreads()
    const result = this.#pykan.gradient(batch, loss, regularization, layers)
    const gradients = this.#read()
    if (hasCoefficients(regularization)) {
      addCoefficientGradients(gradients, layers, regularization, withGroups(this.#numbers.specification))
    }
    return { ...result, gradients }
  }

  /** The gradient that the last pass left, ties pooled. */
  #read(): LayerTensors[] {
    this.#passes.join()
    return this.#numbers.readGradients(this.#passes.slots)
  }

  /** pykan's regulariser looks at the spread of phi, which of a formula only the formulas of all rows tell. */
  #isExact({ regularization }: Objective): boolean {
    return regularization?.type === 'pykan' && this.#numbers.hasFormulas
  }

  #exact({ data, order, from, count }: Batch, objective: Objective): LossAndGradient {
    const { inputs, targets } = data.rowMajor(order, from, count)
    return lossAndGradient(this.#numbers.specification, this.#numbers.readParameters(), inputs, targets, objective)
  }
}
