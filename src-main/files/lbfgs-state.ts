/** L-BFGS's state as tensors: vectors of the n numbers that train, in the order of trainable-vector.ts. */
import type { Tensor } from '../../src-shared/kan/file/safetensors'
import type { LbfgsState } from '../../src-shared/numerics/lbfgs'

export function tensorsOfLbfgs({ direction, gradient, pairs }: LbfgsState): Map<string, Tensor> {
  const n = direction.length
  const rows = (vectors: readonly Float64Array[]): Tensor => {
    const values = new Float64Array(vectors.length * n)
    vectors.forEach((vector, k) => {
      values.set(vector, k * n)
    })
    return { shape: [vectors.length, n], values }
  }
  return new Map([
    ['direction', { shape: [n], values: direction }],
    ['gradient', { shape: [n], values: gradient }],
    ['steps', rows(pairs.map(({ step }) => step))],
    ['changes', rows(pairs.map(({ change }) => change))],
    ['rho', { shape: [pairs.length], values: Float64Array.from(pairs, ({ rho }) => rho) }],
  ])
}

/**
 * Null where the tensors are no such state.
 *
 * @param n numbers that train
 */
export function lbfgsOfTensors(
  tensors: ReadonlyMap<string, Tensor>,
  n: number,
  { stepSize, scale }: Pick<LbfgsState, 'stepSize' | 'scale'>,
): LbfgsState | null {
  const count = tensors.get('rho')?.shape[0] ?? 0
  const take = (name: string, ...shape: number[]): Float64Array | null => {
    const tensor = tensors.get(name)
    return tensor?.shape.join() === shape.join() && tensor.values.every(Number.isFinite) ? tensor.values : null
  }
  const direction = take('direction', n)
  const gradient = take('gradient', n)
  const steps = take('steps', count, n)
  const changes = take('changes', count, n)
  const rho = take('rho', count)
  if (direction === null || gradient === null || steps === null || changes === null || rho === null) return null
  const row = (values: Float64Array, k: number) => values.slice(k * n, (k + 1) * n)
  const pairs = Array.from(rho, (value, k) => ({ step: row(steps, k), change: row(changes, k), rho: value }))
  return { direction, stepSize, gradient, pairs, scale }
}
