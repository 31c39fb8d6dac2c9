/** Where is a graphics card in software for the tests of machines that have none? In Chromium, where Linux has one. */
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

const CHROMIUM = '/usr/lib/chromium'
/** Keeps a library for good: Node closes what is no module of its own. */
const RTLD_LAZY_NODELETE = 0x1001

/** To be called before the card is opened first. With KAN_STUDIO_OWN_CARD set the machine's own card is tested. */
export function useSoftwareCard(): void {
  const driver = join(CHROMIUM, 'vk_swiftshader_icd.json')
  if (process.env.KAN_STUDIO_OWN_CARD || process.env.VK_ICD_FILENAMES !== undefined || !existsSync(driver)) return
  process.env.VK_ICD_FILENAMES = driver
  process.env.XDG_RUNTIME_DIR ??= tmpdir()
  // For the processes that are started from here.
  process.env.LD_LIBRARY_PATH = [CHROMIUM, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter)
  try {
    process.dlopen({ exports: {} }, join(CHROMIUM, 'libvulkan.so.1'), RTLD_LAZY_NODELETE)
  } catch {
    // It is no module of Node's; Vulkan's own loader comes first anyway, where there is one.
  }
}
