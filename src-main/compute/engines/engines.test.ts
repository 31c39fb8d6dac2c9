import { describe, expect, it } from 'vitest'
import { describeConformance } from './conformance'
import { TOLERANCES } from './conformance-errors'
import { engines, openEngine } from './registry'

for (const engine of engines) {
  const availability = await engine.probe()
  if (!availability.available) continue
  const { precision } = availability.capabilities
  // The formulas agree with themselves.
  describeConformance(engine, TOLERANCES[precision], precision === 'float64' ? 25 : 300)
}

describe('the registry', () => {
  it('has the wasm engine and the reference, and both run here', async () => {
    expect(engines.map(({ name }) => name)).toEqual(['wasm', 'reference'])
    for (const engine of engines) expect(await engine.probe()).toMatchObject({ available: true })
  })

  it('takes wasm where nobody asked for another', async () => {
    expect((await openEngine('auto')).name).toBe('wasm')
    expect((await openEngine('reference')).name).toBe('reference')
  })
})
