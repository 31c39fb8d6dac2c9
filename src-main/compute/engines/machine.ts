/** Which machine is this, with which drivers of graphics cards? What was found out of another one does not hold here. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { arch, cpus, hostname, platform, release } from 'node:os'
import { delimiter, join } from 'node:path'

/** Where Linux lists the drivers that Vulkan has; a driver that is replaced brings another list. */
const DRIVERS = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d']

/** The same as long as machine, system and drivers are. */
export async function machineKey(): Promise<string> {
  const { VK_ICD_FILENAMES, VK_DRIVER_FILES } = process.env
  const named = [VK_ICD_FILENAMES, VK_DRIVER_FILES].flatMap((files) => files?.split(delimiter) ?? [])
  const listed = await Promise.all(DRIVERS.map(filesIn))
  const drivers = await Promise.all([...named, ...listed.flat()].map(versionOf))
  const nvidia = await readFile('/proc/driver/nvidia/version', 'utf8').catch(() => '')
  const cards = await filesIn('/dev/dri')
  const system = [hostname(), platform(), arch(), release(), cpus()[0]?.model ?? '', cpus().length, process.version]
  return JSON.stringify([...system, ...drivers, nvidia.split('\n', 1)[0], ...cards])
}

async function filesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.sort().map((name) => join(folder, name))
}

async function versionOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null)
  return `${file} ${found === null ? 'missing' : `${found.size} ${found.mtimeMs}`}`
}
