/** What does one step of training do? The gradient, clipped, moves the numbers; unless a loss is not finite. */
import { adamRate, adamStep } from '../../../../src-shared/numerics/adam'
import { clipFactor, clipGradients } from '../../../../src-shared/numerics/clip'
import type { Adam, LossAndGradient, NonFinite, Stretch } from '../engine'
import type { StepOutcome } from '../stretch'
import type { Arena } from './arena'
import { type Gradients, isUsable } from './gradients'
import type { Kernels } from './loader'
import { findNonFinite } from './non-finite'
import type { Numbers } from './numbers'
import type { Batch, Passes } from './passes'

type RateAt = (loss: number) => number

export class AdamStep {
  readonly #arena: Arena
  readonly #kernels: Kernels
  readonly #numbers: Numbers
  readonly #passes: Passes
  readonly #gradients: Gradients

  constructor(arena: Arena, kernels: Kernels, numbers: Numbers, passes: Passes, gradients: Gradients) {
    this.#arena = arena
    this.#kernels = kernels
    this.#numbers = numbers
    this.#passes = passes
    this.#gradients = gradients
  }

  /** @param rateAt is asked once, with what is minimised, before the update */
  take(batch: Batch, { objective, optimizer }: Stretch, rateAt: RateAt): StepOutcome {
    const hosted = this.#gradients.byHost(batch, objective)
    if (hosted !== null) return this.#float64(batch, optimizer, hosted, rateAt)
    const losses = this.#gradients.byKernels(batch, objective)
    if (!isUsable(losses)) return { nonFinite: this.locate(batch) }
    if (optimizer.clipNorm !== null) this.#clip(optimizer.clipNorm)
    this.#update(rateAt(losses.loss + losses.regularization))
    return losses
  }

  locate(batch: Batch): NonFinite {
    return findNonFinite(this.#arena, this.#numbers.layers, this.#passes, batch)
  }

  /** Gradients that the host has by the weights themselves make the update a float64 one. */
  #float64(batch: Batch, { clipNorm }: Adam, { gradients, ...losses }: LossAndGradient, rateAt: RateAt): StepOutcome {
    if (!isUsable(losses)) return { nonFinite: this.locate(batch) }
    const numbers = this.#numbers
    const learningRate = rateAt(losses.loss + losses.regularization)
    const clipped = clipGradients(numbers.specification, gradients, clipNorm)
    const before = numbers.readParameters()
    const next = adamStep(before, clipped, numbers.readMoments(), { learningRate }, numbers.specification)
    numbers.writeParameters(next.parameters)
    numbers.writeMoments(next.moments)
    return losses
  }

  #clip(maximum: number): void {
    this.#passes.join()
    const { slots } = this.#passes
    const { layers } = this.#numbers
    let squares = 0
    for (const { at } of layers) squares += this.#kernels.squaredNorm(at)
    for (const { formulas } of layers) squares += formulas.squaredNorm(slots)
    const factor = clipFactor(Math.sqrt(squares), maximum)
    if (factor === 1) return
    for (const { at, formulas } of layers) {
      this.#kernels.scaleGradient(at, factor)
      formulas.scaleGradient(slots, factor)
    }
  }

  #update(learningRate: number): void {
    const rate = adamRate(learningRate, this.#numbers.countStep())
    const { slots } = this.#passes
    for (const { formulas } of this.#numbers.layers) formulas.update(slots, rate)
    this.#passes.update(rate, this.#numbers.tied)
  }
}
