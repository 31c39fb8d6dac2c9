import { describe, expect, it } from 'vitest'
import { describeConformance } from './conformance'
import { TOLERANCES } from './conformance-errors'
import { reference } from './reference/engine'
import { engines, openEngine } from './registry'
import { wasm } from './wasm/engine'

// The others are other files' (webgpu/conformance.test.ts, tensorflow/conformance.test.ts), so that they run side by side.
for (const engine of engines.filter(({ name }) => name === 'wasm' || name === 'reference')) {
  const availability = await engine.probe()
  if (!availability.available) continue
  const { precision } = availability.capabilities
  // The formulas agree with themselves.
  describeConformance(engine, TOLERANCES[precision], precision === 'float64' ? 25 : 300)
}

describe('the registry', () => {
  it('has the wasm engine and the reference, which run anywhere, and the webgpu and tensorflow engines', async () => {
    expect(engines.map(({ name }) => name)).toEqual(['wasm', 'webgpu', 'tensorflow', 'reference'])
    for (const engine of [wasm, reference]) expect(await engine.probe()).toMatchObject({ available: true })
  })

  it('takes wasm where nobody asked for another', async () => {
    expect((await openEngine('auto')).name).toBe('wasm')
    expect((await openEngine('reference')).name).toBe('reference')
  })
})
