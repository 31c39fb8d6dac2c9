/** Is TensorFlow installed, and can it be loaded into this process? */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { bindingOf, noteOf, tensorflowFolder } from '../../../library/folder'
import { type Binding, type Device, TensorFlow } from './tensors'

interface Found {
  readonly version: string
  readonly device: Device
}

/** What is installed, without loading it: whoever only asks does not pay for it. @returns it, or one sentence that says why not */
export function findLibrary(): Found | string {
  const folder = tensorflowFolder(process.env)
  const note = noteOf(folder)
  if (note === null) {
    return opened === null
      ? 'TensorFlow is not installed: `kan-studio engines install tensorflow` does that.'
      : 'TensorFlow was removed while the program ran: `kan-studio engines install tensorflow` installs it again.'
  }
  return { version: note.version, device: deviceOf(note.gpu && cardName() !== null) }
}

let opened: TensorFlow | null = null

/** @returns TensorFlow, or one sentence that says why it is not there */
export function openLibrary(): TensorFlow | string {
  const found = findLibrary()
  if (typeof found === 'string') return found
  if (opened !== null) return opened
  // It writes about itself to the standard error otherwise. oneDNN gains nothing here, and is not to be silenced.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3'
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '0'
  try {
    const binding = createRequire(import.meta.url)(bindingOf(tensorflowFolder(process.env))) as Binding
    opened = new TensorFlow(binding, deviceOf(binding.isUsingGpuDevice()))
    return opened
  } catch (error) {
    const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
    return `TensorFlow is installed, but cannot be loaded (${line}): \`kan-studio engines remove tensorflow\`, then install it again.`
  }
}

function deviceOf(isCard: boolean): Device {
  if (!isCard) return { device: cpus()[0]?.model.trim() ?? 'processor', threads: availableParallelism(), isCard }
  return { device: cardName() ?? 'NVIDIA card', threads: 1, isCard }
}

/** As NVIDIA's driver tells; null where it is not there. */
function cardName(): string | null {
  const folder = '/proc/driver/nvidia/gpus'
  const [first] = existsSync(folder) ? readdirSync(folder) : []
  if (first === undefined) return null
  return /^Model:\s*(.+)$/m.exec(readFileSync(join(folder, first, 'information'), 'utf8'))?.[1] ?? 'NVIDIA card'
}
