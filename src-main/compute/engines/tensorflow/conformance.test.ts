import { describe, expect, it, vi } from 'vitest'
import { describeConformance } from '../conformance'
import { TOLERANCES } from '../conformance-errors'
import { tensorflow } from './engine'

vi.setConfig({ testTimeout: 300_000 })
const availability = await tensorflow.probe()
if (!availability.available) console.warn(`The tensorflow engine is NOT tested here. ${availability.reason}`)

describe.skipIf(!availability.available)('tensorflow, where its library is installed', () => {
  describeConformance(tensorflow, TOLERANCES.float32, 40)
})

describe('the tensorflow engine', () => {
  it('runs here, or says in a sentence why not', () => {
    if (availability.available) expect(availability.capabilities.precision).toBe('float32')
    else expect(availability.reason).toMatch(/^[A-Z].*\.$/s)
  })
})
