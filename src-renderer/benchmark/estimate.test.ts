import { describe, expect, it } from 'vitest'
import { rowOf } from '../../src-shared/benchmark/testing'
import { planOf } from './draft'
import { estimate } from './estimate'
import { START } from './presets'

function of(change: Partial<typeof START>, known: Parameters<typeof estimate>[2] = []) {
  const { plan } = planOf({ ...START, engines: ['wasm'], ...change }, [])
  if (!plan) throw new Error('no plan')
  return estimate(plan, null, known)
}

describe('an estimate', () => {
  it('counts the rows, and grows with repetitions and size', () => {
    expect(of({}).rows).toBe(7)
    expect(of({ repetitions: '100' }).seconds).toBeGreaterThan(1.5 * of({}).seconds)
    expect(of({ batch: '10000' }).seconds).toBeGreaterThan(5 * of({}).seconds)
  })

  it('goes by what rows took here before', () => {
    const slow = rowOf('spline-wasm', [1, 1, 1000], { parameters: 1000, batchSize: 1000 })
    expect(of({}, [slow]).seconds).toBeGreaterThan(100 * of({}).seconds)
  })

  it('names rows that do not fit', () => {
    const { misfits, misfit } = of({ methods: ['spline'], regularized: 'without', inputs: '100000', hidden: '1000000' })
    expect(misfits).toBe(1)
    expect(misfit).toMatch(/GB/)
  })
})
