/** Is TensorFlow installed, and can it be loaded into this process? */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { availableParallelism, cpus } from 'node:os'
import { join } from 'node:path'
import { BINDING, tensorflowFolder } from '../../../library/folder'
import { type Binding, TensorFlow } from './tensors'

let opened: TensorFlow | null = null

/** @returns TensorFlow, or one sentence that says why it is not there */
export function openLibrary(): TensorFlow | string {
  const file = join(tensorflowFolder(process.env), BINDING)
  if (!existsSync(file)) {
    return opened === null
      ? 'TensorFlow is not installed: `kan-studio engines install tensorflow` does that.'
      : 'TensorFlow was removed while the program ran: `kan-studio engines install tensorflow` installs it again.'
  }
  if (opened !== null) return opened
  // It writes about itself to the standard error otherwise. oneDNN gains nothing here, and is not to be silenced.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3'
  process.env.TF_ENABLE_ONEDNN_OPTS ??= '0'
  try {
    const binding = createRequire(import.meta.url)(file) as Binding
    const library = new TensorFlow(binding, deviceOf(binding.isUsingGpuDevice()))
    if (library.readNumber(library.scalar(1)) !== 1) return BROKEN
    opened = library
    return library
  } catch (error) {
    return `${BROKEN.slice(0, -1)} (${error instanceof Error ? error.message : String(error)}).`
  }
}

const BROKEN =
  'TensorFlow is installed, but cannot be loaded: `kan-studio engines install tensorflow` installs it anew.'

function deviceOf(isCard: boolean) {
  if (!isCard) return { device: cpus()[0]?.model.trim() ?? 'processor', threads: availableParallelism() }
  return { device: cardName() ?? 'NVIDIA card', threads: 1 }
}

/** As NVIDIA's driver tells. */
function cardName(): string | null {
  const folder = '/proc/driver/nvidia/gpus'
  if (!existsSync(folder)) return null
  const [first] = readdirSync(folder)
  if (first === undefined) return null
  return /^Model:\s*(.+)$/m.exec(readFileSync(join(folder, first, 'information'), 'utf8'))?.[1] ?? null
}
