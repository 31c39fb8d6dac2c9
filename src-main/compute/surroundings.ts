/** What does the compute process run on, in words of a report? */
import { loadavg } from 'node:os'
import type { Surroundings } from '../../src-shared/contract/compute'
import { formatBytes } from '../../src-shared/kan/memory'
import { machine } from '../machine'
import { powerState } from './power'

export async function surroundings(): Promise<Surroundings> {
  const { cpu, cores, usableCores, memory, system, node } = machine()
  const [load = 0] = loadavg()
  return {
    machine: {
      processor: cpu,
      cores,
      'usable cores': usableCores,
      memory: formatBytes(memory),
      system,
      ...(await powerState()),
      'load when it began': load.toFixed(2),
    },
    versions: { Node: node, V8: process.versions.v8 },
  }
}
