/** The float64 oracle as an engine: slow, for small models and for checking the others. */
import type { Availability, Engine } from '../engine'
import { capabilities, ReferenceNetwork } from './network'

export const reference: Engine = {
  name: 'reference',

  async probe(): Promise<Availability> {
    return { available: true, version: '1', capabilities }
  },

  async compile(specification, parameters, options) {
    return new ReferenceNetwork(specification, parameters, options)
  },
}
