/** About how long does a training step take? Told before anything was trained, so that a design can be judged by it. */
import { inputsOf, type Specification, supportSize } from './specification'

/** What the step costs even of the smallest network. */
const STEP = 4e-6
/** Of a row and an input of any layer: basis values, sorting, narrow products. */
const INPUT = 8e-9
/** Of a row, an edge and a basis function that is not zero there (the base is one of them): products both ways. */
const PRODUCT = 8e-11
/** Below so much work a second thread is not worth its waking. */
const ALONE = 6e-5

/**
 * Seconds of a step of Adam on the wasm engine with two threads. The numbers were fitted by eye to the steps of [2, 5, 1] and
 * [100, 1000, 1] in docs/performance.md; another computer is easily twice as fast or as slow.
 */
export function stepEstimate(specification: Specification, batch: number): number {
  const row = specification.layers.reduce((sum, layer, l) => {
    const inputs = inputsOf(specification, l)
    return sum + inputs * (INPUT + layer.nodes * (supportSize(layer.basis) + 1) * PRODUCT)
  }, 0)
  const work = batch * row
  return STEP + (work > ALONE ? Math.max(ALONE, work / 2) : work)
}
