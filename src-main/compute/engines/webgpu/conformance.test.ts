import { describe, expect, it, vi } from 'vitest'
import { describeConformance } from '../conformance'
import { TOLERANCES } from '../conformance-errors'
import { webgpu } from './engine'
import { useSoftwareCard } from './software-card'

// A card in software takes its time.
vi.setConfig({ testTimeout: 300_000 })
useSoftwareCard()
const availability = await webgpu.probe()

describe.skipIf(!availability.available)('webgpu, where there is a graphics card or one in software', () => {
  describeConformance(webgpu, TOLERANCES.float32, 40)
})

describe('the webgpu engine', () => {
  it('runs here, or says in a sentence why not', () => {
    if (availability.available) expect(availability.capabilities.precision).toBe('float32')
    else expect(availability.reason).toMatch(/^[A-Z].*\.$/s)
  })
})
