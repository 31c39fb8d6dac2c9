/**
 * How is a graphics card opened? Used as text (worker.ts, probe.ts), in a thread and in a process of its own, so it uses
 * nothing from outside but types.
 */
import type { Opened } from './protocol'

interface Dawn {
  readonly create: (options: readonly string[]) => GPU
  readonly globals: object
}

/**
 * @param module Dawn's address
 * @param load   imports a module, by its address
 */
export async function findCard(
  module: string,
  load: (address: string) => Promise<unknown>,
): Promise<{ readonly opened: Opened; readonly device: GPUDevice | null }> {
  try {
    const { create, globals } = (await load(module)) as Dawn
    Object.assign(globalThis, globals)
    const gpu = create([])
    // Else a garbage collection ends the device.
    Object.assign(globalThis, { gpu })
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
    if (adapter === null) return { opened: { error: 'none' }, device: null }
    const { maxBufferSize, maxStorageBufferBindingSize } = adapter.limits
    const device = await adapter.requestDevice({ requiredLimits: { maxBufferSize, maxStorageBufferBindingSize } })
    const { vendor, architecture, device: name, description } = adapter.info
    const isSoftware =
      adapter.info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe/i.test(architecture + description + name)
    const opened = {
      name: description || name || [vendor, architecture].filter((part) => part !== '').join(' ') || 'unnamed',
      isSoftware,
      largest: Math.min(maxBufferSize, maxStorageBufferBindingSize),
    }
    return { opened, device }
  } catch (error) {
    return { opened: { error: String(error) }, device: null }
  }
}
