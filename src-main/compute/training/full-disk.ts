/** A disk that is full when a test wants it to be, for `vi.mock('node:fs/promises')`: half of what is written fits. */
import type fs from 'node:fs/promises'

export const disk: { full: boolean | ((path: string) => boolean) } = { full: false }

export function withFullDisk(real: typeof fs): typeof fs {
  const isFull = (path: unknown) => (typeof disk.full === 'function' ? disk.full(String(path)) : disk.full)
  const noSpace = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  const open: typeof fs.open = async (path, flags, mode) => {
    const file = await real.open(path, flags, mode)
    const writeAll = file.writeFile.bind(file)
    file.writeFile = file.appendFile = async (data) => {
      if (!isFull(path)) return writeAll(data)
      await writeAll(Buffer.from(data as Uint8Array).subarray(0, (data as Uint8Array).length / 2))
      throw noSpace()
    }
    return file
  }
  const appendFile: typeof fs.appendFile = async (path, data, options) => {
    if (isFull(path)) throw noSpace()
    return real.appendFile(path, data, options)
  }
  return { ...real, open, appendFile }
}
