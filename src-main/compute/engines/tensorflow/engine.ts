/**
 * The tensorflow engine: TensorFlow through the binding of @tensorflow/tfjs-node-gpu, on the processor or, where it was installed
 * for CUDA, on an NVIDIA card. `kan-studio engines install tensorflow` puts it there (src-main/library).
 *
 * To find your way: tensors.ts calls TensorFlow's operations. bases.ts and radial.ts make basis values of them, layer.ts a layer,
 * losses.ts and adam.ts what their names say; numbers.ts says how a network's numbers lie on the device, masks.ts which of them
 * train. model.ts puts it together, charges.ts and formulas.ts are what of it is computed here; network.ts is the engine's
 * interface.
 */
import { UserError } from '../../../../src-shared/user-error'
import type { Availability, Capabilities, Engine } from '../engine'
import { findLibrary, openLibrary } from './library'
import { TensorflowNetwork } from './network'
import type { Device } from './tensors'

export const tensorflow: Engine = {
  name: 'tensorflow',

  async probe(): Promise<Availability> {
    const found = findLibrary()
    if (typeof found === 'string') return { available: false, reason: found }
    return { available: true, version: found.version, capabilities: capabilitiesOf(found.device) }
  },

  async compile(specification, parameters, options) {
    const library = openLibrary()
    if (typeof library === 'string') throw new UserError(library)
    return new TensorflowNetwork(library, specification, parameters, options, capabilitiesOf(library.device))
  },
}

function capabilitiesOf({ device, threads, isCard }: Device): Capabilities {
  return { threads, device, precision: 'float32', hasOwnMemory: isCard }
}
