/** How is the machine fed, and how fast may its cores go? What of it the system tells, in words of a report. */
import { execFile } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Longest that a command may take, in milliseconds: what is not known by then is left out. */
const PATIENCE = 2000

/** What is not known is absent. */
export interface PowerState {
  /** "mains", or "battery" with its charge. */
  readonly power?: string
  /** What the system calls the way it trades speed for energy. */
  readonly 'power mode'?: string
}

/** Never throws. */
export async function powerState(platform: NodeJS.Platform = process.platform): Promise<PowerState> {
  switch (platform) {
    case 'linux':
      return linuxPower(await suppliesIn('/sys/class/power_supply'), await governorsIn('/sys/devices/system/cpu'))
    case 'darwin':
      return macPower(await said('pmset', '-g', 'batt'), await said('pmset', '-g'))
    case 'win32':
      return windowsPower(await said('powercfg', '/getactivescheme'))
    default:
      return {}
  }
}

/** A folder of Linux's /sys/class/power_supply: its files by their names. */
export type Supply = Readonly<Partial<Record<(typeof SUPPLY_FILES)[number], string>>>
const SUPPLY_FILES = ['type', 'scope', 'online', 'status', 'capacity'] as const

export function linuxPower(supplies: readonly Supply[], governors: readonly string[]): PowerState {
  // A mouse has a battery too.
  const own = supplies.filter(({ scope }) => scope !== 'Device')
  const battery = own.find(({ type }) => type === 'Battery')
  const isPlugged = own.some(({ type, online }) => type !== 'Battery' && online === '1')
  const power =
    isPlugged || (battery?.status !== undefined && /^(Charging|Full|Not charging)$/.test(battery.status))
      ? 'mains'
      : battery?.status === 'Discharging'
        ? onBattery(battery.capacity)
        : null
  return known(power, [...new Set(governors)].join(', '))
}

/** @param battery what `pmset -g batt` says; @param settings what `pmset -g` says */
export function macPower(battery: string, settings: string): PowerState {
  const source = /drawing from '([^']+)'/.exec(battery)?.[1]
  const power =
    source === 'AC Power' ? 'mains' : source === 'Battery Power' ? onBattery(/(\d+)%/.exec(battery)?.[1]) : null
  const mode = /^\s*(?:lowpowermode|powermode)\s+(\d)/m.exec(settings)?.[1]
  return known(power, { 0: 'automatic', 1: 'low', 2: 'high' }[mode ?? ''] ?? '')
}

/** @param scheme what `powercfg /getactivescheme` says, in whatever language: the scheme's name stands in brackets at its end */
export function windowsPower(scheme: string): PowerState {
  return known(null, /[0-9a-f]{8}-[0-9a-f-]{27}\s+\((.+)\)\s*$/i.exec(scheme)?.[1] ?? '')
}

const onBattery = (charge: string | undefined) => (charge === undefined ? 'battery' : `battery, ${charge} % charged`)

const known = (power: string | null, mode: string): PowerState => ({
  ...(power === null ? {} : { power }),
  ...(mode === '' ? {} : { 'power mode': mode }),
})

async function suppliesIn(folder: string): Promise<readonly Supply[]> {
  const names = await readdir(folder).catch(() => [])
  return Promise.all(
    names.map(async (name) => {
      const files = SUPPLY_FILES.map(async (file) => [file, await textOf(join(folder, name, file))] as const)
      return Object.fromEntries((await Promise.all(files)).filter(([, text]) => text !== '')) as Supply
    }),
  )
}

async function governorsIn(folder: string): Promise<readonly string[]> {
  const cores = (await readdir(folder).catch(() => [])).filter((name) => /^cpu\d+$/.test(name))
  const governors = await Promise.all(cores.map((core) => textOf(join(folder, core, 'cpufreq', 'scaling_governor'))))
  return governors.filter((governor) => governor !== '')
}

/** Empty where it cannot be read. */
const textOf = (file: string) =>
  readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => '',
  )

/** What a command prints; empty where it is not there, fails or hangs. */
const said = (command: string, ...flags: readonly string[]) =>
  promisify(execFile)(command, flags, { timeout: PATIENCE, windowsHide: true }).then(
    ({ stdout }) => stdout,
    () => '',
  )
