/**
 * The webgpu engine: any graphics card, through Dawn. Kernels of our own in WGSL (kernels/, program.wgsl says what lies where).
 *
 * To find your way: probe.ts looks for a card where it can do no harm. gpu.ts talks to the thread that holds it (worker.ts, protocol.ts). layout.ts says where a network's
 * numbers lie there, masks.ts and tensors.ts what they are. card.ts holds them, passes.ts knows in which order kernels run,
 * training.ts sends steps. network.ts is the engine's interface; charges.ts and spreads.ts are what of it is computed here.
 */
import { UserError } from '../../../../src-shared/user-error'
import type { Availability, Capabilities, Engine } from '../engine'
import { Gpu } from './gpu'
import { WebgpuNetwork } from './network'
import { probeCard } from './probe'
import type { Adapter } from './protocol'

export const webgpu: Engine = {
  name: 'webgpu',

  async probe(): Promise<Availability> {
    const found = await probeCard()
    if (typeof found === 'string') return { available: false, reason: found }
    return { available: true, version: '1', capabilities: capabilitiesOf(found) }
  },

  async compile(specification, parameters, options) {
    const gpu = await openCard()
    if (typeof gpu === 'string') throw new UserError(gpu)
    return new WebgpuNetwork(gpu, specification, parameters, options, capabilitiesOf(gpu.adapter))
  },
}

let opened: Promise<Gpu | string> | null = null

/** One card for all networks; after a failure it is opened anew for those that are made then. */
export async function openCard(): Promise<Gpu | string> {
  const held = opened
  const gpu = await held
  if (opened === held && (gpu === null || (gpu instanceof Gpu && gpu.isGone))) opened = Gpu.open()
  return opened ?? Gpu.open()
}

function capabilitiesOf({ name, isSoftware }: Adapter): Capabilities {
  return {
    threads: 1,
    device: isSoftware ? `${name}, in software` : name,
    precision: 'float32',
    isSoftware,
    hasOwnMemory: !isSoftware,
  }
}
