/** Which engines this machine has, and why others are not there. */
import type { EngineReport } from '../../src-shared/contract/compute'
import { engines } from './engines/registry'

export function engineReports(): Promise<readonly EngineReport[]> {
  return Promise.all(
    engines.map(async (engine): Promise<EngineReport> => {
      const { name } = engine
      const found = await engine.probe()
      if (!found.available) {
        return {
          name,
          available: false,
          reason: found.reason,
          version: null,
          device: null,
          threads: 0,
          isSoftware: false,
        }
      }
      const { device, threads, isSoftware = false } = found.capabilities
      return { name, available: true, reason: null, version: found.version, device, threads, isSoftware }
    }),
  )
}
