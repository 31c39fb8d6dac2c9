import { describe, expect, it } from 'vitest'
import { describeConformance } from './conformance'
import { TOLERANCES } from './conformance-errors'
import { engines, openEngine } from './registry'

// The card is another file's (webgpu/conformance.test.ts), so that the two run side by side.
for (const engine of engines.filter(({ name }) => name !== 'webgpu')) {
  const availability = await engine.probe()
  if (!availability.available) continue
  const { precision } = availability.capabilities
  // The formulas agree with themselves.
  describeConformance(engine, TOLERANCES[precision], precision === 'float64' ? 25 : 300)
}

describe('the registry', () => {
  it('has the wasm engine and the reference, which run anywhere, and the webgpu engine', async () => {
    expect(engines.map(({ name }) => name)).toEqual(['wasm', 'webgpu', 'reference'])
    for (const engine of engines) {
      if (engine.name !== 'webgpu') expect(await engine.probe()).toMatchObject({ available: true })
    }
  })

  it('takes wasm where nobody asked for another', async () => {
    expect((await openEngine('auto')).name).toBe('wasm')
    expect((await openEngine('reference')).name).toBe('reference')
  })
})
