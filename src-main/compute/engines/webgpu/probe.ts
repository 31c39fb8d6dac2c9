/**
 * Is there a graphics card, and which? Asked in a process of its own with a limit of time, which a driver may crash or hang
 * as it likes, and remembered as long as machine and drivers are the same.
 */
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { machineKey } from '../machine'
import { remembered } from '../remembered'
import { findCard } from './find-card'
import type { Adapter, Opened } from './protocol'

/** Milliseconds that a driver may take. */
const LIMIT = 20_000
/** Days for which a card that was found, or none, holds. */
const FOUND = 7
const FAILED = 1

const openedSchema: z.ZodType<Opened> = z.union([
  z.object({ name: z.string(), isSoftware: z.boolean(), largest: z.number() }),
  z.object({ error: z.string() }),
])

let asked: Promise<Adapter | string> | null = null

/** @returns the card, or one sentence that says why there is none */
export function probeCard(): Promise<Adapter | string> {
  asked ??= ask()
  return asked
}

/** Dawn's address, or one sentence that says why it cannot be used. */
export function dawnModule(): { readonly address: string } | string {
  if (!hasVulkan()) {
    return 'Linux reaches graphics cards by Vulkan, whose library libvulkan.so.1 is not installed here.'
  }
  try {
    return { address: pathToFileURL(createRequire(import.meta.url).resolve('webgpu')).href }
  } catch {
    return 'The package "webgpu", which the webgpu engine needs, is not installed.'
  }
}

export function whyNone({ error }: { readonly error: string }): string {
  return error === 'none'
    ? 'Dawn finds no graphics card here that it can compute on (Vulkan, Metal or Direct3D 12).'
    : `Dawn cannot open a graphics card here: ${error.split('\n', 1)[0]}`
}

async function ask(): Promise<Adapter | string> {
  const module = dawnModule()
  if (typeof module === 'string') return module
  const { address } = module
  const key = `card ${address} ${process.env.LD_LIBRARY_PATH ?? ''} ${await machineKey()}`
  const script = `(${findCard})(${JSON.stringify(address)}, (address) => import(address)).then(({ opened }) => {
    process.stdout.write('\\n' + JSON.stringify(opened), () => process.exit())
  })`
  const opened = await remembered(
    key,
    openedSchema,
    () => openedInChild(script, LIMIT),
    (found) => ('error' in found ? FAILED : FOUND),
  )
  return 'error' in opened ? whyNone(opened) : opened
}

/** What a script prints in its last line, or what became of its process. */
export function openedInChild(script: string, limit: number): Promise<Opened> {
  const { NODE_OPTIONS: _, ...env } = process.env
  return new Promise((resolve) => {
    const options = { env, timeout: limit, killSignal: 'SIGKILL', windowsHide: true } as const
    execFile(process.execPath, ['-e', script], options, (error, stdout) => {
      const said = parsed(stdout.split('\n').at(-1) ?? '')
      // A driver may crash when all is said.
      if (said !== null) resolve(said)
      else if (error?.killed) resolve({ error: `it did not answer within ${limit / 1000} s` })
      else resolve({ error: `its driver crashed (${error?.signal ?? `exit status ${error?.code ?? 0}`})` })
    })
  })
}

function parsed(line: string): Opened | null {
  try {
    return openedSchema.parse(JSON.parse(line))
  } catch {
    return null
  }
}

/** Dawn would look for it by itself, and complain to the process's errors. */
function hasVulkan(): boolean {
  if (process.platform !== 'linux') return true
  try {
    process.dlopen({ exports: {} }, 'libvulkan.so.1')
    return true
  } catch (error) {
    // What is found is no module of Node's, which is an error too.
    return !String(error).includes('cannot open shared object file')
  }
}
