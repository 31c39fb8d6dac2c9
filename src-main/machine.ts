/** What does this process run on? */
import { arch, availableParallelism, cpus, freemem, platform, release, totalmem } from 'node:os'

/** The machine, memory in bytes. */
export function machine() {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    usableCores: availableParallelism(),
    memory: totalmem(),
    freeMemory: freemem(),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.versions.node,
  }
}
